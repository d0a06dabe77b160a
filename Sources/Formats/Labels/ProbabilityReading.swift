import Model

/// pred_probs as distributions over the classes: column k stands for class k.
struct ProbabilityReading {
  let matrix: Matrix
  /// How columns are matched to classes, and what the values are.
  let sentence: String
  private(set) var notes: [String] = []

  private static let file = "pred_probs.npy"

  /// - Parameter labels: may get classes that do not occur, where there are columns for them.
  /// - Throws: `FormatError` where the columns cannot be matched.
  init(_ given: Matrix, labels: inout LabelReading?) throws(FormatError) {
    guard given.columns > 0 else { throw FormatError(Self.file, "has no columns") }
    let kind = try ProbabilityKind.found(in: given, file: Self.file)
    matrix = Matrix(DistributionRows(base: given, kind: kind))
    if kind == .probabilities {
      var bad: [Int] = []
      var row = 0
      given.forEachRow { values in
        if !DistributionRows.isDistribution(values) { bad.append(row) }
        row += 1
      }
      if !bad.isEmpty {
        notes.append(
          "\(Self.file): \(counted(bad.count, "row is", "rows are")) no distribution: normalised (\(rowList(bad)))"
        )
      }
    } else {
      notes.append("\(Self.file): its values are \(kind.sentence)")
    }
    guard var reading = labels, !reading.classes.isEmpty else {
      sentence = "\(counted(matrix.columns, "column")) of \(kind.sentence)"
      return
    }
    let largest = Self.largest(matrix)
    let rule = try Self.match(given.columns, matrix.columns, to: &reading, largest: largest)
    labels = reading
    sentence = "\(rule); \(kind.sentence)"
    notes += Self.doubtfulOrder(reading, largest)
  }

  /// The column of the largest probability of each row; -1 where several are as large, which says nothing.
  private static func largest(_ matrix: Matrix) -> [Int32] {
    var columns: [Int32] = []
    columns.reserveCapacity(matrix.rows)
    matrix.forEachRow { row in
      let largest = row.indices.max { row[$0] < row[$1] } ?? 0
      let isTied = row.indices.contains { $0 != largest && row[$0] == row[largest] }
      columns.append(isTied ? -1 : Int32(largest))
    }
    return columns
  }

  /// - Parameter given: columns of the file, which may be one for two classes.
  /// - Returns: the rule, in a person's words.
  private static func match(
    _ given: Int, _ columns: Int, to reading: inout LabelReading, largest: [Int32]
  ) throws(FormatError) -> String {
    let classes = reading.classes
    let wholes = classes.compactMap { NumericName($0)?.whole.flatMap { Int(exactly: $0) } }
    let usual = "column k is class k in the order of the classes (\(reading.part.order))"
    if classes.count == columns { return usual }
    let areNumbers = wholes.count == classes.count && !reading.hasGivenOrder
    guard classes.count < columns, areNumbers, let lowest = wholes.min(), let highest = wholes.max() else {
      throw unmatched(given, reading)
    }
    let fromZero = lowest >= 0 && highest < columns
    let fromOne = lowest >= 1 && highest <= columns
    let first: Int
    switch (fromZero, fromOne) {
    case (true, false): first = 0
    case (false, true): first = 1
    case (false, false): throw unmatched(given, reading)
    case (true, true):
      let codes = reading.codes
      let agreement = { (first: Int) in
        zip(codes, largest).count { $0 >= 0 && wholes[Int($0)] - first == Int($1) }
      }
      let (zero, one) = (agreement(0), agreement(1))
      guard zero > 2 * one || one > 2 * zero else { throw unmatched(given, reading) }
      first = zero > one ? 0 : 1
    }
    reading.classes = (first..<first + columns).map(String.init)
    reading.codes = Column(reading.codes.map { $0 < 0 ? -1 : Int32(wholes[Int($0)] - first) })
    return
      "column k is class \(first == 0 ? "k" : "k + 1"), by number; \(columns - classes.count) of the classes do not occur"
  }

  private static func unmatched(_ columns: Int, _ reading: LabelReading) -> FormatError {
    let names = reading.classes.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    let more = reading.classes.count > 10 ? ", …" : ""
    return FormatError(
      file,
      "has \(counted(columns, "column")) for \(counted(reading.classes.count, "class", "classes")) (\(names)\(more)); name all classes in the order of "
        + "the columns in \"classes\" of dataset.json")
  }

  /// A class whose own column is hardly ever the largest in its rows while another's is: the columns may have another
  /// order than the classes.
  private static func doubtfulOrder(_ reading: LabelReading, _ largest: [Int32]) -> [String] {
    let classes = reading.classes.count
    guard reading.codes.count == largest.count, classes > 1 else { return [] }
    var rows = [Int](repeating: 0, count: classes)
    /// Column votes of each class that has rows, kept sparse: there may be many classes.
    var votes: [Int64: Int] = [:]
    for (code, column) in zip(reading.codes, largest) where code >= 0 && column >= 0 {
      rows[Int(code)] += 1
      votes[Int64(code) * Int64(classes) + Int64(column), default: 0] += 1
    }
    let name = { (index: Int) in "'\(displayText(reading.classes[index]))'" }
    var doubtful: [String] = []
    for (key, count) in votes.sorted(by: { $0.key < $1.key }) {
      let (code, column) = (Int(key / Int64(classes)), Int(key % Int64(classes)))
      let own = votes[Int64(code) * Int64(classes) + Int64(code)] ?? 0
      guard column != code, rows[code] >= 5, 2 * count > rows[code], 20 * own < rows[code] else { continue }
      doubtful.append(
        "of the \(rows[code]) samples of class \(name(code)) its own column is the largest in \(own), that of \(name(column)) in \(count)"
      )
    }
    guard !doubtful.isEmpty else { return [] }
    let shown = doubtful.prefix(3).joined(separator: "; ") + (doubtful.count > 3 ? "; …" : "")
    return [
      "warning: \(file): the columns may stand in another order than the classes: \(shown); name the classes in the order "
        + "of the columns in \"classes\" of dataset.json"
    ]
  }
}

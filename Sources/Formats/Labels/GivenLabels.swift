import Model

/// The labels of a dataset as they are written, before it is said which classes they are.
struct GivenLabels {
  /// Index into `names`; -1 where there is no label.
  private(set) var codes: [Int32]
  /// The different labels as they are written, in order of appearance.
  private(set) var names: [String]
  /// Rows of each name.
  private(set) var counts: [Int]
  /// How many rows have each word for no label; "" is an empty cell.
  private(set) var missing: [String: Int] = [:]
  /// Where they come from, as a person calls it.
  let from: String
  /// What errors call the file.
  let file: String

  /// The labels of a column.
  /// - Parameter classes: names of dataset.json, which are classes whatever they look like.
  init(
    _ column: (codes: [Int32], names: ByteInterner), from: String, file: String, markers: MissingMarkers,
    classes: [String]?
  ) {
    self.from = from
    self.file = file
    codes = column.codes
    names = column.names.names
    counts = [Int](repeating: 0, count: names.count)
    var empty = 0
    for code in codes { if code >= 0 { counts[Int(code)] += 1 } else { empty += 1 } }
    if empty > 0 { missing[""] = empty }
    let known = Set(classes ?? [])
    drop(Set(names.indices.filter { markers.isNoLabel(names[$0], classes: known) }))
    dropMinusOne(classes: known)
  }

  /// labels.npy: one number a sample, or one row of zeros and a single one.
  /// - Throws: `FormatError` naming the rows whose label cannot be one.
  init(_ array: NPYArray, markers: MissingMarkers, classes: [String]?) throws(FormatError) {
    from = array.name
    file = array.name
    codes = []
    names = []
    counts = []
    guard array.shape.count == 1 || (array.shape.count == 2 && array.shape[1] > 0) else {
      throw FormatError(array.name, "has the shape \(array.shape); needs one label a sample")
    }
    codes.reserveCapacity(array.shape[0])
    var codeOf: [ArrayLabel: Int32] = [:]
    var bad: [(row: Int, reason: String)] = []
    var hasZero = false
    for row in 0..<array.shape[0] {
      guard let label = array.label(at: row) else {
        throw FormatError(
          array.name, at: "row \(row)",
          "has several labels, or none (shape \(array.shape)); needs one a sample")
      }
      if !markers.isTold(label.text), let reason = Self.problem(label, classes: classes) {
        bad.append((row, reason))
      }
      hasZero = hasZero || label == .whole(0)
      let code = codeOf[label] ?? Int32(names.count)
      if Int(code) == names.count {
        codeOf[label] = code
        names.append(label.text)
        counts.append(0)
      }
      codes.append(code)
      counts[Int(code)] += 1
    }
    if let first = bad.first {
      let areFromOne = !hasZero && bad.allSatisfy { names[Int(codes[$0.row])] == "\(classes?.count ?? 0)" }
      let others =
        bad.count > 1 ? "; \(bad.count - 1) more out of range (\(rowList(bad.dropFirst().map(\.row))))" : ""
      throw FormatError(
        array.name, at: "row \(first.row)",
        first.reason + others + (areFromOne ? LabelReading.countedFromOne : ""))
    }
    drop(Set(names.indices.filter { names[$0] == "NaN" || markers.isTold(names[$0]) }))
    dropMinusOne(classes: Set(classes ?? []))
  }

  private static func problem(_ label: ArrayLabel, classes: [String]?) -> String? {
    switch label {
    case .real(let value):
      if value.isNaN { return nil }
      return classes == nil && value.isFinite ? nil : "the label \(label.text) is no whole number"
    case .whole(let value):
      if value < -1 { return "label \(value) is negative; --missing=\(value) takes it for no label" }
      guard let classes, value >= classes.count else { return nil }
      return "label \(value) is not below the number of classes (\(classes.count))"
    }
  }

  /// -1 is no label, as long as it is the only number below zero and the others are not just 1: the classes -1 and 1 of
  /// two-sided problems stay. Among names it is no label where it is the only number.
  private mutating func dropMinusOne(classes: Set<String>) {
    let numeric = names.map(NumericName.init)
    let places = Set(names.indices.filter { numeric[$0]?.name == "-1" && !classes.contains(names[$0]) })
    guard !places.isEmpty else { return }
    let others = names.indices.filter { !places.contains($0) && counts[$0] > 0 }.map { numeric[$0] }
    let numbers = others.compactMap { $0 }
    guard numbers.allSatisfy({ $0.value >= 0 }), Set(numbers.map(\.name)) != ["1"],
      numbers.count == others.count || numbers.isEmpty, !others.isEmpty
    else { return }
    drop(places)
  }

  private mutating func drop(_ dropped: Set<Int>) {
    guard !dropped.isEmpty else { return }
    var places = [Int32](repeating: -1, count: names.count)
    var kept: [Int] = []
    for index in names.indices {
      if dropped.contains(index) {
        missing[names[index], default: 0] += counts[index]
      } else {
        places[index] = Int32(kept.count)
        kept.append(index)
      }
    }
    codes = codes.map { $0 < 0 ? -1 : places[Int($0)] }
    names = kept.map { names[$0] }
    counts = kept.map { counts[$0] }
  }

  var areNumbers: Bool { !names.isEmpty && names.allSatisfy { NumericName($0) != nil } }

  /// The names, spellings of one number alike.
  var canonicalNames: [String] { names.map { NumericName($0)?.name ?? $0 } }

  /// Of some rows only; the others have no label.
  func keeping(_ isKept: [Bool]) -> GivenLabels {
    var kept = self
    kept.codes = zip(codes, isKept).map { $1 ? $0 : -1 }
    kept.counts = [Int](repeating: 0, count: names.count)
    for code in kept.codes where code >= 0 { kept.counts[Int(code)] += 1 }
    kept.drop(Set(names.indices.filter { kept.counts[$0] == 0 }))
    return kept
  }

  var labelled: Int { counts.reduce(0, +) }

  /// "12 samples have no label ('NaN' 9, empty 3)"; nil where all have one.
  var missingNote: String? {
    let count = missing.values.reduce(0, +)
    guard count > 0 else { return nil }
    let words = missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(6).map { word, count in
      word.isEmpty ? "empty \(count)" : "'\(displayText(word))' \(count)"
    }
    return
      "\(from): \(counted(count, "sample has", "samples have")) no label (\(words.joined(separator: ", ")))"
  }
}

/// A label in an array of numbers.
enum ArrayLabel: Hashable {
  case whole(Int64)
  case real(Double)

  var text: String {
    switch self {
    case .whole(let value): String(value)
    case .real(let value): value.isNaN ? "NaN" : "\(value)"
    }
  }
}

extension NPYArray {
  /// The label of a row: its number, or the place of the single one in a row of zeros; nil where there is no such.
  func label(at row: Int) -> ArrayLabel? {
    let width = shape.count == 2 ? shape[1] : 1
    if width == 1 {
      if let whole = integer(at: row) { return .whole(whole) }
      let value = double(at: row)
      // One key for all of them, whatever their bits.
      return .real(value.isNaN ? .nan : value)
    }
    var found: Int?
    for column in 0..<width {
      let value = double(at: header.isFortranOrder ? column * shape[0] + row : row * width + column)
      if value == 0 { continue }
      guard value == 1, found == nil else { return nil }
      found = column
    }
    return found.map { .whole(Int64($0)) }
  }
}

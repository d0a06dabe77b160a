import Model

/// Given labels as indices into class names.
struct LabelReading {
  var codes: Column<Int32>
  var classes: [String]

  /// labels.npy: whole numbers below the number of classes. Without names the classes are called by their numbers.
  static func numbers(_ array: NPYArray, classes: [String]?) throws(FormatError) -> LabelReading {
    guard array.shape.count == 1 || (array.shape.count == 2 && array.shape[1] == 1) else {
      throw FormatError(array.name, "has the shape \(array.shape); needs one label a sample")
    }
    var codes: [Int32] = []
    codes.reserveCapacity(array.header.elementCount)
    var bad: [String] = []
    var highest: Int64 = -1
    let limit = Int64(classes?.count ?? 1_000_000)
    for row in 0..<array.header.elementCount {
      let label = array.integer(at: row)
      if let label, label >= 0, label < limit {
        highest = max(highest, label)
        codes.append(Int32(label))
      } else {
        codes.append(-1)
        let shown = label.map(String.init) ?? "that is no whole number"
        bad.append(
          "row \(row): label \(shown) is "
            + (label.map { $0 < 0 } ?? false ? "negative" : "not below the number of classes (\(limit))"))
      }
    }
    if let first = bad.first {
      throw FormatError(
        array.name, first + (bad.count > 1 ? "; \(bad.count - 1) more rows are out of range" : ""))
    }
    return LabelReading(codes: Column(codes), classes: classes ?? (0..<(highest + 1)).map { String($0) })
  }

  /// A label column: the classes of dataset.json, or else the distinct names in order (numeric where all are
  /// whole numbers). An empty cell is no label.
  static func names(_ labels: StringColumn, classes: [String]?, file: String) throws(FormatError)
    -> LabelReading
  {
    var codeOf: [String: Int32] = [:]
    let distinct: [String]
    if let classes {
      distinct = classes
    } else {
      let found = Set(labels).subtracting([""])
      let areNumbers = found.allSatisfy { Int($0) != nil }
      distinct = found.sorted { areNumbers ? (Int($0) ?? 0) < (Int($1) ?? 0) : $0 < $1 }
    }
    for (index, name) in distinct.enumerated() { codeOf[name] = Int32(index) }
    var codes: [Int32] = []
    codes.reserveCapacity(labels.count)
    for (row, name) in labels.enumerated() {
      if let code = codeOf[name] {
        codes.append(code)
      } else if name.isEmpty {
        codes.append(-1)
      } else {
        throw FormatError(file, at: "row \(row)", "label '\(name)' is none of the classes of dataset.json")
      }
    }
    return LabelReading(codes: Column(codes), classes: distinct)
  }
}

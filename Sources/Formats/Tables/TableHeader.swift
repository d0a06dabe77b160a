import Model

/// Names of columns as they stand in the first line of a table.
enum TableHeader {
  /// Without spaces of any kind around it, those without width included.
  static func trimmed(_ name: String) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
    }
    let scalars = name.unicodeScalars.drop(while: isSpace)
    guard let last = scalars.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(scalars[...last])
  }

  /// Empty and doubled names get a number, so that no column hides another.
  static func distinct(_ names: [String]) -> ([String], [String]) {
    var distinct = DistinctNames(reserved: names) { "\($0) (\($1))" }
    let result = names.enumerated().map { distinct.take($1.isEmpty ? "column \($0 + 1)" : $1) }
    let renamed = names.indices.filter { names[$0] != result[$0] }
    var notes = renamed.prefix(5).map {
      "column \($0 + 1) '\(displayText(names[$0]))' is called '\(displayText(result[$0]))'"
    }
    if renamed.count > 5 { notes.append("\(renamed.count - 5) more columns have no name of their own") }
    return (result, notes)
  }
}

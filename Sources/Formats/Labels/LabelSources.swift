import Model

extension LabelReading {
  /// The labels of an array, of a column, or of both where they say the same.
  /// - Throws: `FormatError` naming the first row in which two sources disagree.
  static func found(
    array: GivenLabels?, column: GivenLabels?, description: [String]?
  ) throws(FormatError) -> LabelReading? {
    guard let array, let column else {
      return try (array ?? column).map { given throws(FormatError) in
        try LabelReading(given, description: description)
      }
    }
    guard let description else { return try paired(array, column) }
    let numbers = try LabelReading(array, description: description)
    var names = try LabelReading(column, description: description)
    for (row, (number, name)) in zip(numbers.codes, names.codes).enumerated() where number != name {
      throw disagreement(array, column, row: row)
    }
    names.part.from = "\(column.from), as in \(array.from)"
    return names
  }

  /// Numbers and names of the same classes: each number stands beside one name only, and the reverse. The names are
  /// called in the order of the numbers.
  private static func paired(_ array: GivenLabels, _ column: GivenLabels) throws(FormatError) -> LabelReading
  {
    var nameOf = [Int32](repeating: -1, count: array.names.count)
    var numberOf = [Int32](repeating: -1, count: column.names.count)
    for (row, (number, name)) in zip(array.codes, column.codes).enumerated() {
      guard (number < 0) == (name < 0) else { throw disagreement(array, column, row: row) }
      guard number >= 0 else { continue }
      if nameOf[Int(number)] < 0, numberOf[Int(name)] < 0 {
        nameOf[Int(number)] = name
        numberOf[Int(name)] = number
      }
      guard nameOf[Int(number)] == name, numberOf[Int(name)] == number else {
        throw disagreement(array, column, row: row)
      }
    }
    let sorted = array.names.indices.sorted { first, second in
      guard let a = NumericName(array.names[first]), let b = NumericName(array.names[second]) else {
        return false
      }
      return NumericName.precedes(a, b)
    }
    let order = sorted.map { column.names[Int(nameOf[$0])] }
    var reading = try LabelReading(column, description: order)
    reading.part.order = "by their numbers in \(array.from)"
    reading.part.from = "\(column.from), as in \(array.from)"
    let shown = zip(sorted, order).prefix(10).map { "\(array.names[$0]) is '\(displayText($1))'" }
    reading.notes.append(
      "\(array.from) and \(column.from) name the same classes: \(shown.joined(separator: ", "))"
        + (order.count > 10 ? ", …" : ""))
    return reading
  }

  private static func disagreement(_ array: GivenLabels, _ column: GivenLabels, row: Int) -> FormatError {
    func label(_ given: GivenLabels) -> String {
      given.codes[row] < 0 ? "no label" : "'\(given.names[Int(given.codes[row])])'"
    }
    return FormatError(
      array.file, at: "row \(row)",
      "\(label(array)) here and \(label(column)) in \(column.from) do not name the same class as in the rows before; take "
        + "one of the two out, or name the classes in dataset.json")
  }
}

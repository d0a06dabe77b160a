import Model

extension LabelReading {
  /// The labels of an array, of a column, or of both where they say the same.
  /// - Throws: `FormatError` naming the first row in which two sources disagree.
  static func found(
    array: GivenLabels?, column: GivenLabels?, description: [String]?, areClasses: Bool
  ) throws(FormatError) -> LabelReading? {
    guard let array, let column else {
      return try (array ?? column).map { given throws(FormatError) in
        try LabelReading(given, description: description, areClasses: areClasses)
      }
    }
    guard let description else {
      guard array.areNumbers, column.areNumbers else { return try paired(array, column) }
      try checkNames(array, column)
      var numbers = try LabelReading(column, description: nil, areClasses: areClasses)
      numbers.part.from = "\(column.from), as in \(array.from)"
      return numbers
    }
    let numbers = try LabelReading(array, description: description)
    var names = try LabelReading(column, description: description)
    for (row, (number, name)) in zip(numbers.codes, names.codes).enumerated() where number != name {
      throw disagreement(array, column, row: row)
    }
    names.part.from = "\(column.from), as in \(array.from)"
    return names
  }

  /// Both sources call the class of each row by one name, or by one number.
  private static func checkNames(_ first: GivenLabels, _ second: GivenLabels) throws(FormatError) {
    let (names, others) = (first.canonicalNames, second.canonicalNames)
    for (row, (one, other)) in zip(first.codes, second.codes).enumerated() {
      let isSame =
        one < 0 || other < 0
        ? one < 0 && other < 0 : names[Int(one)].utf8.elementsEqual(others[Int(other)].utf8)
      guard isSame else { throw disagreement(first, second, row: row) }
    }
  }

  /// Holds labels that stand in a second place against those that are used, where both have one.
  /// - Throws: `FormatError` naming the first row in which they disagree.
  static func check(_ second: GivenLabels, against used: GivenLabels) throws(FormatError) -> String {
    let isLabelled = zip(second.codes, used.codes).map { $0 >= 0 && $1 >= 0 }
    let (compared, own) = (second.keeping(isLabelled), used.keeping(isLabelled))
    let haveNamesInCommon = !Set(compared.canonicalNames).isDisjoint(with: own.canonicalNames)
    if haveNamesInCommon || (compared.areNumbers && own.areNumbers) {
      try checkNames(compared, own)
    } else {
      _ = try paired(compared, own)
    }
    let count = isLabelled.count { $0 }
    return "\(second.from): agrees with \(used.from) in the \(count) samples that have a label in both"
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
    let isByName = array.areNumbers == column.areNumbers
    let reason =
      isByName ? "are two classes for one sample" : "do not name the same class as in the rows before"
    return FormatError(
      array.file, at: "row \(row)",
      "\(label(array)) here and \(label(column)) in \(column.from) \(reason); take one of the two out, or name the classes "
        + "in dataset.json")
  }
}

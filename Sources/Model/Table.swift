/// A column of a table beside id, label, text, source and time.
package struct TableColumn: Sendable {
  package enum Values: Sendable {
    /// NaN where a cell is empty or no finite number.
    case numbers(Column<Double>)
    /// Codes into `Categories.names`; `Categories.missing` where a cell is empty.
    case categories(Categories)
  }
  package let name: String
  package let values: Values
  package init(name: String, values: Values) {
    self.name = name
    self.values = values
  }

  /// Of one row: the same for equal values alone, of which −0 and 0 are one, and empty cells another.
  package func bits(at row: Int) -> UInt64 {
    switch values {
    case .numbers(let numbers): (numbers[row] + 0).bitPattern
    case .categories(let categories): UInt64(bitPattern: Int64(categories.codes[row]))
    }
  }

  /// Whether the values of some rows are codes and no measurements: categories, and numbers that are few, each held by many of
  /// the rows on average.
  package func isCoded(in rows: some Collection<Int>) -> Bool {
    guard case .numbers = values else { return true }
    let codes = Set(rows.map(bits)).count
    return codes <= Self.maxCodes && codes * Self.holdersOfCode <= rows.count
  }
  /// Numbers of a column of codes, and the rows that hold one of them on average.
  private static let (maxCodes, holdersOfCode) = (32, 10)
}

/// A column of repeated strings as codes and the names that they stand for.
package struct Categories: Sendable {
  package static let missing: Int32 = -1
  package let codes: Column<Int32>
  package let names: [String]
  /// Every code is `missing` or an index into `names`.
  package init(codes: Column<Int32>, names: [String]) {
    self.codes = codes
    self.names = names
  }
  package func name(at row: Int) -> String? {
    let code = Int(codes[row])
    return code >= 0 && code < names.count ? names[code] : nil
  }
}

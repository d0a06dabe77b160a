import Values

/// New cells of a column of whole numbers as its bytes.
struct CellBytes {
  private let bits: Int
  private let isSigned: Bool
  private let isWhole: Bool

  init(_ type: ArrowType) {
    if case .integer(let bits, let isSigned) = type {
      (self.bits, self.isSigned, isWhole) = (bits, isSigned, true)
    } else {
      (bits, isSigned, isWhole) = (0, false, false)
    }
  }

  /// - Throws: `ColumnarError` where the column cannot hold the value.
  func bytes(of cell: Replacement) throws(ColumnarError) -> [UInt8] {
    guard isWhole else { throw BatchEncoder.misfit }
    guard case .int(let value) = cell else { throw ColumnarError(.usage, "holds whole numbers") }
    let largest = isSigned ? Int64.max >> Int64(64 - bits) : bits == 64 ? Int64.max : (1 << Int64(bits)) - 1
    guard value >= (isSigned ? -largest - 1 : 0), value <= largest else {
      throw ColumnarError(.usage, "cannot hold \(value)")
    }
    return Self.bytes(value, count: bits / 8)
  }

  static func bytes(_ value: Int64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> Int64(8 * $0)) }
  }
}

/// New cells of a column whose values stand in a dictionary, as the numbers that stand for them.
struct DictionaryCodes {
  private let width: Int
  private let codes: [Replacement: Int]

  /// - Parameter dictionary: nil where no cell is new.
  init(_ key: ArrowDictionaryKey, _ dictionary: ArrowDictionary?) {
    width = key.bits / 8
    var codes: [Replacement: Int] = [:]
    for index in 0..<(dictionary?.count ?? 0) {
      guard let place = dictionary?.place(of: index) else { break }
      var budget = RowBudget(ArrowLimits())
      let value = try? place.values.value(at: place.row, &budget)
      switch value {
      case .string(let text): codes[.string(text)] = codes[.string(text)] ?? index
      case .int(let number): codes[.int(number)] = codes[.int(number)] ?? index
      case .uint(let number):
        if let number = Int64(exactly: number) { codes[.int(number)] = codes[.int(number)] ?? index }
      default: break
      }
    }
    self.codes = codes
  }

  /// - Throws: `ColumnarError` where the dictionary does not have the value.
  func bytes(of cell: Replacement) throws(ColumnarError) -> [UInt8] {
    guard let code = codes[cell] else {
      throw ColumnarError(.usage, "its dictionary has no '\(cell)', and it is not changed")
    }
    return CellBytes.bytes(Int64(code), count: width)
  }
}

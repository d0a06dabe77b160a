import Values

extension LeafColumn {
  /// The column with other values in some rows, by their place in the row group.
  func replacing(_ replacements: [Int: Replacement]) throws(ColumnarError) -> LeafColumn {
    guard leaf.isFlat, leaf.path.count == 1 else { throw misfit("is not a column of single values") }
    let changed = replacements.filter { $0.key >= 0 && $0.key < rowCount }
    if changed.isEmpty { return self }
    var definition = [UInt8](repeating: UInt8(leaf.maxDefinition), count: rowCount)
    // Where in `values` the value of a row is; nil where the row has none.
    var places: [Int?] = []
    var next = 0
    for row in 0..<rowCount {
      let isPresent = self.definition.map { Int($0[row]) == leaf.maxDefinition } ?? true
      if !isPresent, changed[row] == nil { definition[row] = 0 }
      places.append(isPresent ? next : nil)
      if isPresent { next += 1 }
    }
    return LeafColumn(
      leaf: leaf, rowCount: rowCount, entryCount: rowCount,
      definition: leaf.maxDefinition > 0 ? try Elements(copying: definition) : nil, repetition: nil,
      values: try merged(changed, places), encoding: encoding)
  }

  private func merged(_ changed: [Int: Replacement], _ places: [Int?]) throws(ColumnarError) -> ColumnValues {
    switch (values, leaf.annotation) {
    case (.int32(let values), nil), (.int32(let values), .integer):
      var result: [Int32] = []
      for (row, place) in places.enumerated() {
        if let replacement = changed[row] {
          result.append(Int32(truncatingIfNeeded: try integer(replacement, bits: 32)))
        } else if let place {
          result.append(values[place])
        }
      }
      return .int32(try Elements(copying: result))
    case (.int64(let values), nil), (.int64(let values), .integer):
      var result: [Int64] = []
      for (row, place) in places.enumerated() {
        if let replacement = changed[row] {
          result.append(try integer(replacement, bits: 64))
        } else if let place {
          result.append(values[place])
        }
      }
      return .int64(try Elements(copying: result))
    case (.bytes(let values), let annotation) where annotation?.isText ?? true:
      var result: [[UInt8]] = []
      for (row, place) in places.enumerated() {
        if let replacement = changed[row] {
          guard case .string(let string) = replacement else { throw misfit("holds strings") }
          result.append(Array(string.utf8))
        } else if let place {
          result.append(values[place])
        }
      }
      return .bytes(try ByteStrings(copying: result))
    default: throw misfit("holds neither strings nor whole numbers")
    }
  }

  /// A whole number that the column can hold.
  private func integer(_ replacement: Replacement, bits physical: Int) throws(ColumnarError) -> Int64 {
    guard case .int(let value) = replacement else { throw misfit("holds whole numbers") }
    var bits = physical
    var isSigned = true
    if case .integer(let width, let sign) = leaf.annotation { (bits, isSigned) = (width, sign) }
    let largest = Int64.max >> Int64(max(0, isSigned ? 64 - bits : 63 - bits))
    let smallest = isSigned ? -largest - 1 : 0
    guard value >= smallest, value <= largest else { throw misfit("cannot hold \(value)") }
    return value
  }

  private func misfit(_ message: String) -> ColumnarError {
    ColumnarError(.usage, "the column \(message)", column: leaf.name)
  }
}

extension Annotation {
  /// Whether byte strings of this kind are text that may be written anew.
  fileprivate var isText: Bool { self == .string || self == .enumeration }
}

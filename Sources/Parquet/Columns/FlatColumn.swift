import Values

/// A column with one value or null a row, in contiguous memory.
package struct FlatColumn: Sendable {
  package let leaf: SchemaLeaf
  /// One a row; 0, false or empty where it is null.
  package let values: ColumnValues
  /// Whether each row has a value; nil where all have.
  package let validity: Elements<Bool>?
}

extension ParquetFile {
  /// Decodes a leaf that is not inside a list or a map to one value a row.
  package func decodeFlat(rowGroup: Int, leaf index: Int) throws(ColumnarError) -> FlatColumn {
    guard schema.leaves.indices.contains(index), schema.leaves[index].isFlat else {
      throw ColumnarError(.usage, "column \(index) is not flat")
    }
    return try FlatColumn(decoder(rowGroup: rowGroup, leaf: index, MemoryBudget(limits.chunkBytes)))
  }
}

extension FlatColumn {
  /// What a decoder of a flat leaf has read.
  init(_ decoder: ChunkDecoder) throws(ColumnarError) {
    leaf = decoder.leaf
    guard decoder.keepsDefinition else {
      (values, validity) = (decoder.store.finish(), nil)
      return
    }
    // The levels become the mask in place.
    let maxDefinition = UInt8(decoder.leaf.maxDefinition)
    let mask = decoder.definition.base?.bindMemory(to: UInt8.self, capacity: decoder.entryCount)
    if let mask {
      for row in 0..<decoder.entryCount { mask[row] = mask[row] == maxDefinition ? 1 : 0 }
      do throws(ColumnarError) {
        try decoder.store.spread(UnsafeBufferPointer(start: mask, count: decoder.entryCount))
      } catch {
        throw error.located(column: decoder.leaf.name)
      }
    }
    (values, validity) = (decoder.store.finish(), Elements(decoder.definition))
  }
}

extension ValueStore {
  /// Moves the values to the rows that have one, from the last on, so that no second block is needed.
  func spread(_ mask: UnsafeBufferPointer<UInt8>) throws(ColumnarError) {
    let present = count
    guard mask.count > present else { return }
    switch width {
    case 0: try spreadStrings(mask, present)
    case 1: try spread(UInt8.self, mask, present)
    case 4: try spread(UInt32.self, mask, present)
    case 8: try spread(UInt64.self, mask, present)
    default: try spreadOthers(mask, present)
    }
  }

  @inline(__always)
  private func spread<Element: BitwiseCopyable & FixedWidthInteger>(
    _ type: Element.Type, _ mask: UnsafeBufferPointer<UInt8>, _ present: Int
  ) throws(ColumnarError) {
    _ = try grow(by: mask.count - present)
    guard let values = data.base?.bindMemory(to: Element.self, capacity: mask.count) else { return }
    var source = present
    for row in stride(from: mask.count - 1, through: 0, by: -1) {
      if mask[row] != 0, source > 0 {
        source -= 1
        values[row] = values[source]
      } else {
        values[row] = 0
      }
    }
  }

  private func spreadOthers(_ mask: UnsafeBufferPointer<UInt8>, _ present: Int) throws(ColumnarError) {
    _ = try grow(by: mask.count - present)
    guard let base = data.base else { return }
    var source = present
    for row in stride(from: mask.count - 1, through: 0, by: -1) {
      let target = base + row * width
      if mask[row] != 0, source > 0 {
        source -= 1
        target.copyMemory(from: base + source * width, byteCount: width)
      } else {
        target.initializeMemory(as: UInt8.self, repeating: 0, count: width)
      }
    }
  }

  /// Only the ends move: a null is an empty string.
  private func spreadStrings(_ mask: UnsafeBufferPointer<UInt8>, _ present: Int) throws(ColumnarError) {
    _ = try growStrings(by: mask.count - present)
    guard let ends = offsets.base?.bindMemory(to: UInt64.self, capacity: mask.count + 1) else { return }
    var source = present
    for row in stride(from: mask.count - 1, through: 0, by: -1) {
      ends[row + 1] = ends[source]
      if mask[row] != 0, source > 0 { source -= 1 }
    }
  }
}

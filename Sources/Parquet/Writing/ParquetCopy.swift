import Compression
import Values

/// A copy of a file with some of its rows: the same schema, logical types, keys and values and codecs, row group by row
/// group. Bloom filters, indexes, statistics and sort orders are left out, as they would speak of other rows.
package struct ParquetCopy {
  private let source: ParquetFile
  private let rows: [Int]
  /// By leaf, rising by row.
  private var replacements: [Int: [(row: Int, value: Replacement)]] = [:]

  /// - Parameters:
  ///   - rows: of the source, ascending.
  ///   - cells: new ones by the top-level field and the row of the source.
  package init(
    _ source: ParquetFile, rows: [Int], replacing cells: [Int: [Int: Replacement]] = [:]
  ) throws(ColumnarError) {
    for (index, row) in rows.enumerated() {
      guard row >= 0, row < source.rowCount, index == 0 || rows[index - 1] < row else {
        throw ColumnarError(.usage, "the rows of a copy must be ascending and within the file")
      }
    }
    self.source = source
    self.rows = rows
    for (field, cells) in cells {
      guard source.schema.fields.indices.contains(field), source.schema.fields[field].isLeaf else {
        throw ColumnarError(.usage, "field \(field) is not a column of single values")
      }
      replacements[source.schema.fields[field].leaves.lowerBound] =
        cells.sorted { $0.key < $1.key }.map { (row: $0.key, value: $0.value) }
    }
  }

  package func write(to sink: @escaping ParquetWriter.Sink) throws(ColumnarError) {
    var writer = try ParquetWriter(source.footerHead, to: sink)
    var first = 0
    var next = 0
    for group in 0..<source.rowGroupCount {
      let count = source.rowCount(ofGroup: group)
      let start = next
      while next < rows.count, rows[next] < first + count { next += 1 }
      if next > start {
        var keeps = [Bool](repeating: false, count: count)
        for row in rows[start..<next] { keeps[row - first] = true }
        try write(group, keeps, next - start, first, to: &writer)
      }
      first += count
    }
    try writer.finish()
  }

  private func write(
    _ group: Int, _ keeps: [Bool], _ kept: Int, _ first: Int, to writer: inout ParquetWriter
  ) throws(ColumnarError) {
    writer.beginRowGroup(rowCount: kept)
    for leaf in source.schema.leaves {
      var column = try source.decode(rowGroup: group, leaf: leaf.index)
      if let own = replacements[leaf.index] {
        column = try column.replacing(Self.replacements(own, in: first..<first + keeps.count))
      }
      column = try column.filtered(keeps)
      let codec = PageCodec(rawValue: source.metadata.rowGroups[group].chunks[leaf.index].codec)
      do throws(ColumnarError) {
        try writer.append(column, codec: codec ?? .uncompressed)
      } catch {
        throw error.located(column: leaf.name)
      }
    }
  }
}

extension ParquetCopy {
  /// By the place in the row group.
  private static func replacements(
    _ replacements: [(row: Int, value: Replacement)], in rows: Range<Int>
  ) -> [Int: Replacement] {
    var low = 0
    var high = replacements.count
    while low < high {
      let middle = (low + high) / 2
      if replacements[middle].row < rows.lowerBound { low = middle + 1 } else { high = middle }
    }
    var result: [Int: Replacement] = [:]
    while low < replacements.count, replacements[low].row < rows.upperBound {
      result[replacements[low].row - rows.lowerBound] = replacements[low].value
      low += 1
    }
    return result
  }
}

extension ParquetFile {
  /// The schema, and the keys and values, as they stand in the footer.
  fileprivate var footerHead: ParquetWriter.FooterHead {
    let footer = UnsafeRawBufferPointer(rebasing: bytes[footerStart...])
    return ParquetWriter.FooterHead(
      schema: [UInt8](footer[metadata.schemaRange]),
      keyValues: metadata.keyValueRange.map { [UInt8](footer[$0]) })
  }
}

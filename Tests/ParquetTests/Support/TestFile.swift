import Compression
import Parquet
import Values

/// A file in memory, made of columns or given as bytes.
final class TestFile {
  let bytes: UnsafeMutableRawBufferPointer

  init(_ content: [UInt8]) {
    // Of just the size, so that reading behind it is found by tools that look for it.
    bytes = .allocate(byteCount: max(1, content.count), alignment: 1)
    count = content.count
    content.withUnsafeBytes { bytes.copyMemory(from: $0) }
  }

  private let count: Int

  deinit { bytes.deallocate() }

  func open(limits: ParquetLimits = ParquetLimits()) throws(ColumnarError) -> ParquetFile {
    try ParquetFile(UnsafeRawBufferPointer(rebasing: bytes[..<count]), owner: self, limits: limits)
  }

  /// The bytes of a file with these rows in row groups of `groupSize`.
  static func made(
    _ types: [MadeType], rows: [[NestedValue]], groupSize: Int, codec: PageCodec, encoding: Int32 = 0,
    allowsDictionary: Bool = true
  ) throws -> [UInt8] {
    let elements =
      [SchemaElement(name: "root", childCount: Int32(types.count))]
      + types.enumerated().flatMap { $1.elements("c\($0)") }
    let schema = try ParquetSchema(elements)
    let sink = Sink()
    var writer = try ParquetWriter(schema: elements, keyValues: [("made", "by a test")]) {
      (bytes) throws(ColumnarError) in sink.bytes += bytes
    }
    for start in stride(from: 0, to: rows.count, by: groupSize) {
      let group = rows[start..<min(rows.count, start + groupSize)]
      var shredder = Shredder(leafCount: schema.leaves.count)
      for row in group {
        for (type, (field, value)) in zip(types, zip(schema.fields, row)) {
          shredder.add(value, type, leaf: field.leaves.lowerBound)
        }
      }
      writer.beginRowGroup(rowCount: group.count)
      for (leaf, column) in zip(schema.leaves, shredder.columns) {
        let values = try StoredValues.make(column.values, leaf)
        try writer.append(
          LeafColumn(
            leaf, rowCount: group.count, definition: column.definition, repetition: column.repetition,
            values: values, encoding: encoding), codec: codec, allowsDictionary: allowsDictionary)
      }
    }
    try writer.finish()
    return sink.bytes
  }

  final class Sink {
    var bytes: [UInt8] = []
  }
}

extension ParquetFile {
  /// All rows.
  func rows() throws(ColumnarError) -> [[NestedValue]] {
    var rows: [[NestedValue]] = []
    for group in 0..<rowGroupCount {
      var readers: [FieldReader] = []
      for field in schema.fields.indices {
        readers.append(try FieldReader(self, rowGroup: group, field: field))
      }
      for _ in 0..<rowCount(ofGroup: group) {
        var row: [NestedValue] = []
        for field in readers.indices { row.append(try readers[field].next() ?? .null) }
        rows.append(row)
      }
      for field in readers.indices { _ = try readers[field].next() }
    }
    return rows
  }

  func copied(_ rows: [Int], replacing field: Int? = nil, with replacements: [Int: Replacement] = [:])
    throws(ColumnarError) -> [UInt8]
  {
    let sink = TestFile.Sink()
    try ParquetCopy(self, rows: rows, replacing: field.map { [$0: replacements] } ?? [:]).write {
      (bytes) throws(ColumnarError) in sink.bytes += bytes
    }
    return sink.bytes
  }
}

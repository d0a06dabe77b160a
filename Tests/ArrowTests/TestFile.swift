import Arrow
import Testing
import Values

/// Bytes in memory and what is in them.
final class TestFile {
  private let bytes: UnsafeMutableRawBufferPointer

  init(_ bytes: [UInt8]) {
    self.bytes = .allocate(byteCount: bytes.count, alignment: 16)
    self.bytes.copyBytes(from: bytes)
  }

  deinit { bytes.deallocate() }

  func open(limits: ArrowLimits = ArrowLimits()) throws(ColumnarError) -> ArrowFile {
    try ArrowFile(UnsafeRawBufferPointer(bytes), owner: self, limits: limits)
  }
}

extension ArrowFile {
  /// All rows as JSON objects.
  func rows() throws(ColumnarError) -> [String] {
    var rows: [String] = []
    var batches = try BatchSequence(self)
    while let batch = try batches.next() {
      for row in 0..<batch.rowCount {
        var budget = RowBudget(limits)
        var values: [NestedValue] = []
        for column in batch.columns { values.append(try column.value(at: row, &budget)) }
        var text: [UInt8] = []
        NestedValue.structure(StructureValue(names: schema.fields.map(\.name), values: values)).appendJSON(
          to: &text)
        rows.append(String(decoding: text, as: UTF8.self))
      }
    }
    return rows
  }

  func copied(_ rows: [Int], replacing field: Int? = nil, with cells: [Int: Replacement] = [:])
    throws(ColumnarError) -> [UInt8]
  {
    var bytes: [UInt8] = []
    try ArrowCopy(self, rows: rows, replacing: field.map { [$0: cells] } ?? [:]).write { bytes += $0 }
    return bytes
  }
}

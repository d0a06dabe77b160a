/// Makes the bodies of data pages, version 1.
struct PageEncoder {
  let column: LeafColumn
  let values: RawValues
  let dictionary: DictionaryBuilder?
  let encoding: Encoding

  /// - Parameter allowsDictionary: false in tests of the other encodings.
  init(_ column: LeafColumn, allowsDictionary: Bool = true) {
    self.column = column
    values = RawValues(column.values)
    dictionary = allowsDictionary && column.leaf.physical != .boolean ? DictionaryBuilder(values) : nil
    encoding = dictionary == nil ? Self.fallback(column) : .rleDictionary
  }

  /// Without a dictionary a column is written as it was, so that it takes no more room than before. Not so
  /// BYTE_STREAM_SPLIT of FIXED_LEN_BYTE_ARRAY, which DuckDB does not read.
  private static func fallback(_ column: LeafColumn) -> Encoding {
    switch (column.encoding, column.leaf.physical) {
    case (.rle, .boolean), (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64),
      (.deltaLengthByteArray, .byteArray), (.deltaByteArray, .byteArray),
      (.deltaByteArray, .fixedLengthByteArray), (.byteStreamSplit, .int32), (.byteStreamSplit, .int64),
      (.byteStreamSplit, .float), (.byteStreamSplit, .double):
      column.encoding
    default: .plain
    }
  }

  var dictionaryBody: [UInt8]? {
    guard let dictionary else { return nil }
    var body: [UInt8] = []
    for first in dictionary.firsts { values.appendPlain(first..<first + 1, to: &body) }
    return body
  }

  func body(_ page: PagePlan) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(values.plainSize(page.values) + 64)
    append(column.repetition, column.leaf.maxRepetition, page.entries, to: &body)
    append(column.definition, column.leaf.maxDefinition, page.entries, to: &body)
    appendValues(page.values, to: &body)
    return body
  }

  /// Levels as runs with their length before them; where none are kept, all are at their most.
  private func append(
    _ levels: Elements<UInt8>?, _ maxLevel: Int, _ range: Range<Int>, to body: inout [UInt8]
  ) {
    guard maxLevel > 0 else { return }
    var runs: [UInt8] = []
    let width = Levels.width(maxLevel)
    if let levels {
      levels.withUnsafeBufferPointer {
        RunEncoder.encode(UnsafeBufferPointer(rebasing: $0[range]), width: width, into: &runs)
      }
    } else {
      RunEncoder.varint(UInt64(range.count) << 1, &runs)
      runs.append(UInt8(maxLevel))
    }
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: runs.count).littleEndian) { body.append(contentsOf: $0) }
    body += runs
  }

  private func appendValues(_ range: Range<Int>, to body: inout [UInt8]) {
    if let dictionary {
      body.append(UInt8(dictionary.indexWidth))
      dictionary.indices.withUnsafeBufferPointer {
        RunEncoder.encode(
          UnsafeBufferPointer(rebasing: $0[range]), width: dictionary.indexWidth, into: &body)
      }
      return
    }
    switch (encoding, column.values) {
    case (.deltaBinaryPacked, .int32(let values)): DeltaEncoder.encode(values.buffer[range], into: &body)
    case (.deltaBinaryPacked, .int64(let values)): DeltaEncoder.encode(values.buffer[range], into: &body)
    case (.deltaLengthByteArray, _): DeltaEncoder.encodeLengths(range.map { values[$0] }, into: &body)
    case (.deltaByteArray, _): DeltaEncoder.encodePrefixes(range.map { values[$0] }, into: &body)
    case (.byteStreamSplit, _):
      for stream in 0..<values.width {
        for position in range { body.append(values.bytes[position * values.width + stream]) }
      }
    case (.rle, .bool):
      var runs: [UInt8] = []
      RunEncoder.encode(
        UnsafeBufferPointer(rebasing: values.bytes.assumingMemoryBound(to: UInt8.self)[range]), width: 1,
        into: &runs)
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: runs.count).littleEndian) { body.append(contentsOf: $0) }
      body += runs
    case (_, .bool(let values)):
      var packer = BitPacker()
      for position in range { packer.append(values[position] ? 1 : 0, width: 1, to: &body) }
      packer.finish(&body)
    default: values.appendPlain(range, to: &body)
    }
  }
}

import Values

/// Values of one data page, by whatever encoding they have.
enum ValueDecoder {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, encoding number: Int32, count: Int, dictionary: ValueStore?,
    into store: ValueStore
  ) throws(ColumnarError) {
    switch (Encoding(rawValue: number), store.physical) {
    case (.plain, _): try PlainDecoder.decode(bytes, count: count, into: store)
    case (.plainDictionary, _), (.rleDictionary, _):
      guard count > 0 else { return }
      guard let dictionary else { throw ColumnarError(.malformed, "no dictionary stands before its indices") }
      try DictionaryDecoder.decode(bytes, count: count, dictionary: dictionary, into: store)
    case (.rle, .boolean): try decodeRuns(bytes, count: count, into: store)
    case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
      guard count > 0 else { return }
      try DeltaBinaryDecoder.decode(bytes, count: count, into: store)
    case (.deltaLengthByteArray, .byteArray):
      guard count > 0 else { return }
      try DeltaStringDecoder.decodeLengths(bytes, count: count, into: store)
    case (.deltaByteArray, .byteArray), (.deltaByteArray, .fixedLengthByteArray):
      guard count > 0 else { return }
      try DeltaStringDecoder.decodePrefixes(bytes, count: count, into: store)
    case (.byteStreamSplit, let type) where type != .boolean && type != .byteArray && type != .int96:
      try ByteStreamSplitDecoder.decode(bytes, count: count, into: store)
    default:
      throw ColumnarError(
        .unsupported, "the encoding \(Encoding.name(number)) of \(store.physical.name) is not supported")
    }
  }

  /// Truth values as runs, with their length before them.
  private static func decodeRuns(_ bytes: UnsafeRawBufferPointer, count: Int, into store: ValueStore)
    throws(ColumnarError)
  {
    guard count > 0 else { return }
    var reader = ByteReader(bytes)
    let body = try reader.take(try reader.length())
    let target = try store.grow(by: count).bindMemory(to: UInt8.self, capacity: count)
    try Levels.decode(body, maxLevel: 1, count: count, into: target)
  }
}

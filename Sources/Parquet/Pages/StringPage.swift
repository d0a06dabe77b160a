import Values

/// A page of byte strings that stay where they are: of pictures a page holds some hundred megabytes, of which one is wanted.
struct StringPage: Sendable {
  private let strings: PlainStrings
  /// In `strings`, by the values that are there; nil where they stand in their order.
  private let indices: [UInt32]?
  /// Of each row among the values, -1 of null; nil where all are there.
  private let places: [Int32]?
  private let annotation: Annotation?

  /// - Parameter dictionary: of the column.
  /// - Returns: nil where the page holds its values in another encoding.
  init?(
    _ page: PageReader.Page, of decoder: consuming ChunkDecoder, dictionary: PlainStrings?, file: ParquetFile
  ) throws(ColumnarError) {
    guard case .data(let data) = page.header.kind, decoder.leaf.physical == .byteArray else { return nil }
    annotation = decoder.leaf.annotation
    let parts = try decoder.parts(of: data, page)
    let present = try decoder.appendLevels(parts)
    switch Encoding(rawValue: data.encoding) {
    case .plain:
      indices = nil
      strings = try PlainStrings(parts.values, count: present, owners: [file, decoder.pageBuffer])
    case .plainDictionary, .rleDictionary:
      guard let dictionary else { return nil }
      indices = try DictionaryDecoder.indices(parts.values, count: present, of: dictionary.count)
      strings = dictionary
    default: return nil
    }
    guard decoder.keepsDefinition else {
      places = nil
      return
    }
    let maxDefinition = UInt8(decoder.leaf.maxDefinition)
    var next: Int32 = 0
    places = decoder.definition.elements(of: UInt8.self).map { level in
      guard level == maxDefinition else { return -1 }
      defer { next += 1 }
      return next
    }
  }

  /// - Parameter row: of the page.
  func value(at row: Int) -> NestedValue {
    let place = places.map { Int($0[row]) } ?? row
    guard place >= 0 else { return .null }
    return strings.withBytes(at: indices.map { Int($0[place]) } ?? place) {
      ValueConversion.string($0, annotation)
    }
  }
}

/// Byte strings as PLAIN has them, each behind its length.
struct PlainStrings: @unchecked Sendable {
  // Unchecked: the memory is never written once a page has been unpacked.
  private let owners: [AnyObject]
  private let bytes: UnsafeRawBufferPointer
  /// Of each string.
  private let ranges: [Range<Int>]

  var count: Int { ranges.count }

  /// - Parameter owners: what keeps `bytes` alive and unchanged.
  /// - Throws: where they do not hold so many.
  init(_ bytes: UnsafeRawBufferPointer, count: Int, owners: [AnyObject]) throws(ColumnarError) {
    guard count <= bytes.count / 4 else { throw ByteReader.cutOff }
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(count)
    var reader = ByteReader(bytes)
    for _ in 0..<count {
      let length = try reader.length()
      let start = reader.position
      _ = try reader.take(length)
      ranges.append(start..<start + length)
    }
    (self.owners, self.bytes, self.ranges) = (owners, bytes, ranges)
  }

  /// The dictionary that a page is.
  /// - Returns: nil of other pages, and of dictionaries that are stored in another way.
  init?(_ page: PageReader.Page, of decoder: consuming ChunkDecoder, file: ParquetFile) throws(ColumnarError)
  {
    guard case .dictionary(let count, let encoding) = page.header.kind, decoder.leaf.physical == .byteArray,
      [.plain, .plainDictionary].contains(Encoding(rawValue: encoding))
    else { return nil }
    let body = try decoder.unpacked(page.body, size: page.header.uncompressedSize)
    try self.init(body, count: count, owners: [file, decoder.pageBuffer])
  }

  func withBytes<Result>(at position: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withExtendedLifetime(owners) { body(UnsafeRawBufferPointer(rebasing: bytes[ranges[position]])) }
  }
}

import Values

/// The head of a page (`PageHeader` of parquet.thrift).
struct PageHeader {
  enum Kind {
    case data(DataPage)
    case dictionary(valueCount: Int, encoding: Int32)
    /// Index pages, which nothing writes, and what is not known: they are passed over.
    case other
  }
  let kind: Kind
  let compressedSize: Int
  let uncompressedSize: Int
  let checksum: UInt32?
}

/// What the heads of data pages of both versions say.
struct DataPage {
  var valueCount = 0
  var encoding: Int32 = -1
  /// Version 1: how the levels are encoded. Version 2 has RLE only.
  var definitionEncoding: Int32 = 3
  var repetitionEncoding: Int32 = 3
  /// Version 2 only.
  var second: SecondVersion?

  struct SecondVersion {
    var nullCount = 0
    var rowCount = 0
    var definitionBytes = 0
    var repetitionBytes = 0
    var isCompressed = true
  }
}

extension PageHeader {
  init(_ reader: inout ThriftReader) throws(ColumnarError) {
    var type: Int32 = -1
    var compressed: Int?
    var uncompressed: Int?
    var checksum: UInt32?
    var first: DataPage?
    var second: DataPage?
    var dictionary: Kind?
    try reader.structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: type = try reader.int32(field)
      case 2: uncompressed = try reader.size(field, "the uncompressed size of a page", .int32)
      case 3: compressed = try reader.size(field, "the compressed size of a page", .int32)
      case 4: checksum = UInt32(bitPattern: try reader.int32(field))
      case 5: first = try reader.firstVersion(field)
      case 7: dictionary = try reader.dictionaryPage(field)
      case 8: second = try reader.secondVersion(field)
      default: try reader.skip(field.type)
      }
    }
    guard let compressed, let uncompressed else {
      throw reader.malformed("the head of a page lacks its size")
    }
    switch type {
    case 0:
      guard let first else { throw reader.malformed("the head of a data page lacks its content") }
      kind = .data(first)
    case 2:
      guard let dictionary else { throw reader.malformed("the head of a dictionary page lacks its content") }
      kind = dictionary
    case 3:
      guard let second else { throw reader.malformed("the head of a data page lacks its content") }
      kind = .data(second)
    default: kind = .other
    }
    compressedSize = compressed
    uncompressedSize = uncompressed
    self.checksum = checksum
  }
}

extension ThriftReader {
  fileprivate mutating func firstVersion(_ field: ThriftField) throws(ColumnarError) -> DataPage {
    var page = DataPage()
    try structure(field) { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: page.valueCount = try reader.size(field, "the number of values of a page", .int32)
      case 2: page.encoding = try reader.int32(field)
      case 3: page.definitionEncoding = try reader.int32(field)
      case 4: page.repetitionEncoding = try reader.int32(field)
      default: try reader.skip(field.type)
      }
    }
    return page
  }

  fileprivate mutating func secondVersion(_ field: ThriftField) throws(ColumnarError) -> DataPage {
    var page = DataPage()
    var second = DataPage.SecondVersion()
    try structure(field) { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: page.valueCount = try reader.size(field, "the number of values of a page", .int32)
      case 2: second.nullCount = try reader.size(field, "the number of nulls of a page", .int32)
      case 3: second.rowCount = try reader.size(field, "the number of rows of a page", .int32)
      case 4: page.encoding = try reader.int32(field)
      case 5: second.definitionBytes = try reader.size(field, "the size of definition levels", .int32)
      case 6: second.repetitionBytes = try reader.size(field, "the size of repetition levels", .int32)
      case 7: second.isCompressed = try reader.bool(field)
      default: try reader.skip(field.type)
      }
    }
    page.second = second
    return page
  }

  fileprivate mutating func dictionaryPage(_ field: ThriftField) throws(ColumnarError) -> PageHeader.Kind {
    var count = 0
    var encoding: Int32 = 0
    try structure(field) { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: count = try reader.size(field, "the number of values of a dictionary", .int32)
      case 2: encoding = try reader.int32(field)
      default: try reader.skip(field.type)
      }
    }
    return .dictionary(valueCount: count, encoding: encoding)
  }
}

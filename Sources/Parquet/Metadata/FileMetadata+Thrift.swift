import Values

extension FileMetadata {
  /// - Parameter footer: the bytes between the last page and the footer's length.
  init(_ reader: inout ThriftReader, limits: ParquetLimits) throws(ColumnarError) {
    var result = FileMetadata()
    var chunkCount = 0
    try reader.structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 2:
        let start = reader.position
        let count = try reader.list(field, of: .structure)
        guard count <= limits.schemaNodes else {
          throw ColumnarError(.limit, "the schema has \(count) nodes, more than \(limits.schemaNodes)")
        }
        result.schema.reserveCapacity(count)
        for _ in 0..<count { result.schema.append(try SchemaElement(&reader)) }
        result.schemaRange = start..<reader.position
      case 3: result.rowCount = try reader.size(field, "the number of rows")
      case 4:
        let count = try reader.list(field, of: .structure)
        guard count <= limits.rowGroups else {
          throw ColumnarError(.limit, "\(count) row groups, more than \(limits.rowGroups)")
        }
        for _ in 0..<count {
          let group = try RowGroupMetadata(&reader, chunkLimit: limits.chunks - chunkCount)
          chunkCount += group.chunks.count
          result.rowGroups.append(group)
        }
      case 5:
        let start = reader.position
        let count = try reader.list(field, of: .structure)
        for _ in 0..<count { result.keyValues.append(try reader.keyValue()) }
        result.keyValueRange = start..<reader.position
      case 6: result.createdBy = try reader.string(field)
      case 8:
        result.isEncrypted = true
        try reader.skip(field.type)
      default: try reader.skip(field.type)
      }
    }
    self = result
  }
}

extension SchemaElement {
  init(_ reader: inout ThriftReader) throws(ColumnarError) {
    var result = SchemaElement(name: "")
    try reader.structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: result.type = try reader.int32(field)
      case 2: result.typeLength = try reader.int32(field)
      case 3: result.repetition = try reader.int32(field)
      case 4: result.name = try reader.string(field)
      case 5: result.childCount = try reader.int32(field)
      case 6: result.convertedType = try reader.int32(field)
      case 7: result.scale = try reader.int32(field)
      case 8: result.precision = try reader.int32(field)
      case 9: result.fieldID = try reader.int32(field)
      case 10:
        try reader.expect(field, .structure)
        result.logicalType = try Annotation.logical(&reader)
      default: try reader.skip(field.type)
      }
    }
    self = result
  }

  /// The annotation by either form, the newer first.
  var annotation: Annotation? {
    logicalType ?? convertedType.flatMap { Annotation.converted($0, scale: scale, precision: precision) }
  }
}

extension RowGroupMetadata {
  init(_ reader: inout ThriftReader, chunkLimit: Int) throws(ColumnarError) {
    var result = RowGroupMetadata()
    try reader.structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1:
        let count = try reader.list(field, of: .structure)
        guard count <= chunkLimit else {
          throw ColumnarError(.limit, "more column chunks than the limit allows", offset: reader.filePosition)
        }
        for _ in 0..<count { result.chunks.append(try ChunkMetadata(&reader)) }
      case 3: result.rowCount = try reader.size(field, "the number of rows of a row group")
      default: try reader.skip(field.type)
      }
    }
    self = result
  }
}

extension ChunkMetadata {
  init(_ reader: inout ThriftReader) throws(ColumnarError) {
    var result = ChunkMetadata()
    try reader.structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1:
        try reader.expect(field, .binary)
        result.isInOtherFile = try !reader.binary().isEmpty
      case 3:
        result.hasMetadata = true
        try reader.structure(field) { (reader, field) throws(ColumnarError) in try result.read(&reader, field)
        }
      case 8, 9:
        result.isEncrypted = true
        try reader.skip(field.type)
      default: try reader.skip(field.type)
      }
    }
    self = result
  }

  /// A field of `ColumnMetaData`.
  private mutating func read(_ reader: inout ThriftReader, _ field: ThriftField) throws(ColumnarError) {
    switch field.id {
    case 1: type = try reader.int32(field)
    case 4: codec = try reader.int32(field)
    case 5: valueCount = try reader.size(field, "the number of values of a column chunk")
    case 7: compressedSize = try reader.size(field, "the size of a column chunk")
    case 9: dataPageOffset = try reader.size(field, "the offset of a data page")
    case 11: dictionaryPageOffset = try reader.size(field, "the offset of a dictionary page")
    default: try reader.skip(field.type)
    }
  }
}

extension ThriftReader {
  var filePosition: Int { fileOffset + position }

  fileprivate mutating func keyValue() throws(ColumnarError) -> (key: String, value: String?) {
    var key = ""
    var value: String?
    try structure { (reader, field) throws(ColumnarError) in
      switch field.id {
      case 1: key = try reader.string(field)
      case 2: value = try reader.string(field)
      default: try reader.skip(field.type)
      }
    }
    return (key, value)
  }
}

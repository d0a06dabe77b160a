/// The footer of a file (`FileMetaData` of parquet.thrift), as far as it is read.
struct FileMetadata {
  var rowCount = 0
  var schema: [SchemaElement] = []
  var rowGroups: [RowGroupMetadata] = []
  var keyValues: [(key: String, value: String?)] = []
  var createdBy = ""
  var isEncrypted = false
  /// Where the lists of the schema and of the keys and values lie in the footer: copies take them over as they are, with
  /// what is not known here.
  var schemaRange = 0..<0
  var keyValueRange: Range<Int>?
}

/// A node of the schema, in the flat form of the footer: depth first, with the number of children.
package struct SchemaElement: Sendable, Equatable {
  package var name: String
  package var type: Int32?
  package var typeLength: Int32
  package var repetition: Int32?
  package var childCount: Int32?
  package var convertedType: Int32?
  package var scale: Int32
  package var precision: Int32
  package var fieldID: Int32?
  package var logicalType: Annotation?

  package init(
    name: String, type: Int32? = nil, typeLength: Int32 = 0, repetition: Int32? = nil,
    childCount: Int32? = nil,
    convertedType: Int32? = nil, scale: Int32 = 0, precision: Int32 = 0, fieldID: Int32? = nil,
    logicalType: Annotation? = nil
  ) {
    self.name = name
    self.type = type
    self.typeLength = typeLength
    self.repetition = repetition
    self.childCount = childCount
    self.convertedType = convertedType
    self.scale = scale
    self.precision = precision
    self.fieldID = fieldID
    self.logicalType = logicalType
  }
}

struct RowGroupMetadata {
  var rowCount = 0
  var chunks: [ChunkMetadata] = []
}

/// One leaf of one row group.
struct ChunkMetadata {
  var type: Int32 = -1
  var codec: Int32 = 0
  var valueCount = 0
  var compressedSize = 0
  var dataPageOffset = 0
  var dictionaryPageOffset: Int?
  var hasMetadata = false
  var isInOtherFile = false
  var isEncrypted = false
}

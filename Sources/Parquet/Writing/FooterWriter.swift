import Compression

/// `PageHeader` of parquet.thrift.
enum PageHeaderWriter {
  enum Content {
    case data(valueCount: Int, encoding: Encoding)
    case dictionary(valueCount: Int)
  }

  static func encoded(_ content: Content, whole: Int, packed: [UInt8]) -> [UInt8] {
    var writer = ThriftWriter()
    writer.structure { writer in
      switch content {
      case .data: writer.int32(1, 0)
      case .dictionary: writer.int32(1, 2)
      }
      writer.int32(2, Int32(truncatingIfNeeded: whole))
      writer.int32(3, Int32(truncatingIfNeeded: packed.count))
      writer.int32(4, Int32(bitPattern: packed.withUnsafeBytes { crc32([$0]) }))
      switch content {
      case .data(let valueCount, let encoding):
        writer.structure(5) { writer in
          writer.int32(1, Int32(truncatingIfNeeded: valueCount))
          writer.int32(2, encoding.rawValue)
          writer.int32(3, Encoding.rle.rawValue)
          writer.int32(4, Encoding.rle.rawValue)
        }
      case .dictionary(let valueCount):
        writer.structure(7) { writer in
          writer.int32(1, Int32(truncatingIfNeeded: valueCount))
          writer.int32(2, Encoding.plain.rawValue)
        }
      }
    }
    return writer.bytes
  }
}

/// `FileMetaData` of parquet.thrift. No statistics are written: readers do without, and they would have to be true in every
/// order of every logical type.
enum FooterWriter {
  static func encoded(_ head: ParquetWriter.FooterHead, _ groups: [ParquetWriter.WrittenGroup]) -> [UInt8] {
    var writer = ThriftWriter()
    writer.structure { writer in
      writer.int32(1, 2)
      writer.field(2, .list)
      writer.raw(head.schema)
      writer.int64(3, groups.reduce(0) { $0 + $1.rowCount })
      writer.list(4, of: .structure, groups) { writer, group in
        writer.structure { Self.write(group, to: &$0) }
      }
      if let keyValues = head.keyValues {
        writer.field(5, .list)
        writer.raw(keyValues)
      }
      writer.string(6, "foretaste")
    }
    return writer.bytes
  }

  private static func write(_ group: ParquetWriter.WrittenGroup, to writer: inout ThriftWriter) {
    writer.list(1, of: .structure, group.chunks) { writer, chunk in
      writer.structure { writer in
        writer.int64(2, 0)
        writer.structure(3) { Self.write(chunk, to: &$0) }
      }
    }
    writer.int64(2, group.chunks.reduce(0) { $0 + $1.uncompressedSize })
    writer.int64(3, group.rowCount)
    writer.int64(6, group.chunks.reduce(0) { $0 + $1.compressedSize })
  }

  private static func write(_ chunk: ParquetWriter.WrittenChunk, to writer: inout ThriftWriter) {
    writer.int32(1, chunk.leaf.physical.rawValue)
    writer.list(2, of: .int32, chunk.encodings) { $0.zigzag(Int64($1.rawValue)) }
    writer.list(3, of: .binary, chunk.leaf.path) { $0.element($1) }
    writer.int32(4, chunk.codec.rawValue)
    writer.int64(5, chunk.valueCount)
    writer.int64(6, chunk.uncompressedSize)
    writer.int64(7, chunk.compressedSize)
    writer.int64(9, chunk.dataStart)
    if chunk.hasDictionary { writer.int64(11, chunk.start) }
  }
}

/// The codecs of Parquet pages, by their numbers in `CompressionCodec` of parquet.thrift (Parquet format 2.11,
/// Compression.md).
package enum PageCodec: Int32, Sendable, CaseIterable {
  case uncompressed = 0
  case snappy = 1
  case gzip = 2
  case brotli = 4
  /// Deprecated: LZ4 blocks with the frame of Hadoop, or whatever older writers took it for.
  case lz4 = 5
  case zstd = 6
  case lz4Raw = 7

  /// As the specification writes it; also of codecs that are not read.
  package static func name(_ number: Int32) -> String {
    switch number {
    case 0: "UNCOMPRESSED"
    case 1: "SNAPPY"
    case 2: "GZIP"
    case 3: "LZO"
    case 4: "BROTLI"
    case 5: "LZ4"
    case 6: "ZSTD"
    case 7: "LZ4_RAW"
    default: "codec \(number)"
    }
  }

  package var name: String { Self.name(rawValue) }
}

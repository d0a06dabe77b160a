import struct Crypto.SHA256
import struct Crypto.SHA256Digest
import Model

/// Payloads of a dataset, each read from its mapped file when it is asked for.
///
/// The content digest of a sample is SHA-256 over its payload as stored (the record's bytes without its line end, the
/// image's pixels, or the features as little-endian Float), a zero byte, and the given label's name.
struct SampleContents: PayloadSource {
  enum Store: Sendable {
    case images(ImageStack)
    case records(RecordReader)
    case features(Matrix)
    case nothing
  }
  let store: Store
  let labelName: @Sendable (Int) -> String

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    switch store {
    case .images(let stack):
      row < stack.count ? .success(.image(stack[row])) : .failure(.init(reason: "no such image"))
    case .records(let reader): reader.payload(at: row)
    case .features(let matrix):
      row < matrix.rows ? .success(.features(matrix.row(row))) : .failure(.init(reason: "no such row"))
    case .nothing: .failure(.init(reason: "the dataset has labels only"))
    }
  }

  func contentDigest(at row: Int) -> Digest {
    var hasher = SHA256()
    switch store {
    case .images(let stack):
      if row < stack.count {
        stack.withPixels(at: row) { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
      }
    case .records(let reader): hasher.update(bufferPointer: reader.content(at: row))
    case .features(let matrix):
      if row < matrix.rows { matrix.row(row).withUnsafeBytes { hasher.update(bufferPointer: $0) } }
    case .nothing: break
    }
    hasher.update(data: [0])
    hasher.update(data: Array(labelName(row).utf8))
    return Digest(hasher.finalize())
  }
}

extension Digest {
  init(_ digest: SHA256Digest) {
    guard let value = Digest(bytes: digest) else { preconditionFailure("SHA-256 gives 32 bytes") }
    self = value
  }
}

/// Any one record of a file by the place where it lies.
struct RecordReader: Sendable {
  let file: MappedFile
  let format: RecordFile.Format
  let columns: [String]
  let offsets: Column<UInt64>
  /// The column that holds the text, when the samples are texts.
  let textColumn: String?

  /// The record's bytes without its line end; empty where the file no longer has them.
  func content(at row: Int) -> UnsafeRawBufferPointer {
    guard row >= 0, row + 1 < offsets.count, offsets[row] <= offsets[row + 1],
      offsets[row + 1] <= UInt64(file.bytes.count)
    else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    var bytes = file.bytes[Int(offsets[row])..<Int(offsets[row + 1])]
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    return UnsafeRawBufferPointer(rebasing: bytes)
  }

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    let bytes = content(at: row)
    guard let fields = format == .jsonl ? jsonFields(bytes) : csvFields(bytes) else {
      return .failure(.init(reason: "the record can no longer be read"))
    }
    if let textColumn {
      return .success(.text(fields.first { $0.name == textColumn }?.value ?? ""))
    }
    return .success(.row(fields))
  }

  private func csvFields(_ bytes: UnsafeRawBufferPointer) -> [Payload.Field]? {
    var reader = CSVReader(bytes: bytes, delimiter: RecordScan.delimiter(format))
    var record = CSVReader.Record()
    guard (try? reader.next(&record)) == true, record.count == columns.count else { return nil }
    return columns.enumerated().map { Payload.Field(name: $1, value: record.string($0)) }
  }

  private func jsonFields(_ bytes: UnsafeRawBufferPointer) -> [Payload.Field]? {
    guard let value = try? JSONParser.parse(bytes, in: 0..<bytes.count), case .object(let members) = value
    else {
      return nil
    }
    return members.map { member in
      Payload.Field(
        name: member.name, value: member.value.cell.map { String(decoding: $0, as: UTF8.self) } ?? "")
    }
  }
}

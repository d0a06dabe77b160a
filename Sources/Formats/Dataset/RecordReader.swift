import Model

/// Any one record of a file by the place where it lies.
struct RecordReader: Sendable {
  private let scan: RecordScan
  /// N + 1 places in the bytes that rows are read from.
  private let offsets: Column<UInt64>
  /// Makes the text, when the samples are texts.
  private let text: TextBuilder?
  /// The columns of a row that are judged, by name.
  private let judged: [Int]
  /// Beyond so many columns it is not looked for those that are new.
  private static let maxColumnsToLeave = 64

  init(_ scan: RecordScan, _ roles: ColumnRoles, offsets: Column<UInt64>) {
    self.scan = scan
    self.offsets = offsets
    text = roles.textBuilder
    let columns = scan.columns
    let content = roles.features + [roles.image, roles.embedding].compactMap { $0 }
    judged = content.sorted { columns[$0].utf8.lexicographicallyPrecedes(columns[$1].utf8) }
  }

  /// The bytes from the beginning of the record to that of the next; empty where the file no longer has them.
  private func bytes(at row: Int) -> UnsafeRawBufferPointer {
    let content = scan.rows.bytes
    guard row >= 0, row + 1 < offsets.count, offsets[row] <= offsets[row + 1],
      offsets[row + 1] <= UInt64(content.count)
    else { return .empty }
    return UnsafeRawBufferPointer(rebasing: content[Int(offsets[row])..<Int(offsets[row + 1])])
  }

  /// The record's bytes without its line end.
  func line(at row: Int) -> UnsafeRawBufferPointer {
    var bytes = self.bytes(at: row)[...]
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    return UnsafeRawBufferPointer(rebasing: bytes)
  }

  private func record(at row: Int) -> Record? {
    let bytes = bytes(at: row)
    guard !bytes.isEmpty else { return nil }
    var record = Record()
    return scan.rows.read(bytes, into: &record) ? record : nil
  }

  /// One cell as text; empty where it is missing.
  func cell(_ column: Int, at row: Int) -> String { record(at: row)?.string(column) ?? "" }

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    guard let record = record(at: row) else {
      return .failure(.init(reason: "the record can no longer be read"))
    }
    if let text {
      var content: [UInt8] = []
      text.append(record, to: &content)
      return .success(.text(String(decoding: content, as: UTF8.self)))
    }
    let columns = scan.columns
    return .success(
      .row(
        columns.indices.filter { record.kind($0) != .missing || scan.rows.isTable }.map {
          Payload.Field(name: columns[$0], value: record.string($0))
        }))
  }

  /// Sets of judged columns that may have been added since a sample was judged: each by itself, and the last ones of the
  /// file. None where a text is judged.
  var addable: [Set<Int>] {
    guard text == nil, (2...Self.maxColumnsToLeave).contains(judged.count) else { return [] }
    let ordered = judged.sorted()
    return ordered.map { [$0] } + (1..<max(1, ordered.count - 1)).map { Set(ordered[$0...]) }
  }

  /// What a verdict on the record is about, as `SampleContents` says.
  /// - Parameter left: columns that are left out.
  func judged(at row: Int, leaving left: Set<Int> = []) -> [UInt8] {
    var content: [UInt8] = []
    guard let record = record(at: row) else { return content }
    if let text {
      text.append(record, to: &content)
      return content
    }
    for column in judged where !left.contains(column) {
      append(scan.columns[column].utf8, to: &content)
      record.withCell(column) { append($0 ?? .empty, to: &content) }
    }
    return content
  }

  private func append(_ part: some Collection<UInt8>, to content: inout [UInt8]) {
    withUnsafeBytes(of: UInt64(part.count).littleEndian) { content.append(contentsOf: $0) }
    content.append(contentsOf: part)
  }
}

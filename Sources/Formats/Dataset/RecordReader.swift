import Model

/// Any one record of a file by the place where it lies.
struct RecordReader: Sendable {
  private let scan: RecordScan
  /// N + 1 places in the bytes that rows are read from; empty where they are read by their numbers.
  private let offsets: Column<UInt64>
  private let content: JudgedContent
  /// What rows are read from where they were imported and a case says where they lie.
  private let located: (any LocatedSamples)?
  /// Beyond so many columns it is not looked for those that are new.
  private static let maxColumnsToLeave = 64

  init(_ scan: RecordScan, _ content: JudgedContent, offsets: Column<UInt64>) {
    self.scan = scan
    self.content = content
    self.offsets = offsets
    located = nil
  }

  /// - Parameter name: of the dataset.
  init(_ located: any LocatedSamples, _ index: RecordIndex, name: String) {
    scan = RecordScan(lines: RecordText(MappedFile()), columns: index.columns, name: name)
    content = JudgedContent(index)
    offsets = []
    self.located = located
  }

  var count: Int { located?.count ?? scan.rows.decoded?.store.count ?? max(0, offsets.count - 1) }

  /// The bytes from the beginning of the record to that of the next; empty where the file no longer has them.
  private func bytes(at row: Int) -> UnsafeRawBufferPointer {
    let content = scan.rows.bytes
    guard row >= 0, row + 1 < offsets.count, offsets[row] <= offsets[row + 1],
      offsets[row + 1] <= UInt64(content.count)
    else { return .empty }
    return UnsafeRawBufferPointer(rebasing: content[Int(offsets[row])..<Int(offsets[row + 1])])
  }

  /// Hands `body` the record's bytes without its line end.
  func withLine<Result>(at row: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let located {
      var line = JSONLine()
      if located.append(row, to: &line) { line.end() }
      return line.bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0.dropLast())) }
    }
    guard let decoded = scan.rows.decoded else { return body(line(at: row)) }
    return decoded.line(row).withUnsafeBytes(body)
  }

  private func line(at row: Int) -> UnsafeRawBufferPointer {
    var bytes = self.bytes(at: row)[...]
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      bytes.removeLast()
    }
    return UnsafeRawBufferPointer(rebasing: bytes)
  }

  /// Hands `body` the record, whose cells lie where it was read from; nil where it can no longer be read.
  private func withRecord<Result>(at row: Int, _ body: (Record?) -> Result) -> Result {
    var record = Record()
    if let decoded = scan.rows.decoded { return body(decoded.read(row, into: &record) ? record : nil) }
    func read(_ bytes: UnsafeRawBufferPointer) -> Result {
      body(!bytes.isEmpty && scan.rows.read(bytes, into: &record) ? record : nil)
    }
    return located == nil ? read(bytes(at: row)) : withLine(at: row, read)
  }

  /// One cell as text; empty where it is missing.
  func cell(_ column: Int, at row: Int) -> String {
    if let decoded = scan.rows.decoded {
      return String(decoding: decoded.cell(column, at: row)?.bytes ?? [], as: UTF8.self)
    }
    return withRecord(at: row) { $0?.string(column) ?? "" }
  }

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    withRecord(at: row) { record in
      guard let record else { return .failure(.init(reason: "the record can no longer be read")) }
      return .success(payload(of: record))
    }
  }

  private func payload(of record: Record) -> Payload {
    if let text = content.text {
      var bytes: [UInt8] = []
      text.append(record, to: &bytes)
      return .text(String(decoding: bytes, as: UTF8.self))
    }
    let columns = scan.columns
    return .row(
      columns.indices.filter { record.kind($0) != .missing || scan.rows.isTable }.map {
        Payload.Field(name: columns[$0], value: record.string($0))
      })
  }

  /// Sets of judged columns that may have been added since a sample was judged: each by itself, and the last ones of the
  /// file. None where a text is judged.
  var addable: [Set<Int>] {
    guard content.text == nil, (2...Self.maxColumnsToLeave).contains(content.columns.count) else { return [] }
    let ordered = content.columns.sorted()
    return ordered.map { [$0] } + (1..<max(1, ordered.count - 1)).map { Set(ordered[$0...]) }
  }

  /// Hands `body` what a verdict on the record is about; nothing where it can no longer be read.
  /// - Parameter left: columns that are left out.
  func withJudged(at row: Int, leaving left: Set<Int> = [], _ body: (UnsafeRawBufferPointer) -> Void) {
    withRecord(at: row) { record in
      guard let record else { return }
      let bytes = ColumnBuilder<UInt8>()
      content.append(record, leaving: left, to: bytes)
      withExtendedLifetime(bytes) { body(bytes.bytes) }
    }
  }
}

import Values

/// Where the messages of a copy go, and, of a file with a footer, where they lie.
struct CopySink {
  private let source: ArrowFile
  private let sink: ArrowCopy.Sink
  private var position = 0
  /// Of `Block`: three numbers each.
  private var dictionaries: [Int64] = []
  private var batches: [Int64] = []

  init(_ source: ArrowFile, _ sink: @escaping ArrowCopy.Sink) {
    self.source = source
    self.sink = sink
  }

  mutating func begin() throws(ColumnarError) {
    if source.hasFooter {
      try put(
        ArrowFooter.magic + [UInt8](repeating: 0, count: ArrowFooter.messagesStart - ArrowFooter.magic.count))
    }
    if let schema = source.schemaMessage { try put(source.bytes.array(schema)) }
  }

  /// A message as it stands in the source.
  mutating func copy(_ message: ArrowMessage) throws(ColumnarError) {
    try align()
    let block = Self.block(position, message.metadataSize, message.body.count)
    if message.kind == .dictionary { dictionaries += block } else { batches += block }
    try put(source.bytes.array(message.whole))
  }

  mutating func write(_ head: [UInt8], _ body: [UInt8]) throws(ColumnarError) {
    try align()
    batches += Self.block(position, head.count, body.count)
    try put(head)
    try put(body)
  }

  /// What ends it: of a file with a footer that of the source, with vectors of blocks of the copy.
  mutating func finish() throws(ColumnarError) {
    try align()
    try put(MessageWriter.end)
    guard source.hasFooter else { return }
    let footer = try ArrowFooter(source.bytes, limits: source.limits)
    var bytes = FooterPatch(source.bytes.array(footer.range))
    try bytes.replace(ArrowFooter.dictionarySlot, of: footer.table, with: dictionaries)
    try bytes.replace(ArrowFooter.batchSlot, of: footer.table, with: batches)
    try put(bytes.bytes)
    try put(CellBytes.bytes(Int64(bytes.bytes.count), count: 4) + ArrowFooter.magic)
  }

  private static func block(_ offset: Int, _ metadata: Int, _ body: Int) -> [Int64] {
    [Int64(offset), Int64(metadata), Int64(body)]
  }

  /// Messages of a file begin at multiples of 8; a stream has nothing between them.
  private mutating func align() throws(ColumnarError) {
    let rest = position % 8
    if source.hasFooter, rest != 0 { try put([UInt8](repeating: 0, count: 8 - rest)) }
  }

  private mutating func put(_ bytes: [UInt8]) throws(ColumnarError) {
    position += bytes.count
    try sink(bytes)
  }
}

/// A footer whose vectors of blocks are replaced by ones that stand behind all else.
private struct FooterPatch {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func replace(_ slot: Int, of table: FlatTable, with blocks: [Int64]) throws(ColumnarError) {
    // Where the source has no such vector, it has no such blocks.
    guard let place = try table.place(slot, size: 4) else { return }
    while bytes.count % 8 != 4 { bytes.append(0) }
    let target = bytes.count
    bytes += CellBytes.bytes(Int64(blocks.count / 3), count: 4)
    for number in blocks { bytes += CellBytes.bytes(number, count: 8) }
    bytes.replaceSubrange(place..<place + 4, with: CellBytes.bytes(Int64(target - place), count: 4))
  }
}

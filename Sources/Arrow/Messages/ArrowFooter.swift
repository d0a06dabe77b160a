import Values

/// What stands at the end of a file of the IPC file format (File.fbs): the schema once more, and where the messages lie.
///
///     "ARROW1" 0 0   messages   footer   its length (4 bytes)   "ARROW1"
struct ArrowFooter {
  let table: FlatTable
  let range: Range<Int>
  let dictionaries: [Int]
  let batches: [Int]

  static let magic = Array("ARROW1".utf8)
  /// Where the messages begin: the magic is filled up to 8 bytes.
  static let messagesStart = 8
  /// Of `Block`: offset, the size of the metadata and 4 bytes that are left free, the size of the body.
  static let blockSize = 24
  static let dictionarySlot = 2
  static let batchSlot = 3

  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: magic) }

  init(_ file: ArrowBytes, limits: ArrowLimits) throws(ColumnarError) {
    let tail = Self.magic.count + 4
    guard file.count >= Self.messagesStart + tail,
      file.array(file.count - Self.magic.count..<file.count) == Self.magic
    else { throw ColumnarError(.malformed, "cut off: the file does not end as an Arrow file") }
    let end = file.count - tail
    let length = Int(file.load(UInt32.self, at: end))
    guard length <= limits.metadataBytes else {
      throw ColumnarError(
        .limit, "a footer of \(length) bytes, more than \(limits.metadataBytes)", offset: end)
    }
    guard length <= end - Self.messagesStart else {
      throw ColumnarError(.malformed, "a footer of \(length) bytes exceeds the file", offset: end)
    }
    range = end - length..<end
    table = try FlatTable(root: file[range])
    dictionaries = try Self.blocks(table, Self.dictionarySlot, limits)
    batches = try Self.blocks(table, Self.batchSlot, limits)
  }

  private static func blocks(_ table: FlatTable, _ slot: Int, _ limits: ArrowLimits) throws(ColumnarError)
    -> [Int]
  {
    guard let vector = try table.vector(slot, of: blockSize) else { return [] }
    guard vector.count <= limits.messages else {
      throw ColumnarError(.limit, "\(vector.count) messages, more than \(limits.messages)")
    }
    var offsets: [Int] = []
    for index in 0..<vector.count {
      let offset = table.bytes.load(Int64.self, at: vector.place(index))
      guard offset >= messagesStart else { throw ColumnarError(.malformed, "a message at byte \(offset)") }
      offsets.append(Int(offset))
    }
    return offsets
  }
}

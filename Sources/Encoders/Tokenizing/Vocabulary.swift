import Numerics

/// Tokens as bytes, and their numbers. Bytes and not `String`, which holds é and e with an accent for equal.
struct Vocabulary: Sendable {
  private let bytes: [UInt8]
  private let entries: [Entry]
  /// By hash with open addressing; -1 for none. At least twice as many as there are entries.
  private let table: [Int32]

  private struct Entry: Sendable {
    let start: Int
    let end: Int
    let id: Int32
  }

  /// - Parameter tokens: of one that stands twice the last counts.
  init(_ tokens: [(bytes: [UInt8], id: Int32)]) {
    var bytes: [UInt8] = []
    var entries: [Entry] = []
    var size = 16
    while size < 2 * tokens.count { size *= 2 }
    var table = [Int32](repeating: -1, count: size)
    for token in tokens {
      var slot = Int(truncatingIfNeeded: Hash.bytes(token.bytes)) & (size - 1)
      while table[slot] >= 0,
        !bytes[entries[Int(table[slot])].start..<entries[Int(table[slot])].end].elementsEqual(token.bytes)
      {
        slot = (slot + 1) & (size - 1)
      }
      table[slot] = Int32(entries.count)
      entries.append(Entry(start: bytes.count, end: bytes.count + token.bytes.count, id: token.id))
      bytes += token.bytes
    }
    self.bytes = bytes
    self.entries = entries
    self.table = table
  }

  var largestID: Int { entries.map { Int($0.id) }.max() ?? -1 }

  subscript(_ token: some RandomAccessCollection<UInt8>) -> Int32? {
    var slot = Int(truncatingIfNeeded: Hash.bytes(token)) & (table.count - 1)
    while table[slot] >= 0 {
      let entry = entries[Int(table[slot])]
      if entry.end - entry.start == token.count, bytes[entry.start..<entry.end].elementsEqual(token) {
        return entry.id
      }
      slot = (slot + 1) & (table.count - 1)
    }
    return nil
  }

  subscript(_ token: String) -> Int32? { self[Array(token.utf8)] }
}

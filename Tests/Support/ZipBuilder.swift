/// Writes ZIP archives, sound ones and others.
package struct ZipBuilder {
  package struct Entry {
    package var name: [UInt8]
    /// As it is packed.
    package var packed: [UInt8]
    package var method: UInt16 = 0
    package var size: Int
    package var crc: UInt32
    package var flags: UInt16 = 0
    /// Of the entry itself, where the directory has another.
    package var localName: [UInt8]?
    /// Where the directory says that it lies, where that is not so.
    package var offset: Int?
    package var isWide = false

    /// What is packed as it is.
    package init(_ name: String, _ content: [UInt8]) {
      self.name = Array(name.utf8)
      packed = content
      size = content.count
      crc = ZipBuilder.crc(content)
    }
  }
  package var entries: [Entry]
  package var comment: [UInt8] = []
  /// The count of entries that the end says.
  package var count: Int?

  package init(_ entries: [Entry]) { self.entries = entries }

  /// RFC 1952, section 8, bit by bit.
  package static func crc(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  private static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  package var bytes: [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = entry.offset ?? result.count
      append(local: entry, to: &result)
      append(central: entry, at: offset, to: &directory)
    }
    var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    let number = Self.little(UInt16(count ?? entries.count))
    end += number
    end += number
    end += Self.little(UInt32(directory.count))
    end += Self.little(UInt32(result.count))
    end += Self.little(UInt16(comment.count))
    return result + directory + end + comment
  }

  /// What both headers of an entry hold, from the flags to the sizes.
  private func common(_ entry: Entry) -> [UInt8] {
    var part = Self.little(entry.flags)
    part += Self.little(entry.method)
    part += [0, 0, 0, 0]
    part += Self.little(entry.crc)
    for size in [entry.packed.count, entry.size] {
      part += Self.little(entry.isWide ? UInt32.max : UInt32(truncatingIfNeeded: size))
    }
    return part
  }

  private func append(local entry: Entry, to result: inout [UInt8]) {
    let name = entry.localName ?? entry.name
    result += [0x50, 0x4B, 3, 4, 20, 0]
    result += common(entry)
    result += Self.little(UInt16(name.count))
    result += [0, 0]
    result += name
    result += entry.packed
  }

  private func append(central entry: Entry, at offset: Int, to directory: inout [UInt8]) {
    var wide: [UInt8] = []
    if entry.isWide {
      wide += Self.little(UInt16(1))
      wide += Self.little(UInt16(24))
      for number in [entry.size, entry.packed.count, offset] { wide += Self.little(UInt64(number)) }
    }
    directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0]
    directory += common(entry)
    directory += Self.little(UInt16(entry.name.count))
    directory += Self.little(UInt16(wide.count))
    directory += [UInt8](repeating: 0, count: 10)
    directory += Self.little(entry.isWide ? UInt32.max : UInt32(offset))
    directory += entry.name
    directory += wide
  }
}

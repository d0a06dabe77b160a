import Archives

/// Archives put together by hand, so that every field can lie.
struct TarBuilder {
  private(set) var bytes: [UInt8] = []

  static func block(
    _ name: String, type: Character = "0", size: String, prefix: String = "", magic: String = "ustar\u{0}00"
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (place, byte) in text.utf8.enumerated() { block[offset + place] = byte }
    }
    put(name, at: 0)
    put("0000644\u{0}", at: 100)
    put(size, at: 124)
    put("00000000000\u{0}", at: 136)
    put(String(type), at: 156)
    put(magic, at: 257)
    put(prefix, at: 345)
    return withSum(block)
  }

  static func withSum(_ block: [UInt8]) -> [UInt8] {
    var block = block
    block.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
    let sum = block.reduce(0) { $0 + Int($1) }
    let digits = Array(String(sum, radix: 8).utf8)
    block.replaceSubrange(
      148..<156, with: [UInt8](repeating: 0x30, count: 6 - digits.count) + digits + [0, 0x20])
    return block
  }

  static func octal(_ value: Int) -> String {
    let digits = String(value, radix: 8)
    return String(repeating: "0", count: 11 - digits.count) + digits + "\u{0}"
  }

  static func record(_ key: String, _ value: String) -> String {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count + 1
    while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
    return "\(length)\(rest)"
  }

  mutating func add(_ raw: [UInt8]) { bytes += raw }

  mutating func add(_ name: String, type: Character = "0", _ content: [UInt8] = [], size: String? = nil) {
    bytes += Self.block(name, type: type, size: size ?? Self.octal(content.count))
    bytes += content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  mutating func addRecords(_ records: String, type: Character = "x") {
    add("PaxHeaders/x", type: type, Array(records.utf8))
  }

  mutating func end() { bytes += [UInt8](repeating: 0, count: 1024) }

  var ended: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}

func tarError(_ bytes: [UInt8]) -> ArchiveError? {
  do {
    _ = try TarArchive.read(bytes)
    return nil
  } catch { return error }
}

/// What lies where in a ZIP archive (APPNOTE.TXT 6.3.10), as its central directory says. Nothing is unpacked.
package struct ZipArchive: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package enum Method: Sendable, Equatable { case stored, deflated }
    package let name: String
    package let method: Method
    /// Where its bytes lie in the archive, as they are packed.
    package let data: Range<Int>
    /// Of what comes out.
    package let size: Int
    package let crc: UInt32
  }
  package let entries: [Entry]

  private static let maxEntries = 100_000

  /// - Throws: `ArchiveError` for what is cut off, damaged, encrypted, packed in another way than is read here, or is such
  ///   that programs would unpack different files.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) -> ZipArchive {
    let source = ZipBytes(bytes)
    let directory = try ZipDirectory.find(in: source)
    guard directory.count <= maxEntries else {
      throw ArchiveError(at: directory.start, "more than \(maxEntries) entries")
    }
    var entries: [Entry] = []
    var names: Set<String> = []
    var place = directory.start
    for _ in 0..<directory.count {
      let header = try ZipHeader(in: source, at: place, before: directory.end)
      place = header.end
      // A folder is an entry without content.
      if header.name.hasSuffix("/") { continue }
      guard names.insert(header.name).inserted else {
        throw ArchiveError(at: place, "two entries have one name")
      }
      entries.append(try header.entry(in: source, before: directory.start))
    }
    // Entries that share bytes hold more than any memory (D. Fifield, "A better zip bomb", 2019).
    let ranges = entries.map(\.data).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    for (a, b) in zip(ranges, ranges.dropFirst()) where a.upperBound > b.lowerBound {
      throw ArchiveError(at: b.lowerBound, "entries overlap")
    }
    return ZipArchive(entries: entries)
  }
}

/// Little-endian numbers, whose places are checked.
struct ZipBytes {
  let bytes: UnsafeRawBufferPointer
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  func number<Value: FixedWidthInteger>(_ type: Value.Type, at place: Int) throws(ArchiveError) -> Value {
    guard place >= 0, place <= bytes.count - MemoryLayout<Value>.size else {
      throw ArchiveError(at: bytes.count, "cut off")
    }
    return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Value.self))
  }

  func short(at place: Int) throws(ArchiveError) -> Int { Int(try number(UInt16.self, at: place)) }
  func word(at place: Int) throws(ArchiveError) -> Int { Int(try number(UInt32.self, at: place)) }
  func long(at place: Int) throws(ArchiveError) -> Int {
    guard let value = Int(exactly: try number(UInt64.self, at: place)) else {
      throw ArchiveError(at: place, "a number is too large")
    }
    return value
  }
}

/// Where the central directory lies.
struct ZipDirectory {
  let start: Int
  let end: Int
  let count: Int

  private static let endSize = 22
  private static let locatorSize = 20

  static func find(in source: ZipBytes) throws(ArchiveError) -> ZipDirectory {
    // A comment of at most 65,535 bytes may follow the record at the end.
    let last = source.bytes.count - endSize
    var place = last
    while place >= max(0, last - 65_535), try source.word(at: place) != 0x0605_4B50 { place -= 1 }
    guard last >= 0, place >= max(0, last - 65_535) else {
      throw ArchiveError(at: source.bytes.count, "no directory at the end: cut off, or no ZIP archive")
    }
    guard try source.word(at: place + 4) == 0 else { throw ArchiveError(at: place, "is in several parts") }
    var (count, size, start) = (
      try source.short(at: place + 10), try source.word(at: place + 12), try source.word(at: place + 16)
    )
    var end = place
    if place >= locatorSize, try source.word(at: place - locatorSize) == 0x0706_4B50 {
      let wide = try source.long(at: place - locatorSize + 8)
      guard wide < place, try source.word(at: wide) == 0x0606_4B50 else {
        throw ArchiveError(at: place - locatorSize, "the directory is not where it is said to be")
      }
      (count, size, start) = (
        try source.long(at: wide + 32), try source.long(at: wide + 40), try source.long(at: wide + 48)
      )
      end = wide
    }
    guard start <= end, size == end - start else {
      throw ArchiveError(at: place, "the directory is not where it is said to be")
    }
    return ZipDirectory(start: start, end: end, count: count)
  }
}

/// An entry of the central directory.
struct ZipHeader {
  let name: String
  let end: Int
  private let place: Int
  private let flags: Int
  private let method: Int
  private let crc: UInt32
  private var packed: Int
  private var size: Int
  private var local: Int

  private static let fixed = 46
  private static let unknown = Int(UInt32.max)

  init(in source: ZipBytes, at place: Int, before limit: Int) throws(ArchiveError) {
    guard try source.word(at: place) == 0x0201_4B50 else {
      throw ArchiveError(at: place, "no entry where one is due")
    }
    self.place = place
    flags = try source.short(at: place + 8)
    method = try source.short(at: place + 10)
    crc = try source.number(UInt32.self, at: place + 16)
    packed = try source.word(at: place + 20)
    size = try source.word(at: place + 24)
    local = try source.word(at: place + 42)
    let lengths = (
      name: try source.short(at: place + 28), extra: try source.short(at: place + 30),
      comment: try source.short(at: place + 32)
    )
    let nameEnd = place + Self.fixed + lengths.name
    end = nameEnd + lengths.extra + lengths.comment
    guard end <= limit else { throw ArchiveError(at: place, "an entry does not end within the directory") }
    name = String(decoding: source.bytes[place + Self.fixed..<nameEnd], as: UTF8.self)
    try widen(source, nameEnd..<nameEnd + lengths.extra)
  }

  /// Numbers of more than 32 bits stand in an extra field (4.5.3).
  private mutating func widen(_ source: ZipBytes, _ extra: Range<Int>) throws(ArchiveError) {
    var at = extra.lowerBound
    while at + 4 <= extra.upperBound {
      let (id, length) = (try source.short(at: at), try source.short(at: at + 2))
      at += 4
      guard at + length <= extra.upperBound else { throw ArchiveError(at: at, "an extra field does not end") }
      if id == 1 {
        var next = at
        for number in [\ZipHeader.size, \.packed, \.local] where self[keyPath: number] == Self.unknown {
          guard next + 8 <= at + length else { throw ArchiveError(at: at, "an extra field is too short") }
          self[keyPath: number] = try source.long(at: next)
          next += 8
        }
      }
      at += length
    }
  }

  func entry(in source: ZipBytes, before limit: Int) throws(ArchiveError) -> ZipArchive.Entry {
    guard flags & 1 == 0 else { throw ArchiveError(at: place, "an entry is encrypted") }
    let read: ZipArchive.Entry.Method
    switch method {
    case 0: read = .stored
    case 8: read = .deflated
    default: throw ArchiveError(at: place, "an entry is packed by method \(method), which is not read")
    }
    guard try source.word(at: local) == 0x0403_4B50 else {
      throw ArchiveError(at: place, "an entry is not where it is said to be")
    }
    let nameLength = try source.short(at: local + 26)
    let start = local + 30 + nameLength + (try source.short(at: local + 28))
    let (end, overflow) = start.addingReportingOverflow(packed)
    guard !overflow, end <= limit else {
      throw ArchiveError(at: place, "an entry lies outside of the archive")
    }
    // Programs go by one or the other.
    guard source.bytes[local + 30..<local + 30 + nameLength].elementsEqual(name.utf8) else {
      throw ArchiveError(at: local, "an entry has two names")
    }
    guard read == .deflated || packed == size else { throw ArchiveError(at: place, "an entry has two sizes") }
    return ZipArchive.Entry(name: name, method: read, data: start..<end, size: size, crc: crc)
  }
}

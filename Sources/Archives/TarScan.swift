/// From header to header.
struct TarScan {
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0
  private(set) var globalHeaders: [Range<Int>] = []
  /// Names and records of pax are no longer than this.
  private static let maxExtension = 1 << 20

  /// What headers before that of an entry say of it.
  private struct Extension {
    var start: Int?
    var longName: [UInt8]?
    var records: PaxRecords?
  }

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// - Returns: nil at the end: at a block of zeros, or where the bytes end.
  mutating func next() throws(ArchiveError) -> TarEntry? {
    var before = Extension()
    while true {
      guard offset < bytes.count, !(try isZero(at: offset)) else {
        guard before.start == nil else {
          throw ArchiveError(at: offset, "the entry of a long name is missing")
        }
        return nil
      }
      let header = try TarHeader(try block(at: offset), at: offset)
      let start = offset + TarHeader.size
      switch header.type {
      case UInt8(ascii: "L"):
        let name = try content(header, at: start).prefix { $0 != 0 }
        guard before.longName == nil else { throw ArchiveError(at: offset, "two long names for one entry") }
        before.longName = [UInt8](name)
        before.start = before.start ?? offset
      case UInt8(ascii: "K"):
        _ = try content(header, at: start)
        before.start = before.start ?? offset
      case UInt8(ascii: "x"), UInt8(ascii: "X"):
        guard before.records == nil else { throw ArchiveError(at: offset, "two pax headers for one entry") }
        before.records = try PaxRecords(try content(header, at: start), at: start)
        before.start = before.start ?? offset
      case UInt8(ascii: "g"):
        let records = try PaxRecords(try content(header, at: start), at: start)
        guard !records.concernFiles, before.start == nil else {
          throw ArchiveError(at: offset, "a global pax header that tells a name or a size")
        }
        globalHeaders.append(offset..<start + Self.padded(header.contentSize))
      default: return try entry(header, before)
      }
      offset = start + Self.padded(header.contentSize)
    }
  }

  private mutating func entry(_ header: TarHeader, _ before: Extension) throws(ArchiveError) -> TarEntry {
    let headerOffset = offset
    let name = try name(header, before)
    let size = try size(header, before.records)
    var start = offset + TarHeader.size
    if header.type == UInt8(ascii: "S"), header.isContinued {
      // GNU tar manual, "Extensions to the archive format": blocks of holes, the last with a 0 at 504.
      repeat { start += TarHeader.size } while try block(at: start - TarHeader.size)[504] != 0
    }
    let kind = try kind(header, before, name, size)
    let content = try range(start, size)
    offset = start + Self.padded(size)
    return TarEntry(
      kind: kind, nameBytes: name, content: content, blocks: (before.start ?? headerOffset)..<offset,
      headerOffset: headerOffset)
  }

  private func name(_ header: TarHeader, _ before: Extension) throws(ArchiveError) -> [UInt8] {
    let path = before.records?.path
    if let path, let long = before.longName, path != long {
      throw ArchiveError(at: offset, "two names, one of GNU's and one of pax")
    }
    return path ?? before.longName ?? header.name
  }

  /// That of pax, if there is one. Where the header could have told it and tells another, some programs go by the one
  /// and some by the other, and find different entries from here on.
  private func size(_ header: TarHeader, _ records: PaxRecords?) throws(ArchiveError) -> Int {
    guard let size = records?.size else { return header.contentSize }
    let maxOctal = 0o77_777_777_777
    guard header.contentSize == size || size > maxOctal && [0, maxOctal].contains(header.contentSize) else {
      throw ArchiveError(at: offset, "two sizes: \(header.contentSize) in the header, \(size) of pax")
    }
    return size
  }

  private func kind(
    _ header: TarHeader, _ before: Extension, _ name: [UInt8], _ size: Int
  ) throws(ArchiveError) -> TarEntry.Kind {
    let type = header.type
    let isRegular = [0, UInt8(ascii: "0"), UInt8(ascii: "7")].contains(type)
    let isFolder = type == UInt8(ascii: "5") || isRegular && name.last == UInt8(ascii: "/")
    // Links, devices, folders and pipes have no content. Some programs skip what is told, some do not.
    guard size == 0 || !(isFolder || (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type)) else {
      throw ArchiveError(at: offset, "an entry of type \(type) with \(size) bytes of content")
    }
    if let refusal = TarEntry.refusal(ofName: name) { return .refused(refusal) }
    if before.records?.isSparse == true { return .refused(.sparseFile) }
    if isFolder { return .folder }
    if isRegular { return .file }
    let refusal: TarEntry.Refusal =
      switch type {
      case UInt8(ascii: "1"): .hardLink
      case UInt8(ascii: "2"): .symbolicLink
      case UInt8(ascii: "3"): .characterDevice
      case UInt8(ascii: "4"): .blockDevice
      case UInt8(ascii: "6"): .pipe
      case UInt8(ascii: "S"): .sparseFile
      default: .unknown(type: type)
      }
    return .refused(refusal)
  }

  /// Up to a whole number of blocks; for sizes that `range` has found to be there.
  private static func padded(_ size: Int) -> Int {
    (size + TarHeader.size - 1) / TarHeader.size * TarHeader.size
  }

  /// Content and its padding are there.
  private func range(_ start: Int, _ size: Int) throws(ArchiveError) -> Range<Int> {
    guard start <= bytes.count, size <= bytes.count - start, Self.padded(size) <= bytes.count - start else {
      throw ArchiveError(
        at: offset, "\(size) bytes of content are told, \(max(0, bytes.count - start)) are there")
    }
    return start..<start + size
  }

  private func content(_ header: TarHeader, at start: Int) throws(ArchiveError) -> [UInt8] {
    guard header.contentSize <= Self.maxExtension else {
      throw ArchiveError(at: offset, "a name or records of \(header.contentSize) bytes")
    }
    return [UInt8](bytes[try range(start, header.contentSize)])
  }

  private func block(at start: Int) throws(ArchiveError) -> UnsafeRawBufferPointer {
    guard start <= bytes.count, TarHeader.size <= bytes.count - start else {
      throw ArchiveError(at: start, "cut off in a header")
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<start + TarHeader.size])
  }

  private func isZero(at start: Int) throws(ArchiveError) -> Bool {
    try block(at: start).allSatisfy { $0 == 0 }
  }
}

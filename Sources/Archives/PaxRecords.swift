/// The records of a pax header: POSIX.1-2017, pax, "pax Extended Header": "length key=value\n" each, the length its own
/// and all else included. What tells a name or a size may stand there once.
struct PaxRecords {
  private(set) var path: [UInt8]?
  private(set) var size: Int?
  private(set) var isSparse = false
  /// Whether any record says where a file is or how long.
  var concernFiles: Bool { path != nil || size != nil || isSparse || hasLink }
  private var hasLink = false

  /// - Parameter offset: of `bytes` in the archive, for the errors.
  init(_ bytes: [UInt8], at offset: Int) throws(ArchiveError) {
    var place = 0
    while place < bytes.count {
      // Some programs fill up with zeros.
      if bytes[place] == 0, bytes[place...].allSatisfy({ $0 == 0 }) { return }
      let digits = bytes[place...].prefix { $0 != 0x20 }
      guard let length = Self.decimal(digits), length <= bytes.count - place, length >= digits.count + 3,
        bytes[place + length - 1] == 0x0A
      else { throw ArchiveError(at: offset + place, "a pax record whose length is wrong") }
      let record = bytes[place + digits.count + 1..<place + length - 1]
      guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else {
        throw ArchiveError(at: offset + place, "a pax record without =")
      }
      try read(
        String(decoding: record[..<equals], as: UTF8.self), record[(equals + 1)...], at: offset + place)
      place += length
    }
  }

  private mutating func read(_ key: String, _ value: ArraySlice<UInt8>, at offset: Int) throws(ArchiveError) {
    switch key {
    case "path":
      guard path == nil || path == [UInt8](value) else {
        throw ArchiveError(at: offset, "two names in pax records")
      }
      path = [UInt8](value)
    case "size":
      guard let number = Self.decimal(value) else {
        throw ArchiveError(at: offset, "a size in a pax record that is no number")
      }
      guard size == nil || size == number else { throw ArchiveError(at: offset, "two sizes in pax records") }
      size = number
    case "linkpath": hasLink = true
    case _ where key.hasPrefix("GNU.sparse."): isSparse = true
    default: break
    }
  }

  /// A decimal number of at most 15 digits.
  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 15, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

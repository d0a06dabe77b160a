/// One header block: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
///
///     0 name (100)   124 size (12)   148 check sum (8)   156 type   257 "ustar"   345 prefix of the name (155)
///
/// Numbers are octal, or, where the first bit is set, binary with the highest byte first (GNU).
struct TarHeader {
  static let size = 512
  static let sizePlace = 124
  static let sumPlace = 148

  let type: UInt8
  /// By the header alone.
  let name: [UInt8]
  let contentSize: Int
  /// Of a sparse file of GNU's: whether more blocks tell where its holes are.
  let isContinued: Bool

  /// - Parameters:
  ///   - block: 512 bytes.
  ///   - offset: theirs in the archive, for the errors.
  init(_ block: UnsafeRawBufferPointer, at offset: Int) throws(ArchiveError) {
    let bytes = [UInt8](block)
    // The field itself counts as spaces. Old programs summed signed bytes.
    let rest = bytes[..<148] + bytes[156...]
    let sum = rest.reduce(8 * 0x20) { $0 + Int($1) }
    let signedSum = rest.reduce(8 * 0x20) { $0 + Int(Int8(bitPattern: $1)) }
    guard let told = try? Self.number(bytes[148..<156], at: offset), told == sum || told == signedSum else {
      throw ArchiveError(at: offset, "no header of tar: the check sum is another")
    }
    type = bytes[156]
    contentSize = try Self.number(bytes[124..<136], at: offset + 124)
    isContinued = bytes[482] != 0
    // GNU's own format has "ustar  " and other fields in the place of the prefix.
    let isPOSIX = bytes[257..<263].elementsEqual([0x75, 0x73, 0x74, 0x61, 0x72, 0])
    let prefix = isPOSIX ? Self.text(bytes[345..<500]) : []
    let name = Self.text(bytes[0..<100])
    self.name = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
  }

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { [UInt8](field.prefix { $0 != 0 }) }

  private static func number(_ field: ArraySlice<UInt8>, at offset: Int) throws(ArchiveError) -> Int {
    var value = 0
    if let first = field.first, first & 0x80 != 0 {
      // 0xFF begins a negative number, and no size is one.
      guard first == 0x80 else { throw ArchiveError(at: offset, "a number that is negative or too large") }
      for byte in field.dropFirst() {
        guard value < 1 << 54 else { throw ArchiveError(at: offset, "a number that is too large") }
        value = value << 8 | Int(byte)
      }
      return value
    }
    var digits = field.drop { $0 == 0x20 }
    while let last = digits.last, last == 0 || last == 0x20 { digits.removeLast() }
    for digit in digits {
      // At most twelve digits: 36 bits.
      guard (0x30...0x37).contains(digit) else { throw ArchiveError(at: offset, "no octal number") }
      value = value << 3 | Int(digit - 0x30)
    }
    return value
  }
}

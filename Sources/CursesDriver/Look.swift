/// How letters are drawn, as SGR has it ("Select Graphic Rendition", ECMA-48, 8.3.117).
struct Look: Equatable {
  /// A color by its numbers: 39 or 49 for the terminal's own, 38 and 48 for others than the first sixteen.
  private struct Color: Equatable {
    var number: UInt8
    /// 5 for one of 256, 2 for red, green and blue.
    var kind: UInt8 = 0
    var value: UInt32 = 0
    /// Parts divided by colons are one parameter, those divided by semicolons several.
    var hasColons = false
  }
  /// Bit n for the parameter n.
  private var flags: UInt16 = 0
  private var foreground = Color(number: 39)
  private var background = Color(number: 49)
  /// The set of letters, B for ASCII; nil where nothing was said of it.
  var letters: UInt8?

  init() {}

  /// - Returns: false where it is not understood.
  mutating func take(_ parameters: ArraySlice<UInt8>) -> Bool {
    var reader = ParameterReader(parameters)
    repeat {
      guard let number = reader.next() else { return false }
      switch number {
      case 0:
        let known = letters
        self = Look()
        letters = known
      case 1...9: flags |= 1 << number
      case 22: flags &= ~0b110
      case 23...29: flags &= ~(1 << (number - 20))
      case 30...37, 39, 90...97: foreground = Color(number: UInt8(number))
      case 40...47, 49, 100...107: background = Color(number: UInt8(number))
      case 38, 48:
        guard let color = Self.color(UInt8(number), &reader) else { return false }
        if number == 38 { foreground = color } else { background = color }
      default: return false
      }
    } while !reader.isAtEnd
    return true
  }

  private static func color(_ number: UInt8, _ reader: inout ParameterReader) -> Color? {
    var color = Color(number: number, hasColons: reader.isAtColon)
    guard let kind = reader.next() else { return nil }
    switch kind {
    case 5:
      guard let index = reader.next(), index < 256 else { return nil }
      (color.kind, color.value) = (5, UInt32(index))
    case 2:
      // A place for the number of a color space, which is left empty.
      if color.hasColons { _ = reader.next() }
      color.kind = 2
      for _ in 0..<3 {
        guard let part = reader.next(), part < 256 else { return nil }
        color.value = color.value << 8 | UInt32(part)
      }
    default: return nil
    }
    return color
  }

  /// What makes it of the look before; nil where that is not known.
  func append(after before: Look?, to bytes: inout [UInt8]) {
    let known = before ?? Look()
    if let letters, letters != known.letters { bytes += [0x1B, UInt8(ascii: "("), letters] }
    let start = bytes.count
    if before == nil { Self.append(0, to: &bytes) }
    var (ended, begun) = (known.flags & ~flags, flags & ~known.flags)
    if ended & 0b110 != 0 {
      // Bold and faint end together.
      begun |= flags & 0b110
      ended = ended & ~0b110 | 0b100
    }
    for number in 1...9 where ended & 1 << number != 0 { Self.append(20 + number, to: &bytes) }
    for number in 1...9 where begun & 1 << number != 0 { Self.append(number, to: &bytes) }
    if foreground != known.foreground { Self.append(foreground, to: &bytes) }
    if background != known.background { Self.append(background, to: &bytes) }
    guard bytes.count > start else { return }
    // What stands before the first parameter begins the sequence.
    bytes[start] = UInt8(ascii: "[")
    bytes.insert(0x1B, at: start)
    bytes.append(UInt8(ascii: "m"))
  }

  private static func append(
    _ number: Int, _ divider: UInt8 = UInt8(ascii: ";"), to bytes: inout [UInt8]
  ) {
    bytes.append(divider)
    if number >= 100 { bytes.append(UInt8(ascii: "0") + UInt8(number / 100)) }
    if number >= 10 { bytes.append(UInt8(ascii: "0") + UInt8(number / 10 % 10)) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  private static func append(_ color: Color, to bytes: inout [UInt8]) {
    append(Int(color.number), to: &bytes)
    guard color.kind != 0 else { return }
    let divider = UInt8(ascii: color.hasColons ? ":" : ";")
    append(Int(color.kind), divider, to: &bytes)
    guard color.kind == 2 else { return append(Int(color.value), divider, to: &bytes) }
    if color.hasColons { bytes.append(divider) }
    for shift: UInt32 in [16, 8, 0] { append(Int(color.value >> shift & 255), divider, to: &bytes) }
  }
}

/// Numbers divided by semicolons and colons; one that is left out is 0.
private struct ParameterReader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  private(set) var isAtEnd = false
  /// Whether a colon follows the number that was read last.
  private(set) var isAtColon = false

  /// Nil behind the last one, and for what is no number below 1,000.
  mutating func next() -> Int? {
    guard !isAtEnd else { return nil }
    var number = 0
    while place < bytes.endIndex {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") {
        isAtColon = byte == UInt8(ascii: ":")
        return number
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
      guard number < 1000 else { return nil }
    }
    isAtEnd = true
    return number
  }
}

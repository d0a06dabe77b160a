import Glibc

/// What a cell of text means as a number or a time.
package enum CellValue {
  /// A finite decimal number that takes the whole cell, spaces around it aside; nil for anything else, hexadecimal
  /// and the words "nan" and "inf" included.
  package static func number(_ cell: some Collection<UInt8>) -> Double? {
    let found = cell.withContiguousStorageIfAvailable { number(UnsafeRawBufferPointer($0)) }
    return found ?? Array(cell).withUnsafeBytes { number($0) }
  }

  static func number(_ cell: UnsafeRawBufferPointer) -> Double? {
    let bytes = trimmed(cell)
    guard !bytes.isEmpty, bytes.count <= 400 else { return nil }
    if let value = FewDigits.number(bytes) ?? DecimalNumber(bytes)?.value { return value }
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        break
      default: return nil
      }
    }
    // The standard library's parser takes the whole string or nothing.
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  /// The words that stand for values that are no finite numbers, as NaN.
  static func nonFinite(_ cell: UnsafeRawBufferPointer) -> Double? {
    let word = String(decoding: trimmed(cell), as: UTF8.self).lowercased()
    return ["nan", "inf", "-inf", "+inf", "infinity", "-infinity"].contains(word) ? .nan : nil
  }

  /// Empty, or spaces only.
  static func isBlank(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard let first = cell.first else { return true }
    return first == 0x20 && cell.allSatisfy { $0 == 0x20 }
  }

  /// Runs of bytes between spaces.
  static func wordCount(_ cell: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var isInWord = false
    for byte in cell.prefix(4096) {
      let isSpace = byte == 0x20 || (byte >= 9 && byte <= 13)
      if !isSpace, !isInWord { count += 1 }
      isInWord = !isSpace
    }
    return count
  }

  /// Without spaces and tabs around it.
  static func trimmed(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = cell.count
    while start < end, cell[start] == 0x20 || cell[start] == 0x09 { start += 1 }
    while end > start, cell[end - 1] == 0x20 || cell[end - 1] == 0x09 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: cell[start..<end])
  }

  /// Milliseconds since 1970 UTC of an ISO 8601 date or date-time (offset "Z", "+hh:mm", "+hhmm" or none, which
  /// means UTC), or of a number of seconds, or of milliseconds where it is too large for seconds; numbers only
  /// between 1973 and 2100.
  package static func time(_ cell: some Collection<UInt8>) -> Int64? {
    let found = cell.withContiguousStorageIfAvailable { time(UnsafeRawBufferPointer($0)) }
    return found ?? Array(cell).withUnsafeBytes { time($0) }
  }

  static func time(_ cell: UnsafeRawBufferPointer) -> Int64? {
    let text = trimmed(cell)
    guard let first = text.first, first >= 0x2B, first <= 0x39 else { return nil }
    if let number = number(text) {
      let milliseconds = abs(number) < 1e11 ? number * 1000 : number
      // Numbers that fall outside 1973 to 2100 are no times of a dataset.
      guard milliseconds >= 1e11, milliseconds < 4_102_444_800_000 else { return nil }
      return Int64(milliseconds)
    }
    var scanner = Scanner(text)
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
      let day = scanner.digits(2), (1...12).contains(month), day >= 1, day <= daysInMonth(month, of: year)
    else { return nil }
    var milliseconds = daysSince1970(year: year, month: month, day: day) * 86_400_000
    if scanner.isAtEnd { return milliseconds }
    guard scanner.take("T") || scanner.take("t") || scanner.take(" "), let hour = scanner.digits(2),
      scanner.take(":"), let minute = scanner.digits(2), hour < 24, minute < 60
    else { return nil }
    milliseconds += (hour * 60 + minute) * 60_000
    if scanner.take(":") {
      // 60 is a leap second.
      guard let second = scanner.digits(2), second <= 60 else { return nil }
      milliseconds += second * 1000 + scanner.fraction()
    }
    if scanner.isAtEnd || scanner.take("Z") || scanner.take("z") {
      return scanner.isAtEnd ? milliseconds : nil
    }
    let sign: Int64
    if scanner.take("+") { sign = 1 } else if scanner.take("-") { sign = -1 } else { return nil }
    guard let hours = scanner.digits(2), hours < 24 else { return nil }
    _ = scanner.take(":")
    let minutes = scanner.isAtEnd ? 0 : scanner.digits(2) ?? 60
    guard minutes < 60, scanner.isAtEnd else { return nil }
    return milliseconds - sign * (hours * 60 + minutes) * 60_000
  }

  private static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
  private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private struct Scanner {
    let bytes: UnsafeRawBufferPointer
    var position = 0
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }
    var isAtEnd: Bool { position == bytes.count }
    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
      position += 1
      return true
    }
    mutating func digits(_ count: Int) -> Int64? {
      guard bytes.count - position >= count else { return nil }
      var value: Int64 = 0
      for byte in bytes[position..<position + count] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      position += count
      return value
    }
    /// Milliseconds of ".123456"; further digits are dropped.
    mutating func fraction() -> Int64 {
      guard take(".") || take(",") else { return 0 }
      var value: Int64 = 0
      var scale: Int64 = 100
      while position < bytes.count, (48...57).contains(bytes[position]) {
        value += Int64(bytes[position] - 48) * scale
        scale /= 10
        position += 1
      }
      return value
    }
  }
}

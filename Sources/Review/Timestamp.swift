/// ISO 8601 in UTC with milliseconds: 2026-03-01T09:30:00.123Z.
package enum Timestamp {
  private static let millisecondsPerDay: Int64 = 86_400_000
  /// 0000-01-01 and 9999-12-31T23:59:59.999: what four digits of a year can say.
  private static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

  /// - Parameter milliseconds: since 1970 UTC; brought into the years 0 to 9999.
  package static func text(_ milliseconds: Int64) -> String {
    let milliseconds = min(max(milliseconds, range.lowerBound), range.upperBound)
    let day = milliseconds >= 0 ? milliseconds / millisecondsPerDay : ~(~milliseconds / millisecondsPerDay)
    let rest = milliseconds - day * millisecondsPerDay
    let (year, month, dayOfMonth) = civil(day)
    func padded(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2) + "T"
      + padded(rest / 3_600_000, 2) + ":" + padded(rest / 60_000 % 60, 2) + ":"
      + padded(rest / 1000 % 60, 2) + "." + padded(rest % 1000, 3) + "Z"
  }

  /// Milliseconds since 1970 UTC; nil for what is no such time. A fraction of the second may have any number of
  /// digits, of which three count, or be left out.
  package static func milliseconds(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { milliseconds(UnsafeRawBufferPointer($0)) }
  }

  /// The same of UTF-8 bytes.
  static func milliseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    func number(_ range: Range<Int>) -> Int64? {
      var value: Int64 = 0
      for place in range {
        let digit = text[place] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value * 10 + Int64(digit)
      }
      return value
    }
    guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      text[text.count - 1] == UInt8(ascii: "Z"),
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60
    else { return nil }
    let days = dayNumber(year, month, day)
    // The 30th of February is the 2nd of March, which says another month.
    guard civil(days).month == month else { return nil }
    var fraction: Int64 = 0
    if text.count > 20 {
      let digits = text[20..<text.count - 1]
      guard text[19] == UInt8(ascii: "."), !digits.isEmpty,
        digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 })
      else { return nil }
      for place in 20..<23 {
        fraction = fraction * 10 + (place < digits.endIndex ? Int64(text[place] & 15) : 0)
      }
    }
    return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction
  }

  // Both by Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days): years
  // begin in March, so that the leap day is the last of its year.

  private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }
}

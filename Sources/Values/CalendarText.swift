/// Dates and times as people write them (ISO 8601), in the proleptic Gregorian calendar.
enum CalendarText {
  /// Such as "2024-02-29". Years of more or fewer than four digits have a sign, as ISO 8601 wants.
  static func date(days: Int64) -> String {
    // Hinnant, "chrono-Compatible Low-Level Date Algorithms": eras of 400 years that begin on March 1.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return sign + padded(abs(year), 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// Such as "12:30:00.250"; the fraction has the digits of its unit, and none where it is 0.
  static func time(seconds: Int64, nanoseconds: Int32, unit: TimeUnit) -> String {
    let clock =
      padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
    guard nanoseconds != 0 else { return clock }
    switch unit {
    case .seconds: return clock
    case .milliseconds: return clock + "." + padded(Int64(nanoseconds) / 1_000_000, 3)
    case .microseconds: return clock + "." + padded(Int64(nanoseconds) / 1000, 6)
    case .nanoseconds: return clock + "." + padded(Int64(nanoseconds), 9)
    }
  }

  static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension TimestampValue: CustomStringConvertible {
  /// Such as "2024-02-29T12:30:00.250Z"; without Z where it is not said to be UTC.
  package var description: String {
    let (quotient, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let days = rest < 0 ? quotient - 1 : quotient
    let ofDay = rest < 0 ? rest + 86_400 : rest
    let time = CalendarText.time(seconds: ofDay, nanoseconds: nanoseconds, unit: unit)
    return CalendarText.date(days: days) + "T" + time + (isUTC ? "Z" : "")
  }
}

extension TimeValue: CustomStringConvertible {
  /// Such as "12:30:00.250"; what is no time of a day is written as its count.
  package var description: String {
    guard count >= 0, count < 86_400 * unit.perSecond else { return String(count) }
    let nanoseconds = Int32(count % unit.perSecond * (1_000_000_000 / unit.perSecond))
    return CalendarText.time(seconds: count / unit.perSecond, nanoseconds: nanoseconds, unit: unit)
      + (isUTC ? "Z" : "")
  }
}

extension IntervalValue: CustomStringConvertible {
  /// Such as "P1M2DT3.004S".
  package var description: String {
    let seconds = String(milliseconds / 1000)
    let rest = milliseconds % 1000
    return "P\(months)M\(days)DT" + seconds + (rest == 0 ? "" : "." + CalendarText.padded(Int64(rest), 3))
      + "S"
  }
}

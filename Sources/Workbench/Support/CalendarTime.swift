/// A moment of the UTC calendar, taken apart and put together by arithmetic (H. Hinnant, "chrono-compatible
/// low-level date algorithms", 2013): no time zone, no locale, no clock.
package struct CalendarTime: Equatable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour = 0
  package var minute = 0
  package var second = 0

  package init(year: Int, month: Int = 1, day: Int = 1, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// - Parameter milliseconds: since 1970-01-01T00:00:00Z, any value.
  package init(milliseconds: Int64) {
    let seconds = Int(floorDivide(milliseconds, 1000))
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// Milliseconds since 1970; month 13 is January of the next year.
  package var milliseconds: Int64 {
    let carried = month > 12 ? (year + 1, month - 12) : (year, month)
    let shiftedYear = carried.1 <= 2 ? carried.0 - 1 : carried.0
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let marchMonth = carried.1 > 2 ? carried.1 - 3 : carried.1 + 9
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return (Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)) * 1000
  }

  /// "2024-07-31"
  package var date: String { "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))" }
  /// "2024-07"
  package var yearAndMonth: String { "\(pad(year, 4))-\(pad(month, 2))" }
  /// "09:05:00"
  package var clock: String { "\(pad(hour, 2)):\(pad(minute, 2)):\(pad(second, 2))" }

  private func pad(_ value: Int, _ digits: Int) -> String {
    let text = String(value.magnitude)
    return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

private func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
  let quotient = a / b
  return a % b < 0 ? quotient - 1 : quotient
}

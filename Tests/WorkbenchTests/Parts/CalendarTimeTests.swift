import Foundation
import TestSupport
import Testing
import Workbench

/// The calendar against Foundation's.
@Suite struct CalendarTimeTests {
  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  private func check(_ milliseconds: Int64) {
    let moment = CalendarTime(milliseconds: milliseconds)
    let second = (Double(milliseconds) / 1000).rounded(.down)
    let parts = Self.calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: second))
    let expected = CalendarTime(
      year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0, hour: parts.hour ?? 0,
      minute: parts.minute ?? 0, second: parts.second ?? 0)
    #expect(moment == expected, "\(milliseconds)")
    #expect(moment.milliseconds == Int64(second) * 1000)
  }

  @Test func dayAndTimeAreThoseOfFoundation() {
    var random = SeededGenerator(3)
    // Gregorian since 1582-10-15 with Foundation, always with us: 1600 to 9999.
    for _ in 0..<3000 { check(.random(in: -11_676_096_000_000...253_402_300_799_999, using: &random)) }
    for edge: Int64 in [
      0, -1, -1000, -1001, 951_782_400_000, 951_868_799_999, 1_709_164_800_000, 4_107_542_400_000,
    ] {
      check(edge)
    }
  }

  @Test(arguments: [Int64.min, Int64.min + 1, Int64.max, -62_167_219_200_001])
  func noMomentTraps(_ milliseconds: Int64) {
    let moment = CalendarTime(milliseconds: milliseconds)
    #expect((1...12).contains(moment.month) && (1...31).contains(moment.day))
    #expect(!moment.date.isEmpty && !moment.clock.isEmpty)
  }

  @Test func isWrittenWithAllDigits() {
    let moment = CalendarTime(year: 987, month: 3, day: 4, hour: 5, minute: 6, second: 7)
    #expect(moment.date == "0987-03-04")
    #expect(moment.yearAndMonth == "0987-03")
    #expect(moment.clock == "05:06:07")
  }

  @Test(arguments: [
    ("2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
    ("2024-12", "2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z"),
    ("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
    ("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
    ("2024-07-31T09", "2024-07-31T09:00:00Z", "2024-07-31T10:00:00Z"),
    ("2024-07-31T09:59", "2024-07-31T09:59:00Z", "2024-07-31T10:00:00Z"),
    ("2024-12-31T23:59:59", "2024-12-31T23:59:59Z", "2025-01-01T00:00:00Z"),
  ])
  func aTimeIsARange(_ text: String, _ first: String, _ end: String) throws {
    let range = try #require(momentRange(text))
    let dates = try [first, end].map { try Date($0, strategy: .iso8601) }
    #expect([range.lowerBound, range.upperBound] == dates.map { Int64($0.timeIntervalSince1970) * 1000 })
  }

  @Test(arguments: [
    "", "20x4", "2024-13", "2024-00", "2024-1-32", "2024-02-30", "2023-02-29", "2024-04-31", "2024-07T09",
    "2024-07-31T24", "2024-07-31T09:60", "2024-07-31T", "2024-07-31T09:05:00:00", "-2024", "0", "10000",
    "2024-",
    "٢٠٢٤",
  ])
  func whatIsNoTimeIsNone(_ text: String) {
    #expect(momentRange(text) == nil)
  }
}

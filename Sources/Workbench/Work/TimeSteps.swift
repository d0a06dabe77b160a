/// A unit of the calendar (UTC), or some of them, in which times are counted.
package struct TimeStep: Sendable, Hashable {
  package enum Unit: Sendable, Hashable { case second, minute, hour, day, week, month, year }
  package let unit: Unit
  package let count: Int

  private init(_ count: Int, _ unit: Unit) {
    self.unit = unit
    self.count = count
  }

  /// From the finest to the coarsest.
  static let all: [TimeStep] = [
    TimeStep(1, .second), TimeStep(5, .second), TimeStep(15, .second), TimeStep(30, .second),
    TimeStep(1, .minute), TimeStep(5, .minute), TimeStep(15, .minute), TimeStep(30, .minute),
    TimeStep(1, .hour), TimeStep(3, .hour), TimeStep(6, .hour), TimeStep(12, .hour),
    TimeStep(1, .day), TimeStep(1, .week), TimeStep(1, .month), TimeStep(3, .month),
    TimeStep(1, .year), TimeStep(5, .year), TimeStep(10, .year), TimeStep(100, .year),
    TimeStep(1000, .year),
  ]

  /// "hour", "15 minutes"
  package var name: String {
    let word = "\(unit)"
    return count == 1 ? word : "\(count) \(word)s"
  }

  private static let dayLength: Int64 = 86_400_000

  /// Of units of equal length.
  private var milliseconds: Int64? {
    switch unit {
    case .second: Int64(count) * 1000
    case .minute: Int64(count) * 60_000
    case .hour: Int64(count) * 3_600_000
    case .day: Int64(count) * Self.dayLength
    case .week: Int64(count) * 7 * Self.dayLength
    case .month, .year: nil
    }
  }

  /// The step that holds a time begins here.
  func start(of time: Int64) -> Int64 {
    if let milliseconds {
      // 1970 began on a Thursday, and weeks begin on Mondays.
      let offset = unit == .week ? 3 * Self.dayLength : 0
      let rest = (time + offset) % milliseconds
      return time - (rest < 0 ? rest + milliseconds : rest)
    }
    let moment = CalendarTime(milliseconds: time)
    if unit == .month {
      return CalendarTime(year: moment.year, month: (moment.month - 1) / count * count + 1).milliseconds
    }
    let rest = moment.year % count
    return CalendarTime(year: moment.year - (rest < 0 ? rest + count : rest)).milliseconds
  }

  /// The step after the one that begins at `start`.
  func next(after start: Int64) -> Int64 {
    if let milliseconds { return start + milliseconds }
    let moment = CalendarTime(milliseconds: start)
    return unit == .month
      ? CalendarTime(year: moment.year, month: moment.month + count).milliseconds
      : CalendarTime(year: moment.year + count).milliseconds
  }

  /// The finest step that cuts a stretch into few enough pieces.
  static func fitting(_ range: ClosedRange<Int64>, pieces: Int) -> TimeStep {
    all.first { step in
      let shortest: Int64 =
        step.milliseconds ?? Int64(step.count) * (step.unit == .month ? 28 : 365) * dayLength
      return (range.upperBound - step.start(of: range.lowerBound)) / shortest < Int64(max(1, pieces))
    } ?? all[all.count - 1]
  }

  /// How a tick of the axis calls the step that begins here.
  func label(_ start: Int64) -> String {
    let moment = CalendarTime(milliseconds: start)
    return switch unit {
    case .second: moment.clock
    case .minute: String(moment.clock.prefix(5))
    case .hour: "\(moment.date.dropFirst(5)) \(moment.clock.prefix(2))h"
    case .day, .week: moment.date
    case .month: moment.yearAndMonth
    case .year: String(moment.yearAndMonth.dropLast(3))
    }
  }
}

extension CalendarTime {
  /// The shortest text that a condition reads as this moment, or as a time that begins with it.
  package var conditionText: String {
    if second != 0 { return date + "T" + clock }
    if minute != 0 { return date + "T" + clock.prefix(5) }
    return hour != 0 ? date + "T" + clock.prefix(2) : date
  }
}

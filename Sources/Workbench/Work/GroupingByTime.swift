import Model

/// Groups of the calendar.
extension Grouping {
  private static let maxTimes = 48

  private enum Unit: CaseIterable {
    case minute, hour, day, month, year

    var milliseconds: Int64 {
      switch self {
      case .minute: 60_000
      case .hour: 3_600_000
      case .day: 86_400_000
      case .month: 30 * 86_400_000
      case .year: 365 * 86_400_000
      }
    }

    /// How a condition writes the unit that a time lies in.
    func text(_ time: Int64) -> String {
      let moment = CalendarTime(milliseconds: time)
      switch self {
      case .year: return String(moment.yearAndMonth.dropLast(3))
      case .month: return moment.yearAndMonth
      case .day: return moment.date
      case .hour: return moment.date + "T" + moment.clock.prefix(2)
      case .minute: return moment.date + "T" + moment.clock.prefix(5)
      }
    }
  }

  /// By the finest unit of the calendar that makes few enough groups. What no condition can name counts as no time.
  static func byTime(_ rows: SampleRows, _ times: Column<Int64>, isCancelled: () -> Bool) -> Grouping? {
    @Sendable func time(_ row: Int) -> Int64? {
      let time = row < times.count ? times[row] : Dataset.noTime
      return Timeline.years.contains(time) ? time : nil
    }
    var (first, last) = (Int64.max, Int64.min)
    let isRead = Blocks.fold(count: rows.count, isCancelled: isCancelled) { block in
      block.reduce(into: (first: Int64.max, last: Int64.min)) { range, place in
        guard let time = time(rows[place]) else { return }
        if time < range.first { range.first = time }
        if time > range.last { range.last = time }
      }
    } merge: {
      (first, last) = (min(first, $0.first), max(last, $0.last))
    }
    guard isRead else { return nil }
    guard first <= last else {
      let none = NamedGroups.none("time", rows, isCancelled: isCancelled)
      return none.flatMap { Grouping($0, rows, isCancelled: isCancelled) }
    }
    let unit = Unit.allCases.first { (last - first) / $0.milliseconds < Int64(maxTimes) } ?? .year
    // A group's text is made once for each of the shortest stretches that lie within one.
    let step = unit == .month || unit == .year ? Unit.day.milliseconds : unit.milliseconds
    var places: [Int64: Int32] = [:]
    var names: [String: Int32] = [:]
    var codes: [Int32] = []
    codes.reserveCapacity(rows.count)
    var known: (key: Int64, code: Int32)?
    for (place, row) in rows.enumerated() {
      if place % 65_536 == 0 && isCancelled() { return nil }
      guard let time = time(row) else {
        codes.append(-1)
        continue
      }
      let key = time / step - (time % step < 0 ? 1 : 0)
      if let known, known.key == key {
        codes.append(known.code)
        continue
      }
      let code = places[key] ?? names[unit.text(time), default: Int32(names.count)]
      if places.updateValue(code, forKey: key) == nil { names[unit.text(time)] = code }
      known = (key, code)
      codes.append(code)
    }
    return inOrder(names.sorted { $0.value < $1.value }.map(\.key), codes)
  }

  /// Groups in the order of the calendar, those without a time last.
  private static func inOrder(_ names: [String], _ codes: [Int32]) -> Grouping {
    let order = names.indices.sorted { names[$0] < names[$1] }
    var target = [Int32](repeating: Int32(names.count), count: names.count + 1)
    for (place, code) in order.enumerated() { target[code] = Int32(place) }
    var groups = order.map { Group(name: names[$0], condition: "time = \(names[$0])") }
    let placed = codes.map { target[$0 < 0 ? names.count : Int($0)] }
    if codes.contains(-1) { groups.append(Group(name: "none", condition: "not time >= 0001")) }
    return Grouping(groups: groups, codes: placed)
  }
}

import Model
import Scanning

/// Samples in groups by the values of a column: its names, the calendar units of a time, or tenths of a number.
struct Grouping: Sendable {
  struct Group: Sendable, Equatable {
    var name: String
    /// Holds for its samples and no others; nil where no condition can say it.
    var condition: String?
  }
  var groups: [Group]
  /// Group of each of the rows that were asked about.
  var codes: [Int32]
  /// Further groups of rows that are in several, by the place of the row.
  var more: [Int: [Int32]] = [:]
  /// Of numbers.
  var summary: NumberSummary?

  /// Groups beyond are one.
  private static let maxGroups = 500
  /// Numbers with so few different values make a group each.
  private static let maxDistinct = 12
  private static let quantileGroups = 10
  private static let maxTimes = 48

  /// Nil when cancelled.
  static func make(
    _ column: RowColumn, rows: ContiguousArray<Int32>, _ material: CaseMaterial, _ marks: Marks,
    isCancelled: () -> Bool
  ) -> Grouping? {
    let name = conditionWord(column.name(in: material))
    switch column {
    case .verdict:
      let codes = rows.map { row in
        marks[Int(row)].flatMap { VerdictMark.allCases.firstIndex(of: $0) }.map { Int32($0) } ?? -1
      }
      return named(name, codes, VerdictMark.allCases.map(\.rawValue))
    case .label, .suggested, .source, .hypothesis, .incident:
      let all = nameCodes(column, material)
      let codes = rows.map { Int($0) < all.count ? all[Int($0)] : -1 }
      return named(name, codes, CompiledFilter.nameValues(column, material))
    case .cluster:
      let numbers = material.report.clusters
      let codes = rows.map { Int($0) < numbers.count ? numbers[Int($0)] : -1 }
      return named(
        name, codes, (0...max(0, Int(codes.max() ?? 0))).map { "c\($0)" }, missing: "not \(name) >= 0")
    case .time:
      return byTime(rows.map { material.time(of: Int($0)) ?? Dataset.noTime })
    case .suspicion, .detector, .raw, .layout, .data(_, true):
      guard let values = column.numbers(material, isCancelled: isCancelled) else { return nil }
      return byNumber(name, rows.map { values[Int($0)] }) { column.digits($0) }
    case .data(let index, false):
      guard case .names(let codes, let names)? = material.data.values(index, isCancelled: isCancelled) else {
        return nil
      }
      return named(name, rows.map { codes[Int($0)] }, names, missing: "\(name) = \"\"")
    case .tag: return byTag(rows.map { marks.tags.of(Int($0)) })
    case .rank, .id, .finding, .text, .diverse, .distance, .shuffled, .reviewer, .settled:
      return named(name, rows.map { _ in -1 }, [])
    }
  }

  private static func nameCodes(_ column: RowColumn, _ material: CaseMaterial) -> Column<Int32> {
    switch column {
    case .label: material.report.labels
    case .suggested: material.report.suggestedLabels
    case .source: material.report.sources?.codes ?? []
    case .incident: material.report.incidentCodes
    default: Column(material.report.hypothesis.map { Int32($0) })
    }
  }

  // MARK: Names

  /// - Parameter missing: holds for those without a name; that the column is "none" by default.
  private static func named(
    _ column: String, _ codes: [Int32], _ names: [String], missing: String? = nil
  ) -> Grouping {
    var counts = [Int](repeating: 0, count: names.count + 1)
    func place(_ code: Int32) -> Int { code >= 0 && Int(code) < names.count ? Int(code) : names.count }
    for code in codes { counts[place(code)] += 1 }
    var used = counts.indices.filter { counts[$0] > 0 }
    if used.count > maxGroups {
      used = Array(used.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(maxGroups)).sorted()
    }
    var target = [Int32](repeating: Int32(used.count), count: counts.count)
    var groups = used.enumerated().map { index, code -> Group in
      target[code] = Int32(index)
      guard code < names.count else { return Group(name: "none", condition: missing ?? "\(column) = none") }
      return Group(name: names[code], condition: "\(column) = \(conditionWord(names[code]))")
    }
    let result = codes.map { target[place($0)] }
    if result.contains(Int32(groups.count)) { groups.append(Group(name: "all others", condition: nil)) }
    return Grouping(groups: groups, codes: result)
  }

  // MARK: Tags

  /// A sample with several tags is in the group of each.
  private static func byTag(_ tags: [[String]]) -> Grouping {
    let words = Set(tags.joined()).sorted()
    let places = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, Int32($0)) })
    var groups = words.map { Group(name: $0, condition: "tag = \(conditionWord($0))") }
    if tags.contains(where: \.isEmpty) { groups.append(Group(name: "none", condition: "tag = none")) }
    var grouping = Grouping(
      groups: groups, codes: tags.map { $0.first.flatMap { places[$0] } ?? Int32(words.count) })
    for (place, tags) in tags.enumerated() where tags.count > 1 {
      grouping.more[place] = tags.dropFirst().compactMap { places[$0] }
    }
    return grouping
  }

  // MARK: Times

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

  /// By the finest unit of the calendar that makes few enough groups.
  private static func byTime(_ times: [Int64]) -> Grouping {
    let known = times.lazy.filter { $0 != Dataset.noTime }
    guard let first = known.min(), let last = known.max() else {
      return named("time", times.map { _ in -1 }, [])
    }
    let unit = Unit.allCases.first { (last - first) / $0.milliseconds < Int64(maxTimes) } ?? .year
    // Units are far fewer than times, and a unit's text is made once for each of the shortest that holds it.
    var texts: [Int64: String] = [:]
    let step = unit == .month || unit == .year ? Unit.day.milliseconds : unit.milliseconds
    let names = times.map { time -> String? in
      guard time != Dataset.noTime else { return nil }
      let key = time / step - (time % step < 0 ? 1 : 0)
      if let text = texts[key] { return text }
      let text = unit.text(time)
      texts[key] = text
      return text
    }
    let order = Set(names.compactMap { $0 }).sorted()
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
    var groups = order.map { Group(name: $0, condition: "time = \($0)") }
    let codes = names.map { $0.flatMap { places[$0] } ?? Int32(order.count) }
    if codes.contains(Int32(order.count)) {
      groups.append(Group(name: "none", condition: "not time >= 0001"))
    }
    return Grouping(groups: groups, codes: codes)
  }

  // MARK: Numbers

  /// - Parameter text: a number as a condition must write it to mean the very same.
  private static func byNumber(_ column: String, _ values: [Double], _ text: (Double) -> String) -> Grouping {
    let sorted = values.filter { $0.isFinite }.sorted()
    let summary = NumberSummary(sorted, missing: values.count - sorted.count)
    guard !sorted.isEmpty else {
      return Grouping(
        groups: [Group(name: "none", condition: "not \(column) >= -inf")], codes: values.map { _ in 0 },
        summary: summary)
    }
    let starts: [Double]
    let areValues = summary.distinct <= maxDistinct
    if areValues {
      starts = sorted.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    } else {
      starts = (0..<quantileGroups).map { sorted[$0 * sorted.count / quantileGroups] }
        .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
    var groups = starts.indices.map { index -> Group in
      if areValues {
        return Group(name: scoreText(starts[index]), condition: "\(column) = \(text(starts[index]))")
      }
      let low = "\(column) >= \(text(starts[index]))"
      guard index + 1 < starts.count else {
        return Group(
          name: "\(scoreText(starts[index])) .. \(scoreText(sorted[sorted.count - 1]))", condition: low)
      }
      return Group(
        name: "\(scoreText(starts[index])) .. \(scoreText(starts[index + 1]))",
        condition: "\(low) and \(column) < \(text(starts[index + 1]))")
    }
    let codes = values.map { value -> Int32 in
      guard value.isFinite else { return Int32(starts.count) }
      var (low, high) = (0, starts.count)
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] <= value { low = middle + 1 } else { high = middle }
      }
      return Int32(low - 1)
    }
    if summary.missing > 0 {
      groups.append(Group(name: "none", condition: "not \(column) >= -inf"))
    }
    return Grouping(groups: groups, codes: codes, summary: summary)
  }
}

/// What a column of numbers holds.
package struct NumberSummary: Sendable, Equatable {
  package let missing: Int
  package let distinct: Int
  /// Smallest, lower quartile, median, upper quartile, largest; empty without numbers.
  package let quantiles: [Double]
  package let mean: Double

  init(_ sorted: [Double], missing: Int) {
    self.missing = missing
    var distinct = 0
    for index in sorted.indices where index == 0 || sorted[index] != sorted[index - 1] { distinct += 1 }
    self.distinct = distinct
    quantiles = sorted.isEmpty ? [] : (0...4).map { sorted[$0 * (sorted.count - 1) / 4] }
    mean = sorted.isEmpty ? .nan : sorted.reduce(0, +) / Double(sorted.count)
  }
}

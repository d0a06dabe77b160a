import Model
import Scanning

/// Which cells of a row hardly any row of its class has, seen from some of them spread evenly. The workbench says the
/// same by a larger part of the class (`ExtremePart`).
struct ClassExtremes {
  private enum ColumnProfile {
    /// Ascending.
    case numbers([Double])
    case categories([String: Int], of: Int)
  }
  private let report: Report
  private let payloads: any PayloadSource
  private var byClass: [Int32: [String: ColumnProfile]] = [:]

  private static let maxSampled = 400
  /// Fewer rows say nothing of what is extreme.
  private static let minSampled = 20
  private static let maxShare = 0.01
  /// Share of the cells that must be numbers for a column of numbers.
  private static let numericShare = 0.8
  private static let maxMarked = 3

  init(_ material: ReportMaterial) {
    report = material.report
    payloads = material.payloads
  }

  /// The names of at most three columns.
  mutating func columns(of fields: [Payload.Field], label: Int32) -> Set<String> {
    let profile = profile(label)
    let found = fields.enumerated().compactMap { index, field in
      profile[field.name].flatMap { Self.tail(field.value, $0) }.map {
        (share: $0, index: index, name: field.name)
      }
    }
    let extreme = found.filter { $0.share <= Self.maxShare }.sorted {
      ($0.share, $0.index) < ($1.share, $1.index)
    }
    return Set(extreme.prefix(Self.maxMarked).map(\.name))
  }

  private mutating func profile(_ label: Int32) -> [String: ColumnProfile] {
    if let known = byClass[label] { return known }
    let rows = (0..<report.count).filter { report.givenLabel($0) == label }
    let step = max(1, (rows.count + Self.maxSampled - 1) / Self.maxSampled)
    var columns: [String: [String]] = [:]
    var count = 0
    for index in stride(from: 0, to: rows.count, by: step) {
      guard case .success(.row(let fields)) = payloads.payload(at: rows[index]) else { continue }
      count += 1
      for field in fields { columns[field.name, default: []].append(field.value) }
    }
    let profile = count >= Self.minSampled ? columns.mapValues(Self.profile) : [:]
    byClass[label] = profile
    return profile
  }

  private static func profile(_ values: [String]) -> ColumnProfile {
    let numbers = values.compactMap(Double.init).filter(\.isFinite)
    if Double(numbers.count) >= numericShare * Double(values.count) { return .numbers(numbers.sorted()) }
    return .categories(values.reduce(into: [:]) { $0[$1, default: 0] += 1 }, of: values.count)
  }

  /// Share of the class that is as far out on the same side, or has the value; nil where that says nothing.
  private static func tail(_ value: String, _ column: ColumnProfile) -> Double? {
    switch column {
    case .numbers(let sorted):
      guard let number = Double(value), number.isFinite, !sorted.isEmpty else { return nil }
      let below = sorted.count { $0 <= number }
      let above = sorted.count { $0 >= number }
      return Double(min(below, above)) / Double(sorted.count)
    case .categories(let counts, let total):
      // Where most rows have a rare value, as names do, a rare one is nothing remarkable.
      let common = counts.values.filter { Double($0) > maxShare * Double(total) }.reduce(0, +)
      guard 2 * common > total else { return nil }
      return Double(counts[value] ?? 0) / Double(total)
    }
  }
}

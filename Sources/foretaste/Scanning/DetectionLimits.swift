import Model
import Numerics
import Scan
import Scanning
import Simulation

/// The smallest share of each attack that a scan of this dataset would see, found by planting it.
struct DetectionLimits: Encodable {
  struct Row: Encodable {
    var attack: String
    /// Least share at which half of the planted samples are among the most suspicious, at 1 % false alarms; nil where
    /// the greatest share that was tried is not enough.
    var ranked: Double?
    /// Least share at which half of them are flagged.
    var flagged: Double?
    /// Why it cannot be planted here.
    var reason: String?
  }
  let rows: [Row]

  static let rates = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.0025]

  /// Scans a copy in memory for every attack and rate, until the attack is no longer seen.
  init(
    _ dataset: Dataset, options: ScanOptions, progress: (String, Double) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws {
    var rows: [Row] = []
    for (index, attack) in Attack.allCases.enumerated() {
      var row = Row(attack: attack.rawValue)
      for (step, rate) in Self.rates.enumerated() {
        progress(
          "\(attack.rawValue) at \((rate * 100).fixed(2)) %",
          (Double(index) + Double(step) / Double(Self.rates.count)) / Double(Attack.allCases.count))
        do {
          let planting = try Planter.plant(attack, in: dataset, rate: rate, seed: options.seed)
          let seen = try Self.seen(planting, in: dataset, options, checkCancellation)
          if seen.ranked { row.ranked = rate }
          if seen.flagged { row.flagged = rate }
          // What is not seen at a tenth may be at a fifth; below that less poison is never easier.
          if !seen.ranked && !seen.flagged && rate < 0.1 { break }
        } catch let error as CannotPlant {
          // A rate that is too high for the set's classes leaves the lower ones.
          row.reason = error.description
        }
      }
      try checkCancellation()
      if row.ranked != nil || row.flagged != nil { row.reason = nil }
      rows.append(row)
    }
    self.rows = rows
  }

  private static func seen(
    _ planting: Planting, in dataset: Dataset, _ options: ScanOptions,
    _ checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> (ranked: Bool, flagged: Bool) {
    let (copy, poisoned) = planting.applied(to: dataset)
    let report = try Scanner.scan(copy, options: options, checkCancellation: checkCancellation)
    let suspicion = Array(report.suspicion)
    let flagged = suspicion.indices.count { poisoned[$0] && suspicion[$0] >= Report.flagThreshold }
    let rate = Quality.truePositiveRate(suspicion, truth: poisoned, atFalsePositiveRate: 0.01)
    return (rate >= 0.5, 2 * flagged >= planting.rows.count)
  }

  func lines() -> [String] {
    func share(_ rate: Double?) -> String {
      rate.map { ($0 * 100).fixed(2) + " %" } ?? "more than 20 %"
    }
    return ["planted".leftAligned(16) + "ranked from".rightAligned(16) + "flagged from".rightAligned(16)]
      + rows.map { row in
        row.attack.leftAligned(16)
          + (row.reason.map { "  " + $0 } ?? share(row.ranked).rightAligned(16)
            + share(row.flagged).rightAligned(16))
      }
  }
}

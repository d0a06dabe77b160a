import Model
import Numerics
import Scan
import Scanning

/// False alarms: what scans of clean samples flag, and what they take for findings. Each draw is a random part of the samples
/// that the truth calls clean, and is scanned by its content alone, as most people's data comes: no embedding, no
/// probabilities, no sources or times.
struct CleanDraws: Encodable {
  struct Draw: Encodable {
    var samples: Int
    var flagged: Int
    /// Kinds of the findings that have a p-value.
    var findings: [String]
  }
  let draws: [Draw]
  /// Of all samples drawn.
  let flaggedShare: Double
  let largestShare: Double

  static let shares = [0.4, 0.6, 0.8]

  /// - Parameter clean: rows that are drawn from; at least 2.
  init(
    _ dataset: Dataset, clean: [Int], count: Int, options: ScanOptions, progress: (String, Double) -> Void,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws {
    let content = Self.content(of: dataset)
    draws = try (0..<count).map { index in
      progress("draw \(index + 1) of \(count)", Double(index) / Double(count))
      var random = SeededRandom(seed: Hash.combine(options.seed, UInt64(index)))
      let share = Self.shares[random.below(Self.shares.count)]
      var rows = clean
      random.shuffle(&rows)
      let draw = content.reordered(rows.prefix(max(2, Int(share * Double(clean.count)))).sorted())
      let report = try Scanner.scan(draw, options: options, checkCancellation: checkCancellation)
      return Draw(
        samples: draw.count, flagged: report.suspicion.count { $0 >= Report.flagThreshold },
        findings: report.findings.filter { $0.pValue != nil }.map(\.kind.rawValue))
    }
    flaggedShare =
      Double(draws.reduce(0) { $0 + $1.flagged }) / Double(max(1, draws.reduce(0) { $0 + $1.samples }))
    largestShare = draws.reduce(0) { max($0, Double($1.flagged) / Double($1.samples)) }
  }

  private static func content(of dataset: Dataset) -> Dataset {
    var content = dataset
    (content.sources, content.times) = (nil, nil)
    guard dataset.modality != .embedding else { return content }
    (content.features, content.encoder, content.probabilities, content.trainingDynamics) = (
      nil, nil, nil, nil
    )
    return content
  }

  func lines() -> [String] {
    let alarms = draws.filter { $0.flagged > 0 }
    let kinds = draws.flatMap(\.findings).reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    let told = kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return [
      "clean draws".leftAligned(16) + "\(draws.count) of 40 to 80 % of the samples, by content alone",
      "flagged".leftAligned(16)
        + "\((flaggedShare * 100).fixed(2)) % of the samples, \((largestShare * 100).fixed(2)) % of one draw at most, "
        + "in \(counted(alarms.count, "draw"))",
      "findings".leftAligned(16) + (told.isEmpty ? "none" : told.joined(separator: ", ")),
    ]
  }
}

import Fusion
import Learning
import Model
import Scanning
import Testing
import TestSupport
import Workbench

/// Small cases, one for each kind of data, with a finding of each kind, neighbors, a layout, sources and times. The
/// same numbers everywhere. Data of all but `vectors` hold what hostile data hold: control characters, overrides of
/// the direction, wide letters.
enum MadeUpCase: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case images, texts, table, vectors

  static let standardCount = 48
  static let version = "9.9"
  static let hypotheses = ["none", "label-flip", "backdoor", "outliers"]

  var testDescription: String { rawValue }

  func material(count: Int = standardCount) -> CaseMaterial { samples(count: count).material }

  func samples(count: Int = standardCount) -> CaseSamples {
    CaseSamples(
      report: report(count: count), payloads: MadeUpPayloads(kind: self, count: count), version: Self.version,
      exportFormats: ["csv", "jsonl", "clean", "corrected", "drop-list", "keep-list"])
  }

  /// Rows that carry the trigger: every sixth.
  static func isPoisoned(_ row: Int) -> Bool { row % 6 == 5 }
  /// Rows with a wrong label: every twelfth.
  static func isFlipped(_ row: Int) -> Bool { row % 12 == 2 }
  /// The one row without label, source, time, place and cluster.
  static let bareRow = 7

  var classes: [String] {
    switch self {
    case .images: ["cat", "dog", "船 boat"]
    case .texts: ["ham", "spam", "not", "\"quoted\" \u{202E}label"]
    case .table: ["yes", "no"]
    case .vectors: ["0", "1", "2"]
    }
  }

  func id(_ row: Int) -> String {
    switch self {
    case .images: row == 5 ? "img\u{202E}gnp.5" : "img-\(row)"
    case .texts: row == 11 ? "m\u{1B}[31m-11" : "m-\(row)"
    case .table: row == 4 ? "行-4" : "row \(row)"
    case .vectors: "v\(row)"
    }
  }

  private var modality: Modality {
    switch self {
    case .images: .image
    case .texts: .text
    case .table: .tabular
    case .vectors: .embedding
    }
  }

  private func report(count: Int) -> Report {
    var random = SeededGenerator(UInt64(classes.count))
    func share() -> Float { Float(random.next() >> 40) / Float(1 << 24) }
    let rows = 0..<count
    let suspicion = rows.map { row -> Float in
      Self.isPoisoned(row)
        ? 0.9 + share() / 10 : Self.isFlipped(row) ? 0.5 + share() / 5 : (share() * 40).rounded() / 100
    }
    let labels = rows.map { row -> Int32 in
      row == Self.bareRow ? -1 : Self.isPoisoned(row) ? 1 : Int32(row % classes.count)
    }
    let places = rows.flatMap { row -> [Float] in
      if row == Self.bareRow { return [.nan, .nan] }
      let middle: (x: Float, y: Float) = [(0, 0), (8, 1), (3, 9)][row % 3]
      return [middle.x + 2 * share(), middle.y + 2 * share()]
    }
    let facts = DatasetFacts(
      name: self == .vectors ? "made-up" : "made\u{1B}-up \(rawValue)", modality: modality, count: count,
      classes: classes, digest: MadeUpPayloads.digest(count),
      featureSource: "built-in: made up, 8 dimensions",
      probabilitySource: "built-in: made up", notes: ["2 cells are no number"])
    let findings = findings(count, trigger: item)
    var report = Report(
      facts: facts, ids: StringColumn(rows.map(id)), labels: Column(labels), suspicion: Column(suspicion),
      hypothesis: Column(rows.map { Self.isPoisoned($0) ? 2 : Self.isFlipped($0) ? 1 : 0 }),
      hypotheses: Self.hypotheses,
      suggestedLabels: Column(rows.map { Self.isFlipped($0) ? (labels[$0] + 1) % Int32(classes.count) : -1 }),
      detectors: detectors(suspicion), neighbors: neighbors(count), layout: Column(places),
      clusters: Column(rows.map { $0 == Self.bareRow ? -1 : Int32($0 % 3) }),
      findings: findings,
      sources: Categories(
        codes: Column(rows.map { $0 == Self.bareRow ? -1 : Self.isPoisoned($0) ? 1 : Int32($0 % 4) }),
        names: self == .vectors ? ["web", "crowd", "lab", "shop"] : ["web", "cr\u{7}owd", "上海", "a shop"]),
      times: Column(
        rows.map {
          $0 == Self.bareRow ? Dataset.noTime : 1_704_067_200_000 + Int64($0) * 4 * 86_400_000
        }),
      timings: [StageTiming(stage: "features", seconds: 0.25)])
    report.labelProbabilities = Column(
      rows.flatMap { row -> [Float] in
        if labels[row] < 0 { return [.nan, .nan] }
        return Self.isFlipped(row) ? [0.04, 0.91] : [0.9, 0.05]
      })
    report.incidents = IncidentGrouping.incidents(of: findings, suspicion: suspicion)
    report.incidentCodes = Incident.codes(report.incidents, count: count)
    return report
  }

  /// Scores of very different sizes, one of them with gaps, and two detectors that could not run.
  private func detectors(_ suspicion: [Float]) -> [DetectorResult] {
    func ran(_ name: String, _ family: DetectorInfo.Family, _ raw: [Float]) -> DetectorResult {
      let order = raw.indices.sorted { raw[$0] < raw[$1] }
      var percentile = [Float](repeating: .nan, count: raw.count)
      for (place, row) in order.enumerated() where !raw[row].isNaN {
        percentile[row] = Float(place) / Float(max(1, raw.count - 1))
      }
      return DetectorResult(
        info: DetectorInfo(name: name, family: family, summary: "made up: \(name) of a sample"),
        outcome: .ran(raw: Column(raw), percentile: Column(percentile)), seconds: 0.125)
    }
    func skipped(_ name: String, _ reason: String) -> DetectorResult {
      DetectorResult(
        info: DetectorInfo(name: name, family: .gradients, summary: "made up"),
        outcome: .skipped(reason: reason),
        seconds: 0)
    }
    let indexed = suspicion.enumerated()
    return [
      ran("margin", .labels, indexed.map { $0 % 10 == 3 ? .nan : 2 * $1 - 1 }),
      ran("tiny", .density, indexed.map { $1 * 3e-6 + Float($0) * 1e-8 }),
      skipped("el2n", "needs at least 2 classes"),
      ran("spectral", .representation, indexed.map { 20_000 * $1 * $1 - Float($0) }),
      ran("flat", .duplicates, suspicion.map { _ in 4 }),
      skipped("grand", "no \u{9B}gradients"),
    ]
  }

  private func neighbors(_ count: Int) -> NeighborTable {
    let k = 5
    var indices: [Int32] = []
    var distances: [Float] = []
    for row in 0..<count {
      for step in 1...k {
        indices.append(row == 1 && step == k ? -1 : Int32((row + 6 * step) % count))
        distances.append(Float(step) / 2)
      }
    }
    return NeighborTable(k: k, indices: Column(indices), distances: Column(distances))
  }
}

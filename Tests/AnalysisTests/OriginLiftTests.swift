import Fusion
import Model
import Numerics
import Scanning
import Testing

/// Sources and times speak only where the content is more suspicious than chance makes it within the classes.
@Suite struct OriginLiftTests {
  static let rows = 2000
  static let classes = 4

  /// Scores of one detector whose level differs by class, with labels.
  struct Stream {
    var scores: [Float]
    let labels: [Int32]
    var codes: [Int32]
    var times: [Int64]
    let names = (0..<20).map { "s\($0)" }

    init(seed: UInt64) {
      var random = SeededRandom(seed: seed)
      labels = (0..<rows).map { _ in Int32(random.below(classes)) }
      // The label scores of one class are high by nature.
      scores = labels.map { Float(random.normal()) + 3 * Float($0) }
      codes = (0..<rows).map { _ in Int32(random.below(20)) }
      times = (0..<rows).map { _ in Int64(random.below(90 * 86_400_000)) }
    }

    func fused(findings: [Finding] = []) throws -> FusionResult {
      let result = DetectorResult(
        info: DetectorInfo(name: "margin", family: .labels, summary: ""),
        outcome: .ran(raw: Column(scores), percentile: Column(Ranks.percentiles(scores))), seconds: 0)
      return try EvidenceFusion.combine(
        FusionEvidence(
          labels: Column(labels), classNeighbors: nil, detectors: [result], findings: findings,
          sources: Categories(codes: Column(codes), names: names), times: Column(times)), weights: .builtIn)
    }
  }

  /// Histories that mean nothing, as they lie over most collected data.
  enum History: CaseIterable {
    case random, batchOfOneClass, season, mirror, classes, migration, oneSource
    func lay(over stream: inout Stream, _ random: inout SeededRandom) {
      for row in stream.labels.indices {
        let label = stream.labels[row]
        switch self {
        case .batchOfOneClass where label == 3 && random.below(3) == 0:
          stream.codes[row] = 19
          stream.times[row] = 5_000_000 + Int64(random.below(3_600_000))
        case .season: stream.times[row] = Int64(label) * 2_000_000_000 + Int64(random.below(3_000_000_000))
        case .mirror where random.below(10) == 0:
          stream.codes[row] = 19
          stream.times[row] = Int64(random.below(86_400_000))
        case .classes:
          stream.codes[row] = label
          stream.times[row] = Int64(label) * 1_000_000_000 + Int64(random.below(1_000_000_000))
        case .migration where random.below(2) == 0: stream.times[row] = 1000
        case .oneSource: stream.codes[row] = 7
        case .random, .batchOfOneClass, .mirror, .migration: break
        }
      }
    }
  }

  @Test(arguments: History.allCases, 1...8)
  func whereAndWhenAloneAreNoEvidence(history: History, seed: Int) throws {
    var stream = Stream(seed: UInt64(seed))
    var random = SeededRandom(seed: UInt64(seed), stream: 9)
    history.lay(over: &stream, &random)
    let fused = try stream.fused()
    #expect(fused.findings.isEmpty)
    #expect(fused.suspicion.allSatisfy { $0 < 0.5 })
  }

  /// Thirty samples of which the content says a little come from one source, within a minute, beside as many that
  /// nothing is said of: found, told once by source and once by time, and raised above samples of the same content.
  @Test func contentThatIsOutOfProportionIsToldOf() throws {
    var stream = Stream(seed: 3)
    let planted = Array(stream.labels.indices.filter { stream.labels[$0] == 1 }.prefix(30))
    for (place, row) in planted.enumerated() {
      stream.codes[row] = 11
      stream.times[row] = 40_000_000_000 + Int64(place) * 1000
      stream.scores[row] += 2
    }
    let fused = try stream.fused()
    let kinds = fused.findings.map(\.kind)
    #expect(kinds.contains(.burst) && kinds.contains(.source))
    let source = try #require(fused.findings.first { $0.kind == .source })
    #expect(source.sentence.contains("s11"))
    #expect((source.qValue ?? 1) < 0.01)
    var unmoved = stream
    unmoved.codes = Stream(seed: 3).codes
    unmoved.times = Stream(seed: 3).times
    let bare = try unmoved.fused()
    let before = Ranks.percentiles(bare.suspicion)
    let after = Ranks.percentiles(fused.suspicion)
    let rise = planted.reduce(Float(0)) { $0 + after[$1] - before[$1] } / Float(planted.count)
    #expect(rise > 0)
    #expect(
      planted.allSatisfy { row in
        fused.contributions.of(row).contains { $0.family == .origin && $0.value > 0 }
      })
    #expect(bare.findings.isEmpty)
  }

  @Test func normalQuantilesInvertTheTail() {
    for z in stride(from: -6.0, through: 6, by: 0.25) {
      let p = z < 0 ? Tails.normalUpper(-z) : 1 - Tails.normalUpper(z)
      guard p > 0, p < 1 else { continue }
      #expect(abs(Tails.normalQuantile(p) - z) < 1e-6, "\(z)")
    }
  }

  /// A trigger came through one source, which stands out therefore. Its other samples are as suspicious as those of any source:
  /// of a hundred of them hardly one is flagged.
  @Test func aSourceIsNotBlamedForWhatAFindingExplains() throws {
    var others = 0
    for seed: UInt64 in 1...20 {
      var stream = Stream(seed: seed)
      let members = stream.labels.indices.filter { stream.labels[$0] == 2 }.prefix(80)
      for row in members {
        stream.scores[row] += 4
        stream.codes[row] = 19
      }
      let trigger = Finding(
        kind: .trigger, attack: "backdoor", sentence: "planted", statisticName: "z", statistic: 9,
        pValue: 1e-14,
        qValue: 1e-12, members: Column(members.map { Int32($0) }))
      let result = try stream.fused(findings: [trigger])
      #expect(result.findings.contains { $0.kind == .source })
      let flagged = Set(result.suspicion.indices.filter { result.suspicion[$0] >= Report.flagThreshold })
      #expect(flagged.isSuperset(of: members))
      others += flagged.count - members.count
    }
    #expect(others <= 20)
  }
}

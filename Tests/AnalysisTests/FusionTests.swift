import Detectors
import Foundation
import Fusion
import Model
import Numerics
import Scan
import Scanning
import Testing

@Suite struct FusionTests {
  /// A tenth of the samples is poison, which one of two made-up detectors sees, now the one and now the other.
  static func set(
    _ seed: UInt64, rows: Int = 200, name: String = "set", evidence: FusionEvidence? = nil
  ) throws -> FittingSet {
    let evidence = evidence ?? Self.evidence(scores(seed, rows: rows))
    return FittingSet(
      name: "\(name)-\(seed)", digest: "", modality: seed % 3 == 0 ? "text" : "image", attack: "a\(seed % 5)",
      truth: truth(seed, rows: rows).map { $0 }, views: try FusionViews(evidence, workers: Core.one))
  }

  static func truth(_ seed: UInt64, rows: Int = 200) -> [Bool] {
    var random = SeededRandom(seed: seed)
    return (0..<rows).map { _ in random.uniform() < 0.1 }
  }

  static func seeing(_ seed: UInt64) -> String { seed % 2 == 0 ? "a" : "b" }

  static func scores(_ seed: UInt64, rows: Int = 200) -> [String: [Float]] {
    var random = SeededRandom(seed: seed, stream: 5)
    let sighted = sighted(seed, rows: rows, &random)
    let blind = (0..<rows).map { _ in Float(random.normal()) }
    return seeing(seed) == "a" ? ["a": sighted, "b": blind] : ["a": blind, "b": sighted]
  }

  private static func sighted(_ seed: UInt64, rows: Int, _ random: inout SeededRandom) -> [Float] {
    truth(seed, rows: rows).map { Float(random.normal() + ($0 ? 6 : 0)) }
  }

  /// Of two detectors that see nothing.
  static func blind(_ seed: UInt64, rows: Int) -> [String: [Float]] {
    var random = SeededRandom(seed: seed, stream: 6)
    func scores() -> [Float] { (0..<rows).map { _ in Float(random.normal()) } }
    return ["a": scores(), "b": scores()]
  }

  static func evidence(_ scores: [String: [Float]], findings: [Finding] = []) -> FusionEvidence {
    let results = scores.sorted { $0.key < $1.key }.map { name, raw in
      DetectorResult(
        info: DetectorInfo(name: name, family: .labels, summary: ""),
        outcome: .ran(raw: Column(raw), percentile: Column(Ranks.percentiles(raw))), seconds: 0)
    }
    let count = scores.values.first?.count ?? 0
    return FusionEvidence(
      labels: Column((0..<count).map { Int32($0 % 2) }), classNeighbors: nil, detectors: results,
      findings: findings)
  }

  static let source = FusionFit.Source(tool: "test", date: "today", seed: 3)
  static func fitted() throws -> FusionWeights {
    try FusionFit.fit(try (1...80).map { try set($0) }, source: source, workers: Core.one)
  }

  /// Which of the two sees is not known beforehand: the set tells it.
  @Test(arguments: [99, 100] as [UInt64]) func theDetectorThatSeesIsTrusted(seed: UInt64) throws {
    let weights = try Self.fitted()
    let views = try FusionViews(Self.evidence(Self.scores(seed)), workers: Core.one)
    let score = SuspicionScore(views) { weights.reliability.reliability(of: $0.name, $1) }
    #expect(Quality.auroc(score.values, truth: Self.truth(seed)) > 0.95)
    for (view, trust) in zip(views.detectors, score.reliabilities) {
      #expect(view.name == Self.seeing(seed) ? trust > 0.6 : trust < 0.4)
    }
    #expect(weights.provenance.heldOut.map(\.group).contains("modality text"))
    #expect(weights.provenance.heldOut.map(\.group).contains("every attack left out"))
    #expect(weights.provenance.heldOut.allSatisfy { $0.auroc > 0.9 })
  }

  @Test func aFitIsTheSameForAnyThreadsAndOrderOfSets() throws {
    let sets = try (1...6).map { try Self.set($0, rows: 120) }
    let one = try FusionFit.fit(sets, source: Self.source, workers: Workers(threads: 1))
    let two = try FusionFit.fit(sets.reversed(), source: Self.source, workers: Workers(threads: 2))
    #expect(try one.json() == two.json())
    #expect(try FusionWeights(json: one.json()) == one)
  }

  /// A detector that has come since is trusted where its context says so, and what was learnt before stays.
  @Test func knownWeightsLearnANewDetector() throws {
    let known = try Self.fitted()
    func evidence(_ seed: UInt64) -> FusionEvidence {
      var random = SeededRandom(seed: seed, stream: 7)
      var scores = Self.blind(seed, rows: 200)
      scores["c"] = Self.sighted(seed, rows: 200, &random)
      return Self.evidence(scores)
    }
    let sets = try (1...8).map { seed in try Self.set(seed, evidence: evidence(seed)) }
    let extended = FusionFit.extend(known, by: sets, date: "tomorrow")
    #expect(extended.detectors == ["a", "b", "c"])
    #expect(extended.reliability.trees == known.reliability.trees)
    #expect(extended.reliability.usual.filter { $0.key != "c" } == known.reliability.usual)
    #expect(extended.calibration == known.calibration)
    #expect(try FusionWeights(json: extended.json()) == extended)
    let result = try EvidenceFusion.combine(evidence(99), weights: extended)
    #expect(Quality.auroc(result.suspicion, truth: Self.truth(99)) > 0.9)
    let before = try EvidenceFusion.combine(evidence(99), weights: known)
    #expect(Quality.auroc(before.suspicion, truth: Self.truth(99)) < 0.7)
  }

  @Test func nothingToLearnIsSaid() {
    #expect(throws: FusionFit.NothingToLearn.self) {
      try FusionFit.fit([try Self.set(1)], source: Self.source, workers: Core.one)
    }
  }

  /// What a detector or a finding says more of a sample never lowers its score, by whatever the detectors are trusted.
  @Test(arguments: 1...20) func moreEvidenceNeverLowersTheScore(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let names = (0..<4).map { "d\($0)" }
    var scores = Dictionary(
      uniqueKeysWithValues: names.map { ($0, (0..<60).map { _ in Float(random.normal()) }) })
    let trust = Dictionary(uniqueKeysWithValues: names.map { ($0, Float(random.uniform())) })
    let row = random.below(60)
    func score(_ findings: [Finding] = []) throws -> Float {
      let views = try FusionViews(Self.evidence(scores, findings: findings), workers: Core.one)
      // The middle and the scale of the set move with the sample; its place among the others is what counts.
      let values = SuspicionScore(views) { view, _ in trust[view.name] ?? 0 }.values
      return Float(values.count { $0 < values[row] })
    }
    let before = try score()
    scores[names[random.below(4)]]?[row] += Float(random.uniform() * 5)
    let risen = try score()
    #expect(risen >= before)
    #expect(try score([Self.trigger(of: [row])]) >= risen)
  }

  static func trigger(of rows: [Int]) -> Finding {
    Finding(
      kind: .trigger, attack: "backdoor", sentence: "", statisticName: "z", statistic: 20, pValue: 1e-30,
      qValue: 1e-28, members: Column(rows.map { Int32($0) }))
  }

  @Test func calibrationRises() {
    let calibration = FusionWeights.builtIn.calibration
    var before = -Float.infinity
    for score in stride(from: Float(-3), to: 12, by: 0.01) {
      let ratio = calibration.logRatio(score)
      #expect(ratio >= before)
      before = ratio
    }
    #expect(calibration.slope > 0)
  }

  /// However little of a set is poison, members of a finding whose kind is mostly right are flagged.
  @Test func membersOfAFindingAreFlaggedInSetsThatAreNearlyClean() throws {
    var sets: [FittingSet] = []
    for seed in UInt64(1)...40 {
      let truth = Self.truth(seed)
      let members = truth.indices.filter { truth[$0] } + [Int(seed) % 200]
      let evidence = Self.evidence(
        Self.blind(seed, rows: 200), findings: [Self.trigger(of: Array(Set(members)).sorted())])
      sets.append(
        FittingSet(
          name: "s\(seed)", digest: "", modality: "image", attack: "a\(seed % 5)", truth: truth.map { $0 },
          views: try FusionViews(evidence, workers: Core.one)))
    }
    let weights = try FusionFit.fit(sets, source: Self.source, workers: Core.one)
    // Ten of 4,000, which the detectors see no better than others.
    let members = Array(100..<110)
    let fused = try EvidenceFusion.combine(
      Self.evidence(Self.blind(77, rows: 4000), findings: [Self.trigger(of: members)]), weights: weights)
    #expect(fused.suspicion.indices.filter { fused.suspicion[$0] >= 0.5 } == members)
  }

  /// The share that is found is the share that is there, also where it is none.
  @Test(arguments: [0, 0.01, 0.1, 0.3]) func prevalenceIsEstimated(share: Double) {
    var random = SeededRandom(seed: 4)
    let ratios = (0..<5000).map { row -> Float in
      // Two normals four deviations apart: log ratio 4 x − 8.
      let x = random.normal() + (Double(row) < share * 5000 ? 4 : 0)
      return Float(4 * x - 8)
    }
    #expect(abs(Prevalence(logRatios: ratios).share - share) < 0.01)
  }

  @Test func contributionsSumToTheScore() throws {
    let weights = try Self.fitted()
    let evidence = Self.evidence([
      "a": (0..<80).map { Float($0) }, "b": (0..<80).map { Float($0 * 7 % 80) },
    ])
    let fused = try EvidenceFusion.combine(evidence, weights: weights)
    let score = SuspicionScore(try FusionViews(evidence, workers: Core.one)) {
      weights.reliability.reliability(of: $0.name, $1)
    }
    let sums = (0..<80).map { row in fused.contributions.of(row).reduce(Float(0)) { $0 + $1.value } }
    for row in 1..<80 {
      let difference = weights.calibration.slope * (score.values[row] - score.values[0])
      #expect(abs(sums[row] - sums[0] - difference) < 1e-2)
    }
    #expect(abs(sums.reduce(0, +)) < 1)
    #expect(fused.contributions.of(80).isEmpty)
  }

  /// However odd the samples are: without a group nothing is flagged; with one its members can be.
  @Test func onlyGroupEvidenceFlags() throws {
    var scores: [String: [Float]] = [:]
    for detector in DetectorRegistry.all {
      scores[detector.info.name] = (0..<300).map { $0 < 20 ? 1e6 + Float($0) : Float($0 % 17) }
    }
    let alone = try EvidenceFusion.combine(Self.evidence(scores), weights: .builtIn)
    #expect(alone.suspicion.allSatisfy { $0 < 0.5 })
    #expect(
      (0..<20).allSatisfy { row in (20..<300).allSatisfy { alone.suspicion[row] > alone.suspicion[$0] } })
    let trigger = Self.trigger(of: Array(0..<20))
    let grouped = try EvidenceFusion.combine(Self.evidence(scores, findings: [trigger]), weights: .builtIn)
    #expect((0..<20).allSatisfy { grouped.suspicion[$0] >= 0.5 })
    #expect((20..<300).allSatisfy { grouped.suspicion[$0] < 0.5 })
    #expect(grouped.hypotheses[Int(grouped.hypothesis[0])] == "backdoor")
    #expect(grouped.findings[0].id == "T1")
  }

  @Test func unknownAndAbsentDetectorsAreNoError() throws {
    let weights = try Self.fitted()
    let seeing = (0..<60).map { Float($0 * 13 % 60) }
    let alone = try EvidenceFusion.combine(Self.evidence(["a": seeing]), weights: weights)
    let more = try EvidenceFusion.combine(
      Self.evidence(["a": seeing, "newcomer": seeing.map { -$0 }]), weights: weights)
    #expect(alone.suspicion == more.suspicion)
    let nothing = try EvidenceFusion.combine(
      FusionEvidence(labels: [0, 1], classNeighbors: nil, detectors: [], findings: []), weights: weights)
    #expect(nothing.suspicion.allSatisfy { $0 > 0 && $0 < 0.5 })
  }

  @Test func anOrderOfRowsAndThreadsDoNotMatter() throws {
    var random = SeededRandom(seed: 5)
    let count = 2500
    let scores = (0..<count).map { _ in Float(random.normal()) }
    var order = Array(0..<count)
    random.shuffle(&order)
    // Both classes keep their rows: the order is shuffled within each.
    order = order.filter { $0 % 2 == 0 }.enumerated().reduce(into: [Int](repeating: 0, count: count)) {
      $0[2 * $1.offset] = $1.element
    }
    let odd = (0..<count / 2).map { 2 * $0 + 1 }.reversed()
    for (index, row) in odd.enumerated() { order[2 * index + 1] = row }
    let straight = try EvidenceFusion.combine(
      Self.evidence(["margin": scores]), weights: .builtIn, workers: Workers(threads: 1))
    let threaded = try EvidenceFusion.combine(
      Self.evidence(["margin": scores]), weights: .builtIn, workers: Workers(threads: 2))
    let shuffled = try EvidenceFusion.combine(
      Self.evidence(["margin": order.map { scores[$0] }]), weights: .builtIn)
    #expect(straight.suspicion == threaded.suspicion)
    for (place, row) in order.enumerated() {
      #expect(abs(shuffled.suspicion[place] - straight.suspicion[row]) < 1e-6)
    }
  }

  static let damage: [(String, String)] = [
    ("\"schema\":3", "\"schema\":4"), ("\"curve\":[", "\"curve\":[{\"logRatio\":9,\"score\":-99},"),
    ("\"deviations\":[", "\"deviations\":[0,"), ("\"child\":[1", "\"child\":[0"), ("{", "["),
  ]

  @Test(arguments: damage) func damagedWeightsAreRefused(change: (String, String)) throws {
    let json = String(decoding: try FusionWeights.builtIn.json(), as: UTF8.self)
    let place = try #require(json.range(of: change.0))
    let damaged = json.replacingCharacters(in: place, with: change.1)
    #expect(throws: FusionWeights.Damage.self) { try FusionWeights(json: Data(damaged.utf8)) }
  }

  /// Findings may be missing from the sets that weights were fitted on; a score without a curve means nothing.
  @Test func aCalibrationWithoutACurveIsRefused() throws {
    var weights = FusionWeights.builtIn
    weights.memberCalibration = SuspicionCalibration(curve: [])
    #expect(try FusionWeights(json: weights.json()) == weights)
    weights.calibration = SuspicionCalibration(curve: [])
    #expect(throws: FusionWeights.Damage.self) { try FusionWeights(json: weights.json()) }
  }

  @Test func blindSpotsNameWhatIsMissing() throws {
    let (features, labels) = Core.clouds(rows: 40, columns: 3, classes: 2, distance: 2)
    let report = try Scanner.scan(
      try Core.dataset(labels: labels, classes: 2, features: features),
      options: ScanOptions(detectors: ["margin"]))
    let attacks = report.coverageGaps.map(\.attack)
    #expect(attacks.contains("floods of near-duplicates"))
    #expect(attacks.contains("bursts in time"))
    #expect(!attacks.contains("flipped labels"))
    #expect(report.detectors.map(\.info.name) == ["margin"])
    #expect(report.fusion.missingDetectors.contains("el2n"))
  }
}

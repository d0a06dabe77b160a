import Analysis
import Foundation
import Model
import Testing

@Suite struct FusionTests {
  /// Clouds with a label noise of a tenth, scored by two made-up detectors: one that sees the noise and one that draws.
  static func set(_ seed: UInt64, rows: Int = 400, name: String = "set") -> FittingSet {
    var random = SeededRandom(seed: seed)
    let truth = (0..<rows).map { _ in random.uniform() < 0.1 }
    let seeing = truth.map { Float(random.normal() + ($0 ? 2 : 0)) }
    let blind = truth.map { _ in Float(random.normal()) }
    let evidence = evidence(["seeing": seeing, "blind": blind])
    return FittingSet(
      name: "\(name)-\(seed)", digest: "", modality: seed % 2 == 0 ? "text" : "image", attack: "a\(seed % 3)",
      truth: truth.map { $0 }, detectors: ["blind", "seeing"], inputs: FusionInputs(evidence))
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
    try FusionFit.fit((1...8).map { set($0) }, source: source, workers: Core.one)
  }

  @Test func aFitLearnsWhichDetectorSees() throws {
    let weights = try Self.fitted()
    let other = Self.set(99)
    let trees = MonotoneTrees(trees: weights.trees)
    let columns = weights.inputs.map { name in FusionInput(name: name).flatMap { other.inputs.columns[$0] } }
    let sums = other.truth.indices.map { trees.value($0, columns) }
    let truth = other.truth.map { $0 == true }
    #expect(Quality.auroc(sums, truth: truth) > 0.85)
    let inputs = weights.trees.flatMap(\.input).filter { $0 >= 0 }.map { weights.inputs[$0] }
    #expect(inputs.count { $0.hasPrefix("seeing") } > inputs.count { $0.hasPrefix("blind") })
    #expect(weights.provenance.heldOut.map(\.group).contains("modality text"))
    #expect(weights.provenance.heldOut.allSatisfy { $0.auroc > 0.8 })
  }

  @Test func aFitIsTheSameForAnyThreadsAndOrderOfSets() throws {
    let sets = (1...6).map { Self.set($0, rows: 120) }
    let one = try FusionFit.fit(sets, source: Self.source, workers: Workers(threads: 1))
    let two = try FusionFit.fit(sets.reversed(), source: Self.source, workers: Workers(threads: 2))
    #expect(try one.json() == two.json())
    #expect(try FusionWeights(json: one.json()) == one)
  }

  @Test func nothingToLearnIsSaid() {
    #expect(throws: FusionFit.NothingToLearn.self) {
      try FusionFit.fit([Self.set(1)], source: Self.source, workers: Core.one)
    }
  }

  /// More suspicious evidence never lowers the sum, whatever the other inputs are, missing ones too.
  @Test(arguments: [true, false]) func treesAreMonotone(isBuiltIn: Bool) throws {
    let weights = isBuiltIn ? FusionWeights.builtIn : try Self.fitted()
    let trees = MonotoneTrees(trees: weights.trees)
    var random = SeededRandom(seed: 11)
    for _ in 0..<3000 {
      let place = random.below(weights.inputs.count)
      var low = weights.inputs.map { _ in [random.below(5) == 0 ? Float.nan : Float(random.normal() * 6)] }
      low[place] = [Float(random.normal() * 6)]
      var high = low
      high[place][0] += Float(random.uniform() * 10)
      #expect(trees.value(0, high) >= trees.value(0, low), "\(weights.inputs[place])")
    }
  }

  @Test func calibrationRisesAndFindingsNeverLower() {
    let calibration = FusionWeights.builtIn.calibration
    var before: Float = -1
    for z in stride(from: Float(-12), to: 12, by: 0.01) {
      let p = calibration.probability(z)
      #expect(p > before && p > 0 && p < 1)
      before = p
    }
    for evidence in calibration.evidence.values {
      #expect(evidence.logOdds(0) == 0)
      #expect(evidence.logOdds(1) >= 0 && evidence.logOdds(9) >= evidence.logOdds(1))
    }
  }

  @Test func contributionsSumToTheLogOdds() throws {
    let weights = try Self.fitted()
    let set = Self.set(50)
    let evidence = Self.evidence([
      "seeing": (0..<80).map { Float($0) }, "blind": (0..<80).map { Float($0 * 7 % 80) },
    ])
    let fused = try Fusion.combine(evidence, weights: weights)
    let trees = MonotoneTrees(trees: weights.trees)
    let inputs = FusionInputs(evidence)
    let columns = weights.inputs.map { name in FusionInput(name: name).flatMap { inputs.columns[$0] } }
    let roots = weights.trees.reduce(Float(0)) { $0 + $1.value[0] }
    for row in 0..<80 {
      let parts = fused.contributions.of(row).reduce(Float(0)) { $0 + $1.value }
      #expect(abs(parts - weights.calibration.slope * (trees.value(row, columns) - roots)) < 1e-3)
    }
    #expect(fused.contributions.of(80).isEmpty)
    #expect(set.truth.count == 400)
  }

  /// However odd the samples are: without a group nothing is flagged; with one its members can be.
  @Test func onlyGroupEvidenceFlags() throws {
    var scores: [String: [Float]] = [:]
    for detector in DetectorRegistry.all {
      scores[detector.info.name] = (0..<300).map { $0 < 20 ? 1e6 + Float($0) : Float($0 % 17) }
    }
    let alone = try Fusion.combine(Self.evidence(scores), weights: .builtIn)
    #expect(alone.suspicion.allSatisfy { $0 < 0.5 })
    #expect(
      (0..<20).allSatisfy { row in (20..<300).allSatisfy { alone.suspicion[row] > alone.suspicion[$0] } })
    let trigger = Finding(
      kind: .trigger, attack: "backdoor", sentence: "", statisticName: "z", statistic: 20, pValue: 1e-30,
      qValue: 1e-28, members: Column((0..<20).map { Int32($0) }))
    let grouped = try Fusion.combine(Self.evidence(scores, findings: [trigger]), weights: .builtIn)
    #expect((0..<20).allSatisfy { grouped.suspicion[$0] >= 0.5 })
    #expect((20..<300).allSatisfy { grouped.suspicion[$0] < 0.5 })
    #expect(grouped.hypotheses[Int(grouped.hypothesis[0])] == "backdoor")
    #expect(grouped.findings[0].id == "T1")
  }

  @Test func unknownAndAbsentDetectorsAreNoError() throws {
    let weights = try Self.fitted()
    let seeing = (0..<60).map { Float($0 * 13 % 60) }
    let alone = try Fusion.combine(Self.evidence(["seeing": seeing]), weights: weights)
    let more = try Fusion.combine(
      Self.evidence(["seeing": seeing, "newcomer": seeing.map { -$0 }]), weights: weights)
    #expect(alone.suspicion == more.suspicion)
    let nothing = try Fusion.combine(
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
    let straight = try Fusion.combine(
      Self.evidence(["margin": scores]), weights: .builtIn, workers: Workers(threads: 1))
    let threaded = try Fusion.combine(
      Self.evidence(["margin": scores]), weights: .builtIn, workers: Workers(threads: 2))
    let shuffled = try Fusion.combine(Self.evidence(["margin": order.map { scores[$0] }]), weights: .builtIn)
    #expect(straight.suspicion == threaded.suspicion)
    for (place, row) in order.enumerated() {
      #expect(abs(shuffled.suspicion[place] - straight.suspicion[row]) < 1e-6)
    }
  }

  static let damage: [(String, String)] = [
    ("\"schema\":1", "\"schema\":2"), ("\"slope\":", "\"slope\":-"), (".near", ".nowhere"),
    ("\"child\":[1", "\"child\":[0"), ("{", "["),
  ]

  @Test(arguments: damage) func damagedWeightsAreRefused(change: (String, String)) throws {
    let json = String(decoding: try FusionWeights.builtIn.json(), as: UTF8.self)
    let place = try #require(json.range(of: change.0))
    let damaged = json.replacingCharacters(in: place, with: change.1)
    #expect(throws: FusionWeights.Damage.self) { try FusionWeights(json: Data(damaged.utf8)) }
  }

  @Test func blindSpotsNameWhatIsMissing() throws {
    let (features, labels) = Core.clouds(rows: 40, columns: 3, classes: 2, distance: 2)
    let report = try Scanner.scan(
      try Core.dataset(labels: labels, classes: 2, features: features),
      options: ScanOptions(detectors: ["margin"]))
    let attacks = report.cannotSee.map(\.attack)
    #expect(attacks.contains("floods of near copies"))
    #expect(attacks.contains("bursts in time"))
    #expect(!attacks.contains("flipped labels"))
    #expect(report.detectors.map(\.info.name) == ["margin"])
    #expect(report.fusion.missingDetectors.contains("el2n"))
  }
}

import Numerics

/// Learns the fusion's weights from sets with a known truth: the same for the same sets, seed and date.
///
/// What is learnt is which detectors to trust, from the average precision that each reached on each set; every set has
/// the same weight. Five fits that each leave out a fifth of the sets give the scores from which the calibration is
/// fitted; fits that leave out one attack or one modality estimate how well unknown ones are scored.
package enum FusionFit {
  private static let folds = 5

  package struct Source: Sendable {
    package var tool: String
    package var date: String
    package var seed: UInt64
    package init(tool: String, date: String, seed: UInt64) {
      self.tool = tool
      self.date = date
      self.seed = seed
    }
  }

  package struct NothingToLearn: Error, CustomStringConvertible {
    package let description = "the fit needs at least 5 sets, of which one has poison and clean samples"
  }

  /// - Throws: `NothingToLearn`; what `check` throws.
  package static func fit(
    _ sets: [FittingSet], source: Source, workers: Workers, check: @escaping @Sendable () throws -> Void = {}
  ) throws -> FusionWeights {
    let sets = sets.sorted { ($0.name, $0.root, $0.digest) < ($1.name, $1.root, $1.digest) }
    guard sets.count >= folds, sets.contains(where: \.isMixed) else { throw NothingToLearn() }

    // Every way of leaving sets out; the last leaves out none.
    let attacks = Set(sets.map(\.attack)).subtracting(["none"]).sorted()
    let modalities = Set(sets.map(\.modality)).sorted()
    let byFold = (0..<folds).map { fold in sets.indices.filter { $0 % folds == fold } }
    let byAttack = attacks.map { attack in sets.indices.filter { sets[$0].attack == attack } }
    let byModality = modalities.map { modality in sets.indices.filter { sets[$0].modality == modality } }
    let leftOut = byFold + byAttack + byModality + [[]]
    let fits = try workers.map(count: leftOut.count, blockSize: 1) { range in
      let out = Set(leftOut[range.lowerBound])
      let kept = sets.indices.filter { !out.contains($0) }.map { sets[$0] }
      let model = try model(of: kept, seed: source.seed, check: check)
      return (model: model, scores: leftOut[range.lowerBound].map { sets[$0].score(model) })
    }
    guard let whole = fits.last?.model else { throw NothingToLearn() }

    var scores = [[Float]](repeating: [], count: sets.count)
    for (fold, members) in byFold.enumerated() {
      for (position, index) in members.enumerated() { scores[index] = fits[fold].scores[position] }
    }
    var heldOut = [Self.heldOut("every set, by folds", sets.indices.map { (sets[$0], scores[$0]) })]
    let roots = Set(sets.map(\.root)).sorted()
    for root in roots.count > 1 ? roots : [] {
      let members = sets.indices.filter { sets[$0].root == root }
      heldOut.append(Self.heldOut("of \(root), by folds", members.map { (sets[$0], scores[$0]) }))
    }
    // One mean over all sets, each scored without its own attack, and the attacks and modalities one by one.
    let byGroup = fits.dropFirst(folds).dropLast().enumerated().map { position, fit in
      zip((byAttack + byModality)[position], fit.scores).map { (set: sets[$0], scores: $1) }
    }
    heldOut.append(Self.heldOut("every attack left out", byGroup.prefix(attacks.count).flatMap { $0 }))
    for root in roots.count > 1 ? roots : [] {
      let members = byGroup.prefix(attacks.count).flatMap { $0 }.filter { $0.set.root == root }
      heldOut.append(Self.heldOut("of \(root), attacks left out", members))
    }
    let names = attacks + modalities.map { "modality " + $0 }
    heldOut += zip(names, byGroup).map { Self.heldOut($0, $1) }
    return FusionWeights(
      provenance: FusionWeights.Provenance(
        tool: source.tool, date: source.date, seed: source.seed,
        detectors: Set(sets.flatMap { $0.views.detectors.map(\.name) }).sorted(),
        sets: sets.map {
          .init(
            name: $0.name, digest: $0.digest, samples: $0.truth.count, poisoned: $0.truth.count { $0 == true }
          )
        },
        heldOut: heldOut),
      reliability: whole, calibration: SuspicionCalibration(samples(sets, scores)),
      memberCalibration: SuspicionCalibration(members(sets, scores), minWeight: memberWeight))
  }

  private static func model(
    of sets: [FittingSet], seed: UInt64, check: () throws -> Void
  ) throws -> ReliabilityModel {
    var model = ReliabilityModel(
      usual: ReliabilityModel.usual(contexts(in: sets)), trees: BoostedTrees(base: 0, trees: []))
    var rows: [[Float]] = []
    var targets: [Float] = []
    var weights: [Float] = []
    for set in sets where set.isMixed {
      for (position, view) in set.views.detectors.enumerated() {
        rows.append(model.standardised(view.name, set.views.contexts[position]))
        targets.append(Float(set.precisions[position]))
        weights.append(1 / Float(set.views.detectors.count))
      }
    }
    // The penalty of a leaf counts rows of full weight.
    let mean = weights.reduce(0, +) / Float(max(1, weights.count))
    weights = weights.map { $0 / mean }
    let columns = DetectorContext.names.indices.map { column in rows.map { $0[column] } }
    model.trees = try Boosting.fit(
      BinnedColumns(columns, weights: weights), targets: targets, weights: weights, seed: seed, check: check)
    return model
  }

  /// Of each detector, in every set that it ran on.
  private static func contexts(in sets: [FittingSet]) -> [String: [DetectorContext]] {
    var contexts: [String: [DetectorContext]] = [:]
    for set in sets {
      for (view, context) in zip(set.views.detectors, set.views.contexts) {
        contexts[view.name, default: []].append(context)
      }
    }
    return contexts
  }

  /// Weights that also know the detectors that have come since: what is usual of those is learnt from `sets`, and all else
  /// stays. The trees know no detector by its name, so they judge a new one by its context as they do the others.
  package static func extend(_ weights: FusionWeights, by sets: [FittingSet], date: String) -> FusionWeights {
    let new = ReliabilityModel.usual(contexts(in: sets)).filter { !weights.detectors.contains($0.key) }
    var weights = weights
    weights.reliability.usual.merge(new) { known, _ in known }
    weights.provenance.detectors = weights.detectors.union(new.keys).sorted()
    weights.provenance.date = date
    return weights
  }

  /// Poison and the rest of each set weigh the same; what is no poison in a clean set weighs as much.
  private static func samples(_ sets: [FittingSet], _ scores: [[Float]]) -> [SuspicionCalibration.Sample] {
    zip(sets, scores).flatMap { set, scores in
      let poison = Double(set.truth.count { $0 == true })
      let rest = Double(set.truth.count { $0 == false })
      return zip(set.truth, scores).compactMap { truth, score -> SuspicionCalibration.Sample? in
        guard let truth else { return nil }
        return SuspicionCalibration.Sample(
          score: score, isPoison: truth, weight: 0.5 / (truth ? poison : rest))
      }
    }
  }

  /// A step of their curve is made of a tenth of the sets, so that what one of them naturally has decides none.
  private static let memberWeight = 0.1

  /// Members of findings; those of each set that has any weigh the same together.
  private static func members(_ sets: [FittingSet], _ scores: [[Float]]) -> [SuspicionCalibration.Sample] {
    zip(sets, scores).flatMap { set, scores in
      let rows = scores.indices.filter { set.views.decades[$0] > 0 && set.truth[$0] != nil }
      return rows.map {
        SuspicionCalibration.Sample(
          score: scores[$0], isPoison: set.truth[$0] == true, weight: 1 / Double(rows.count))
      }
    }
  }

  private static func heldOut(
    _ group: String, _ members: [(set: FittingSet, scores: [Float])]
  ) -> FusionWeights.Provenance.HeldOut {
    var figures: [(auroc: Double, ap: Double, tpr: Double)] = []
    for (set, scores) in members where set.isMixed {
      let counted = set.truth.indices.filter { set.truth[$0] != nil }
      let truth = counted.map { set.truth[$0] == true }
      let scores = counted.map { scores[$0] }
      figures.append(
        (
          Quality.auroc(scores, truth: truth), Quality.averagePrecision(scores, truth: truth),
          Quality.truePositiveRate(scores, truth: truth, atFalsePositiveRate: 0.01)
        ))
    }
    func mean(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(max(1, values.count))
      return (mean * 1e4).rounded() / 1e4
    }
    return .init(
      group: group, sets: figures.count, auroc: mean(figures.map(\.auroc)),
      averagePrecision: mean(figures.map(\.ap)),
      tprAt1: mean(figures.map(\.tpr)))
  }
}

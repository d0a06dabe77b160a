/// A set whose truth is known, as the fusion is fitted on it.
package struct FittingSet: Sendable {
  package var name: String
  /// Folder of sets that it is one of.
  package var root: String
  package var digest: String
  package var modality: String
  /// Attack that is left out together with all others of its name; "none" of a clean set.
  package var attack: String
  /// nil where a sample counts neither way.
  package var truth: [Bool?]
  package var detectors: [String]
  package var inputs: FusionInputs
  package init(
    name: String, root: String = "", digest: String, modality: String, attack: String, truth: [Bool?],
    detectors: [String],
    inputs: FusionInputs
  ) {
    precondition(truth.count == inputs.count)
    self.name = name
    self.root = root
    self.digest = digest
    self.modality = modality
    self.attack = attack
    self.truth = truth
    self.detectors = detectors
    self.inputs = inputs
  }
}

/// Learns the fusion's weights from sets with a known truth: the same for the same sets, seed and date.
///
/// Every set has the same weight, half of it on its poison, so that neither large sets nor frequent poison win. Five
/// fits that each leave out a fifth of the sets give the sums from which the calibration is fitted, at the poison's true
/// shares; fits that leave out one attack or one modality say what unknown ones will be like.
package enum FusionFit {
  private static let folds = 5
  /// Weight of a set in units of rows of full curvature: what the penalty of a leaf is measured against.
  private static let setWeight: Float = 12

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
    let names = Set(sets.flatMap { $0.inputs.columns.keys.map(\.name) }).sorted()
    let table = try Table(sets, names: names, workers: workers)

    // Every way of leaving sets out; the last leaves out none.
    let attacks = Set(sets.map(\.attack)).subtracting(["none"]).sorted()
    let modalities = Set(sets.map(\.modality)).sorted()
    let byFold = (0..<folds).map { fold in sets.indices.filter { $0 % folds == fold } }
    let byAttack = attacks.map { attack in sets.indices.filter { sets[$0].attack == attack } }
    let byModality = modalities.map { modality in sets.indices.filter { sets[$0].modality == modality } }
    let leftOut = (byFold + byAttack + byModality + [[]]).map(Set.init)
    let fits = try workers.map(count: leftOut.count, blockSize: 1) { range in
      try table.fit(leavingOut: leftOut[range.lowerBound], seed: source.seed, check: check)
    }
    guard let whole = fits.last else { throw NothingToLearn() }

    var sums = [[Float]](repeating: [], count: sets.count)
    for (fold, members) in byFold.enumerated() {
      for index in members { sums[index] = table.sums(fits[fold], of: index) }
    }
    var heldOut = [Self.heldOut("every set, by folds", sets.indices.map { (sets[$0], sums[$0]) })]
    let roots = Set(sets.map(\.root)).sorted()
    for root in roots.count > 1 ? roots : [] {
      let members = sets.indices.filter { sets[$0].root == root }
      heldOut.append(Self.heldOut("of \(root), by folds", members.map { (sets[$0], sums[$0]) }))
    }
    for (index, members) in (byAttack + byModality).enumerated() {
      let name = index < attacks.count ? attacks[index] : "modality " + modalities[index - attacks.count]
      heldOut.append(Self.heldOut(name, members.map { (sets[$0], table.sums(fits[folds + index], of: $0)) }))
    }
    return FusionWeights(
      provenance: FusionWeights.Provenance(
        tool: source.tool, date: source.date, seed: source.seed,
        detectors: Set(sets.flatMap(\.detectors)).sorted(),
        sets: sets.map {
          .init(
            name: $0.name, digest: $0.digest, samples: $0.truth.count, poisoned: $0.truth.count { $0 == true }
          )
        },
        heldOut: heldOut),
      inputs: names, trees: whole.trees, calibration: calibration(sets, sums))
  }

  private static func calibration(_ sets: [FittingSet], _ sums: [[Float]]) -> SuspicionCalibration {
    var samples: [SuspicionCalibration.Sample] = []
    for (set, sums) in zip(sets, sums) {
      let counted = set.truth.count { $0 != nil }
      let columns = Finding.Kind.allCases.map { set.inputs.columns[FusionInput($0.rawValue, .finding)] ?? [] }
      for (row, poisoned) in set.truth.enumerated() {
        guard let poisoned else { continue }
        samples.append(
          SuspicionCalibration.Sample(
            sum: sums[row], findings: columns.map { $0.isEmpty ? 0 : $0[row] }, isPoison: poisoned,
            weight: 1 / Float(counted)))
      }
    }
    return SuspicionCalibration(samples)
  }

  private static func heldOut(
    _ group: String, _ members: [(set: FittingSet, sums: [Float])]
  ) -> FusionWeights.Provenance.HeldOut {
    var figures: [(auroc: Double, ap: Double, tpr: Double)] = []
    for (set, sums) in members where set.isMixed {
      let counted = set.truth.indices.filter { set.truth[$0] != nil }
      let truth = counted.map { set.truth[$0] == true }
      let scores = counted.map { sums[$0] }
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

  /// All sets one below the other.
  private struct Table: Sendable {
    let sets: [FittingSet]
    let names: [String]
    let data: BinnedColumns
    let truth: [Bool]
    let weights: [Float]
    /// Set of each row.
    let setOfRow: [Int32]

    init(_ sets: [FittingSet], names: [String], workers: Workers) throws {
      self.sets = sets
      self.names = names
      truth = sets.flatMap { $0.truth.map { $0 == true } }
      weights = sets.flatMap(\.weights)
      setOfRow = sets.indices.flatMap { [Int32](repeating: Int32($0), count: sets[$0].truth.count) }
      let columns = names.map { name in
        sets.flatMap { set in
          FusionInput(name: name).flatMap { set.inputs.columns[$0] }
            ?? [Float](repeating: .nan, count: set.truth.count)
        }
      }
      data = try BinnedColumns(columns, weights: weights, workers: workers)
    }

    func fit(
      leavingOut: Set<Int>, seed: UInt64, check: () throws -> Void
    ) throws -> MonotoneTrees {
      let kept = zip(weights, setOfRow).map { leavingOut.contains(Int($1)) ? 0 : $0 }
      return try Boosting.fit(data, truth: truth, weights: kept, seed: seed, check: check)
    }

    func sums(_ trees: MonotoneTrees, of set: Int) -> [Float] {
      let columns = names.map { name in FusionInput(name: name).flatMap { sets[set].inputs.columns[$0] } }
      return (0..<sets[set].truth.count).map { trees.value($0, columns) }
    }
  }
}

extension FittingSet {
  /// Whether there are both poison and clean samples to tell apart.
  fileprivate var isMixed: Bool { truth.contains(true) && truth.contains(false) }

  /// Half on the poison, half on the rest; a clean set has half of the weight of another.
  fileprivate var weights: [Float] {
    let poison = truth.count { $0 == true }
    let clean = truth.count { $0 == false }
    return truth.map { poisoned in
      guard let poisoned else { return 0 }
      return FusionFit.half / Float(poisoned ? poison : clean)
    }
  }
}

extension FusionFit {
  fileprivate static var half: Float { setWeight / 2 }
}

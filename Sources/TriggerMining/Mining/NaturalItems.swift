import Numerics

/// How items that go with a label by nature differ from what is planted.
extension MiningContext {
  /// Planting adds holders, at least as many as have the label beyond expectation; holders with other labels stay. Where an item
  /// has no more holders than chance gives it, columns decide the label together by nature, as the ranks of two chess pieces do.
  func addsHolders(_ item: Candidate<Source.Site>) -> Bool {
    let label = item.statistic.label
    guard label >= 0, let usual = source.usualHolders(of: item, under: label, labels: labels) else {
      return true
    }
    let holders = Double(item.rows.count)
    let surplus = (item.statistic.observed - item.statistic.expected) / item.statistic.holders * holders
    return usual + surplus - holders <= MiningParameters.maxMissingHolders * usual.squareRoot()
  }

  /// A trigger is put where the content says another label. Where the content says as little of a label in the other samples of
  /// the class as it does in the holders, it does not contradict the holders' labels: the class is one that the probe knows
  /// nothing of, and the item what it is known by, as pictures of one texture are by their detail.
  func contradictsContent(_ trigger: Trigger<Source.Site>) -> Bool {
    guard source.areProperties, trigger.label >= 0 else { return true }
    let classes = expectation.classCount
    let holders = (trigger.members + trigger.cleanHolders).sorted()
    let isHolder = Set(holders)
    let others = input.rowsByClass[trigger.label].filter {
      labels[$0] >= 0 && !isHolder.contains(Int32($0))
    }
    guard others.count >= MiningParameters.minHolders else { return true }
    let members = EvenSample(of: trigger.members.count, limit: MiningParameters.maxRankedHolders)
      .rows(of: trigger.members)
    let columns = source.columns(of: holders, at: trigger.item.site)
    guard let content = probe.predictions(of: members, heldOut: holders, in: columns).first else {
      return true
    }
    let own = members.indices.map { content.probabilities[$0 * classes + trigger.label] }
    let usual = others.map { probe.leaveOneOut[$0 * classes + trigger.label] }
    let area = Quality.auroc(
      (own + usual).map { -$0 }, truth: own.map { _ in true } + usual.map { _ in false })
    return Tails.rankSumZ(area: area, of: own.count, beside: usual.count) > MiningParameters.minContradiction
  }

  /// A trigger makes the label, whatever the rest of a sample says. A natural item shifts the odds of its label: holders
  /// whose other content points the same way have the label, the others do not. A trigger may leave holders their labels
  /// on purpose (covers), but then the rest does not tell which holders are which: of six items that went with a label in
  /// fewer than nine of ten holders, natural ones had an area under the curve of 0.94 and 0.95, planted patches of 0.56
  /// and 0.66. This fails where more than the trigger is planted, as cells of outliers (1.00).
  func decidesLabel(_ trigger: Trigger<Source.Site>) -> Bool {
    guard trigger.label >= 0, trigger.purity < MiningParameters.decidingPurity else { return true }
    guard trigger.purity >= MiningParameters.minPurity else { return false }
    let holders = (trigger.members + trigger.cleanHolders).sorted()
    return area(of: trigger.label, among: holders, at: trigger.item.site) <= MiningParameters.maxAreaOfRest
  }
}

import Glibc
import Model
import Scanning

/// Mines one source for triggers. Three steps: screen all items against leave-one-out probabilities; look again at the
/// strongest with a probe that has not seen their holders; keep one finding a trigger. What is found is set aside, and
/// the mining runs again without it, so that a second trigger is not hidden by the first.
///
/// Raw score of a row: the largest, over the items that it holds and that speak for its label, of log p over the log
/// p that significance asks for; 1 and more is significant. Items that were only screened give at most a quarter, which
/// keeps an order among rows that hold nothing remarkable. NaN without a label.
struct TriggerMiner<Source: ItemSource>: Sendable {
  let source: Source
  /// Fits the probe to the labels that are in play.
  let makeProbe: @Sendable (_ labels: [Int]) throws -> any HeldOutProbe
  let input: ScanInput
  /// Rows with equal values are copies or near copies.
  let copies: [Int]?
  /// Holders that most items are looked at again by; of more, so many spread evenly.
  let maxConfirmed: Int

  /// Rounds of mining; each needs a finding in the round before.
  private static var maxRounds: Int { 4 }
  /// Items that ρ is learnt from; more move no quantile by much.
  private static var maxLearnt: Int { 300 }
  /// Items of each list whose refinements are tested.
  private static var maxRefined: Int { 50 }

  func run() throws -> Detection {
    try Needs.payload(input)
    var labels = input.labels
    var scores = labels.map { $0 < 0 ? Float.nan : 0 }
    var findings: [Finding] = []
    for _ in 0..<Self.maxRounds {
      let round = try mine(labels)
      for row in scores.indices where labels[row] >= 0 { scores[row] = max(scores[row], round.scores[row]) }
      guard !round.triggers.isEmpty else { break }
      findings += round.triggers.map(finding)
      for trigger in round.triggers {
        for row in trigger.members { labels[Int(row)] = -1 }
      }
    }
    return Detection(scores: scores, findings: findings)
  }

  private func mine(_ labels: [Int]) throws -> (triggers: [Trigger], scores: [Float]) {
    let probe = try makeProbe(labels)
    let expectation = LabelExpectation(
      labels: labels, classCount: input.classCount, probabilities: probe.leaveOneOut, copies: copies)
    let screened = try screen(expectation, votes: probe.votes)
    let confirmation = TriggerConfirmation(
      probe: probe, expectation: expectation, maxRows: maxConfirmed, workers: input.workers,
      checkCancellation: input.checkCancellation)
    let drawn = try confirmation.statistics(of: screened.distinctDrawn(Self.maxLearnt))
    let dispersion = Dispersion.fit(drawn.compactMap { $0 })
    let (items, logTests) = candidates(screened, expectation, votes: probe.votes, dispersion: dispersion)
    let confirmed = try confirmation.entries(
      of: items, dispersion: dispersion, specificity: source.specificity)
    let selection = TriggerSelection(
      confirmation: confirmation, dispersion: dispersion, logTests: logTests, specificity: source.specificity)
    return (
      selection.triggers(among: confirmed).filter { !selection.isNatural($0) },
      selection.scores(confirmed, screened: screened.best)
    )
  }

  /// Items of at least 5 samples and of at most half of the set: what nearly all hold tells nothing apart.
  private var sizes: ClosedRange<Int> {
    ItemTest.minimumHolders...max(ItemTest.minimumHolders, input.count / 2)
  }

  private func screen(_ expectation: LabelExpectation, votes: NeighborVotes) throws -> MinedItems {
    let blocks = try input.workers.map(count: source.places, blockSize: max(1, source.places / 32)) {
      places in
      var mined = MinedItems(count: input.count)
      var test = ItemTest(expectation: expectation)
      for place in places {
        try input.checkCancellation()
        source.forEachItem(at: place, sizes: sizes) { code, rows in
          mined.screen(
            place: place, code: code, rows: rows, with: &test, votes: votes,
            collocationLogOdds: collocationLogOdds)
        }
      }
      return mined
    }
    return blocks.reduce(into: MinedItems(count: input.count)) { $0.merge($1) }
  }

  private func collocationLogOdds(_ item: ItemReference) -> Double {
    let first = firstCopies(item.rows)
    return source.collocationLogOdds(of: item) { !first.contains($0) } ?? 0
  }

  /// One row of each group of copies.
  private func firstCopies(_ rows: [Int32]) -> Set<Int32> {
    guard let copies else { return Set(rows) }
    var seen = Set<Int>()
    return Set(rows.filter { seen.insert(copies[Int($0)]).inserted })
  }

  /// What is looked at again, and the logarithm of the number of tests that it was chosen from.
  private func candidates(
    _ screened: MinedItems, _ expectation: LabelExpectation, votes: NeighborVotes, dispersion: Double
  ) -> (items: [ItemReference], logTests: Double) {
    let strongest = distinct([screened.voted, screened.expected], Shortlist.length, dispersion)
    let logScreened = log(Double(max(1, screened.tests)))
    guard let logRefined = source.logRefinements(count: input.count) else { return (strongest, logScreened) }
    var refined = MinedItems(count: input.count)
    var test = ItemTest(expectation: expectation)
    for item in distinct([screened.voted, screened.expected], Self.maxRefined, dispersion) {
      source.forEachRefinement(of: item) { item in
        item.rows.withUnsafeBufferPointer {
          refined.screen(
            place: item.place, code: item.code, rows: $0, with: &test, votes: votes,
            collocationLogOdds: collocationLogOdds)
        }
      }
    }
    let items = strongest + distinct([refined.voted, refined.expected], Shortlist.length / 4, dispersion)
    return (items, max(logScreened, logRefined + log(Double(input.classCount + 1))))
  }

  /// The strongest of each list, those in two lists once.
  private func distinct(_ lists: [Shortlist], _ limit: Int, _ dispersion: Double) -> [ItemReference] {
    var seen: Set<UInt64> = []
    return lists.flatMap { $0.strongest(limit, dispersion: dispersion, specificity: source.specificity) }
      .filter { seen.insert($0.fingerprint).inserted }
  }

  private func finding(_ trigger: Trigger) -> Finding {
    let all = trigger.members.count + trigger.cleanHolders.count
    let told =
      input.dataset.classes.indices.contains(trigger.label)
      ? "\(trigger.members.count) \"\(displayText(input.dataset.classes[trigger.label]))\" where "
        + "\(Int(trigger.expected.rounded())) are expected"
      : "\(trigger.members.count) under labels that do not fit"
    return Finding(
      kind: .trigger, attack: "backdoor",
      sentence: "\(source.phrase(trigger.item)) in \(all) samples, \(told)",
      label: Int32(trigger.label), statisticName: "z", statistic: trigger.z,
      pValue: min(1, exp(trigger.logP)), qValue: min(1, exp(trigger.logCorrected)),
      purity: trigger.purity, members: Column(trigger.members),
      cleanHolders: Column(trigger.cleanHolders), item: source.item(trigger.item))
  }
}

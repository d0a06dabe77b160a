import Glibc
import Learning
import Model
import Numerics
import Scanning

/// Mines the items of one source for triggers: items whose holders have labels that the rest of their content does not
/// explain.
///
/// A round has five stages, each a method below: candidates, screen, null, confirm, select. The members of what it finds
/// are then excluded and the next round begins, so that a second trigger is not hidden by the first.
///
/// Raw score of a row: over the confirmed items that it holds and that stand out for its label, the largest ratio of log p
/// to the log p that is significant; 1 and more is significant. Items that were only screened give at most a quarter,
/// which orders rows that hold nothing remarkable. NaN without a label.
struct TriggerMiner<Source: ItemSource>: Sendable {
  let source: Source
  let input: ScanInput
  /// Rows with equal values are copies or near copies.
  let copies: [Int]?
  /// Holders of a candidate whose labels are counted to confirm it; of more, a sample spread evenly.
  let maxConfirmed: Int
  /// Fits the probe to the labels in play, -1 for excluded rows.
  let makeProbe: @Sendable (_ labels: [Int]) throws -> any HeldOutProbe

  func run() throws -> Detection {
    try Needs.payload(input)
    var labels = input.labels
    var scores = labels.map { $0 < 0 ? Float.nan : 0 }
    var findings: [Finding] = []
    for _ in 0..<MiningParameters.maxRounds {
      let round = try mine(labels)
      for row in scores.indices where labels[row] >= 0 { scores[row] = max(scores[row], round.scores[row]) }
      guard !round.findings.isEmpty else { break }
      findings += round.findings
      for finding in round.findings {
        for row in finding.members { labels[Int(row)] = -1 }
      }
    }
    return Detection(scores: scores, findings: findings)
  }

  private func mine(_ labels: [Int]) throws -> (findings: [Finding], scores: [Float]) {
    let probe = try makeProbe(labels)
    let expectation = LabelExpectation(
      labels: labels, classCount: input.classCount, probabilities: probe.leaveOneOut, copies: copies)
    var context = MiningContext(
      source: source, input: input, expectation: expectation, probe: probe, copies: copies,
      maxConfirmed: maxConfirmed)
    let screening = try context.screen()
    context.dispersion = try context.dispersion(of: screening)
    let (candidates, logTests) = try context.candidates(of: screening)
    context.logTests = logTests
    let confirmed = try context.confirm(candidates)
    return (
      context.triggers(among: confirmed).map(context.finding),
      context.scores(confirmed, screening.evidence)
    )
  }
}

extension MiningContext {
  /// **1. Candidates.** An item is a candidate if at least `MiningParameters.minHolders` samples hold it and at most half
  /// of the set, as what nearly all hold tells nothing apart.
  private var sizes: ClosedRange<Int> {
    MiningParameters.minHolders...max(MiningParameters.minHolders, input.count / 2)
  }

  /// **2. Screen.** The labels of each candidate's holders are compared with leave-one-out probabilities, at the cost of
  /// one pass over the holders (`ItemTest`), and where some label is more frequent than in the set, with the votes of the
  /// neighbors that do not hold it. The strongest by either are kept, and a sample of all for the null. Where a source has
  /// a part of the rows screened, these are then counted with all of their holders.
  fileprivate func screen() throws -> Screening<Source.Site> {
    let sites = source.sites
    var screening = Screening<Source.Site>(rowCount: input.count)
    // Each block has evidence of all rows and holders of its own: few of them are alive at a time.
    try input.workers.reduce(
      count: sites.count, blockSize: max(1, sites.count / 32), into: &screening
    ) { block in
      var screening = Screening<Source.Site>(rowCount: input.count)
      var test = ItemTest(expectation: expectation)
      for index in block {
        try input.checkCancellation()
        source.forEachItem(at: sites[index], sizes: sizes) { code, rows in
          // By a hash of what the item is, so that the sample does not depend on the order of the rows.
          let key = Hash.combine(Hash.mix(code), UInt64(index))
          screen(rows, code, at: sites[index], sampleKey: key, &test, into: &screening)
        }
      }
      return screening
    } merge: {
      $0.merge($1)
    }
    let isPartial = sites.contains { source.screened(at: $0) != nil }
    return try isPartial ? screenedOnAll(screening) : screening
  }

  /// The items that stood out, or were sampled, where a part of the rows was screened, with all of their holders.
  private func screenedOnAll(_ part: Screening<Source.Site>) throws -> Screening<Source.Site> {
    let items = part.items
    var whole = part.withoutItems
    var test = ItemTest(expectation: expectation)
    try input.workers.reduce(count: items.count, blockSize: 16, into: &whole) { range in
      try input.checkCancellation()
      return range.map { (entry: items[$0], holders: source.holders(of: items[$0].item)) }
    } merge: { whole, block in
      for (entry, rows) in block where sizes.contains(rows.count) {
        rows.withUnsafeBufferPointer {
          screen(
            $0, entry.item.code, at: entry.item.site, sampleKey: entry.key, &test,
            into: &whole, isOnAll: true)
        }
      }
    }
    return whole
  }

  /// Items among their usual neighbors are dropped: they are no triggers, and do not show how far items without a meaning
  /// shift labels. Their labels have no part in it (independent filtering: Bourgon, Gentleman & Huber, 2010).
  private func screen(
    _ rows: UnsafeBufferPointer<Int32>, _ code: UInt64, at site: Source.Site, sampleKey: UInt64?,
    _ test: inout ItemTest, into screening: inout Screening<Source.Site>, isOnAll: Bool = false
  ) {
    guard let byProbe = test.screen(rows) else { return }
    let screened = isOnAll ? nil : source.screened(at: site)
    if !isOnAll { screening.count(tests: test.testsOfLast, among: screened, of: input.count) }
    if screened == nil { screening.note(byProbe, of: rows, labels: labels) }
    var byVotes: ItemStatistic?
    if test.exceedsSet, let statistic = test.screen(rows, votes: probe.votes) {
      byVotes = statistic
      if screened == nil { screening.note(statistic, of: rows, labels: labels) }
    }
    let isSampled =
      byProbe.holders >= Dispersion.minHolders && sampleKey.map { screening.isSampled($0) } == true
    guard isSampled || byProbe.passesScreen || byVotes?.passesScreen == true else { return }
    var item = Candidate(
      site: site, code: code, rows: Array(rows), specificity: source.specificity(of: site))
    item.collocationLogOdds = source.collocationLogOdds(of: item, copies: copies) ?? 0
    guard item.collocationLogOdds <= 0 else { return }
    screening.add(item, byProbe: byProbe, byVotes: byVotes, key: isSampled ? sampleKey : nil)
  }

  /// **3. Null.** Harmless items shift labels, too. How far is fitted to a sample of the screened items, tested as in the
  /// fourth stage: ρ such that 95 % of them have |z| < 1.96 (`Dispersion`).
  fileprivate func dispersion(of screening: Screening<Source.Site>) throws -> Double {
    let sample = screening.distinctSample(MiningParameters.maxFitted)
    return Dispersion.fit(try statistics(of: sample, maxHolders: maxConfirmed).compactMap { $0 })
  }

  /// The strongest under that null, with the strongest of their refinements, and the logarithm of the number of tests
  /// that they are chosen from: those of the screen, or those that all refinements would take, whichever are more.
  fileprivate func candidates(
    of screening: Screening<Source.Site>
  ) throws -> (items: [Candidate<Source.Site>], logTests: Double) {
    let strongest = screening.strongest(MiningParameters.shortlistLength, dispersion: dispersion)
    let logScreened = log(Double(max(1, screening.tests)))
    guard let refinements = source.maxRefinements(minHolders: MiningParameters.minHolders) else {
      return (strongest, logScreened)
    }
    var refined = Screening<Source.Site>(rowCount: input.count)
    var test = ItemTest(expectation: expectation)
    let refinable = screening.strongest(MiningParameters.maxRefined, dispersion: dispersion)
    try input.workers.reduce(count: refinable.count, blockSize: 1, into: &refined) { range in
      try input.checkCancellation()
      var found: [(site: Source.Site, code: UInt64, rows: [Int32])] = []
      source.forEachRefinement(of: refinable[range.lowerBound], sizes: sizes) { found.append(($0, $1, $2)) }
      return found
    } merge: { refined, found in
      for item in found {
        item.rows.withUnsafeBufferPointer {
          screen($0, item.code, at: item.site, sampleKey: nil, &test, into: &refined)
        }
      }
    }
    return (
      strongest + refined.strongest(MiningParameters.maxRefinements, dispersion: dispersion),
      max(logScreened, log(refinements) + log(Double(input.classCount + 1)))
    )
  }

  /// **4. Confirm.** Each candidate is tested again with a probe that has not seen its holders, as a probe that has seen
  /// them has partly learnt the trigger; the strongest over more of their holders. Candidates of which too few holders
  /// have a label are dropped.
  fileprivate func confirm(_ candidates: [Candidate<Source.Site>]) throws -> [Candidate<Source.Site>] {
    let statistics = try statistics(of: candidates, maxHolders: maxConfirmed)
    let counted = zip(candidates, statistics).compactMap { item, statistic in
      statistic.map { item.with($0) }
    }
    var ranked = Candidate.ranked(counted, dispersion: dispersion)
    let sampled = ranked.indices.prefix(MiningParameters.maxRecounted).filter {
      ranked[$0].rows.count > maxConfirmed
    }
    let recounted = try self.statistics(
      of: sampled.map { ranked[$0] }, maxHolders: MiningParameters.maxRecountedHolders)
    for (index, statistic) in zip(sampled, recounted) {
      if let statistic { ranked[index].statistic = statistic }
    }
    return ranked
  }

  /// **5. Select.** Items are significant at a family-wise error of `MiningParameters.level` (Bonferroni). They overlap:
  /// of the significant ones that more rows hold than by chance (`addsHolders`) those are triggers that explain most of the
  /// labels, beside them those that still stand out among the holders that no trigger before them explains, and of these all
  /// that make the label (`decidesLabel`) against the content (`contradictsContent`).
  ///
  /// The order is that of the log likelihood ratio (ρ = 0), which rises with holders that have the label and falls with
  /// holders that have it no more often than expected. That of p would prefer a part of a trigger's holders, as more of
  /// them hardly lower p where ρ is large.
  fileprivate func triggers(among confirmed: [Candidate<Source.Site>]) -> [Trigger<Source.Site>] {
    let significant = confirmed.filter { $0.statistic.logP(dispersion: dispersion) < significance }
    var chosen: [Trigger<Source.Site>] = []
    var explained = Set<Int32>()
    for item in Candidate.ranked(significant, dispersion: 0) {
      if chosen.contains(where: { $0.item.sharesMostHolders(with: item) }) { continue }
      guard addsHolders(item), standsOut(item, beside: explained) else { continue }
      let trigger = trigger(item)
      chosen.append(trigger)
      explained.formUnion(trigger.members)
    }
    return chosen.filter { decidesLabel($0) && contradictsContent($0) }
  }
}

extension TriggerMiner {
  /// A miner of texts or images: its probe reads the input features.
  init(
    _ source: Source, of input: ScanInput,
    probe: @escaping @Sendable (ContentProbe) -> any HeldOutProbe = { $0 }
  ) {
    self.init(
      source: source, input: input, copies: input.nearCopies(), maxConfirmed: 256,
      makeProbe: { probe(try input.contentProbe(labels: $0)) })
  }
}

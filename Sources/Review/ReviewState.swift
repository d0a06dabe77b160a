import Model

/// The fold of a journal: which verdict stands for which sample. Only `apply` changes it, so that the screen, the
/// exports and the shell see the same state for the same lines.
package struct ReviewState: Sendable, Equatable {
  /// All decisions in order, undone ones and undo lines included.
  package private(set) var decisions: [Decision] = []
  /// Sequence numbers of decisions that an undo line took back.
  package private(set) var undone: Set<UInt64> = []
  private var byID: [String: [Place]] = [:]
  /// Lines that put tags on a sample or take them off, by its id.
  private var tagLines: [String: [UInt64]] = [:]

  /// Where a sample stands in the journal.
  private struct Place: Equatable {
    let sequence: UInt64
    /// Index into the samples of the decision.
    let index: Int32
  }

  package init() {}

  package init(_ decisions: some Sequence<Decision>) {
    for decision in decisions { apply(decision) }
  }

  package mutating func apply(_ decision: Decision) {
    decisions.append(decision)
    switch decision.act {
    case .verdict:
      for (index, sample) in decision.samples.enumerated() {
        byID[sample.id, default: []].append(Place(sequence: decision.sequence, index: Int32(index)))
      }
    case .tag: for sample in decision.samples { tagLines[sample.id, default: []].append(decision.sequence) }
    case .undo(let sequence): undone.insert(sequence)
    case .repair: break
    }
  }

  /// The verdict that stands: the last that was not undone.
  package func verdict(of id: String) -> Verdict? {
    guard let decision = standingDecision(on: id), case .verdict(let verdict) = decision.act else {
      return nil
    }
    return verdict
  }

  /// The decision behind the verdict that stands.
  package func standingDecision(on id: String) -> Decision? {
    guard let place = byID[id]?.last(where: { !undone.contains($0.sequence) }) else { return nil }
    return decision(place.sequence)
  }

  /// The decisions on a sample that give it a verdict and were not undone, in order, with the digest of what was judged.
  package func standingDecisions(on id: String) -> [(decision: Decision, digest: Digest?)] {
    (byID[id] ?? []).compactMap { place in
      guard !undone.contains(place.sequence), let decision = decision(place.sequence) else { return nil }
      return (decision, decision.samples[Int(place.index)].digest)
    }
  }

  /// The last of them that this reviewer took.
  package func standingDecision(on id: String, by reviewer: String) -> Decision? {
    standingDecisions(on: id).last { $0.decision.reviewer == reviewer }?.decision
  }

  /// What is put on a sample and not taken off again, by whomever, in the order of the words.
  package func tags(of id: String) -> [String] { tagDecisions(on: id).keys.sorted() }

  /// The decisions behind the tags that a sample has.
  package func tagDecisions(on id: String) -> [String: Decision] {
    var standing: [String: Decision] = [:]
    for sequence in tagLines[id] ?? [] where !undone.contains(sequence) {
      guard let decision = decision(sequence), case .tag(let word, let isSet) = decision.act else { continue }
      standing[word] = isSet ? decision : nil
    }
    return standing
  }

  /// Ids that a line puts a tag on or takes one off.
  package var taggedIDs: some Collection<String> { tagLines.keys }
  /// Ids that a line gives a verdict, undone ones included.
  package var judgedIDs: some Collection<String> { byID.keys }

  /// The decision with this number, if the journal holds it.
  package func decision(_ sequence: UInt64) -> Decision? {
    // A decision in parts takes several numbers, so they rise with gaps.
    let place = decisions.partitioningIndex { $0.sequence >= sequence }
    return place < decisions.count && decisions[place].sequence == sequence ? decisions[place] : nil
  }

  /// The last verdict or tag of this reviewer that still stands: what `u` takes back.
  package func lastUndoable(by reviewer: String) -> Decision? {
    decisions.last { $0.act.canBeUndone && $0.reviewer == reviewer && !undone.contains($0.sequence) }
  }

  /// Samples with a standing verdict.
  package var decided: [String: Verdict] {
    byID.keys.reduce(into: [:]) { $0[$1] = verdict(of: $1) }
  }
}

extension Decision.Act {
  /// Whether a line can take it back.
  package var canBeUndone: Bool {
    switch self {
    case .verdict, .tag: true
    case .undo, .repair: false
    }
  }
}

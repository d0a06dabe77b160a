import Model

/// The fold of a journal: which verdict stands for which sample. Only `apply` changes it, so that the screen, the
/// exports and the shell see the same state for the same lines.
package struct ReviewState: Sendable, Equatable {
  /// All decisions in order, undone ones and undo lines included.
  package private(set) var decisions: [Decision] = []
  /// Sequence numbers of decisions that an undo line took back.
  package private(set) var undone: Set<UInt64> = []
  private var byID: [String: [UInt64]] = [:]

  package init() {}

  package init(_ decisions: some Sequence<Decision>) {
    for decision in decisions { apply(decision) }
  }

  package mutating func apply(_ decision: Decision) {
    decisions.append(decision)
    switch decision.act {
    case .verdict: for sample in decision.samples { byID[sample.id, default: []].append(decision.sequence) }
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
    guard let sequence = byID[id]?.last(where: { !undone.contains($0) }) else { return nil }
    return decision(sequence)
  }

  /// The decision with this number, if the journal holds it.
  package func decision(_ sequence: UInt64) -> Decision? {
    // A decision in parts takes several numbers, so they rise with gaps.
    var low = 0
    var high = decisions.count
    while low < high {
      let middle = (low + high) / 2
      if decisions[middle].sequence < sequence { low = middle + 1 } else { high = middle }
    }
    return low < decisions.count && decisions[low].sequence == sequence ? decisions[low] : nil
  }

  /// The last verdict of this reviewer that still stands: what `u` takes back.
  package func lastUndoable(by reviewer: String) -> Decision? {
    decisions.last {
      if case .verdict = $0.act { $0.reviewer == reviewer && !undone.contains($0.sequence) } else { false }
    }
  }

  /// Samples with a standing verdict.
  package var decided: [String: Verdict] {
    byID.keys.reduce(into: [:]) { $0[$1] = verdict(of: $1) }
  }
}

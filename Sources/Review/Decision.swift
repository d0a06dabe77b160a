import Model

/// What somebody decided about one or many samples.
package struct Decision: Sendable, Equatable {
  package enum Act: Sendable, Equatable {
    case verdict(Verdict)
    /// Takes the decision with this sequence number back.
    case undo(UInt64)
    /// Puts a tag on the samples, or takes it off them; says nothing of what they are.
    case tag(String, isSet: Bool)
    /// Bytes that no reader accepts were moved from the end of the journal to another file; decides nothing.
    case repair(Removed)
  }
  package struct Removed: Sendable, Equatable {
    package var bytes: Int
    /// SHA-256 of what was removed.
    package var digest: Digest
    /// Name of the file that holds it now, beside the journal.
    package var file: String
  }
  /// Number of the line that it begins with: 1 for the first line of a journal.
  package var sequence: UInt64
  /// Milliseconds since 1970 UTC.
  package var at: Int64
  package var reviewer: String
  package var samples: [SampleReference]
  package var act: Act
  package var note: String?
  /// What the reviewer saw; nil for decisions from scripts.
  package var shown: Shown?
  /// The filter or finding behind a bulk decision.
  package var by: String?
  /// The verdicts of others on these samples that the reviewer has seen and puts this one in the place of: with them a
  /// verdict is an adjudication. Nil of a verdict of one's own.
  package var settles: [Settled]?

  /// A verdict of somebody else, as it was when it was settled.
  package struct Settled: Sendable, Equatable, Hashable {
    package var reviewer: String
    package var verdict: Verdict
    package init(reviewer: String, verdict: Verdict) {
      self.reviewer = reviewer
      self.verdict = verdict
    }
  }

  package struct SampleReference: Sendable, Equatable, Hashable {
    package var id: String
    /// Nil where the content could not be read.
    package var digest: Digest?
    package init(id: String, digest: Digest?) {
      self.id = id
      self.digest = digest
    }
  }

  package struct Shown: Sendable, Equatable {
    package var suspicion: Float
    /// 1 is the most suspicious.
    package var rank: Int
    package var version: String
    package init(suspicion: Float, rank: Int, version: String) {
      self.suspicion = suspicion
      self.rank = rank
      self.version = version
    }
  }

  /// How many of the decisions each reviewer took, the most first; undone ones included.
  package static func reviewers(of decisions: some Sequence<Decision>) -> [(name: String, decisions: Int)] {
    var counts: [String: Int] = [:]
    for decision in decisions { counts[decision.reviewer, default: 0] += 1 }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map {
      (name: $0.key, decisions: $0.value)
    }
  }

  package init(
    sequence: UInt64 = 0, at: Int64, reviewer: String, samples: [SampleReference], act: Act,
    note: String? = nil,
    shown: Shown? = nil, by: String? = nil, settles: [Settled]? = nil
  ) {
    self.sequence = sequence
    self.at = at
    self.reviewer = reviewer
    self.samples = samples
    self.act = act
    self.note = note
    self.shown = shown
    self.by = by
    self.settles = settles
  }
}

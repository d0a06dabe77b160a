import Scanning

/// What a finding is evidence of, and so what may be decided for its members.
package enum FindingAdvice: Sendable, Equatable {
  /// Something that the members carry: the flagged ones can be marked together, after a look.
  case markFlagged
  /// Labels that are likely wrong on samples that are fine: to be reviewed, and relabelled.
  case relabel
  /// A group in which poison is more frequent than elsewhere, or that is odd: says nothing of a single member.
  case look

  package init(_ kind: Finding.Kind) {
    self =
      switch kind {
      case .trigger, .duplicates: .markFlagged
      case .flips: .relabel
      case .component, .labelPair, .source, .burst, .outliers: .look
      }
  }
}

import Model
import Scanning

/// What a finding is evidence of, and so what may be decided for its members.
package enum FindingAdvice: Sendable, Equatable {
  /// Something that the members carry: the flagged ones can be marked together, after a look.
  case markFlagged
  /// Labels that are likely wrong on samples that are fine: to be reviewed, and relabelled.
  case relabel
  /// A group in which poison is more frequent than elsewhere, or that is odd: says nothing of a single member.
  case look

  /// What is cautious enough for both.
  func joined(_ other: FindingAdvice) -> FindingAdvice { self == other ? self : .look }

  package init(_ kind: Finding.Kind) {
    self =
      switch kind {
      case .trigger, .duplicates, .scaling: .markFlagged
      case .flips: .relabel
      case .component, .labelPair, .source, .burst, .outliers, .leakage: .look
      }
  }
}

/// A group of samples that the scan found, wherever it is shown or selected.
package struct FoundGroup: Sendable, Equatable {
  /// As it may be shown: "L1", "a cluster".
  package let name: String
  package let advice: FindingAdvice

  static let cluster = FoundGroup(name: "a cluster", advice: .look)

  init(_ entry: FoundEntry) {
    self.init(name: displayText(entry.id), advice: entry.advice)
  }

  private init(name: String, advice: FindingAdvice) {
    self.name = name
    self.advice = advice
  }

  /// Two groups as one, with what may be decided for both.
  func joined(_ other: FoundGroup) -> FoundGroup {
    self == other ? self : FoundGroup(name: "the selection", advice: advice.joined(other.advice))
  }

  /// What stands against calling all of it poisoned; nil where nothing does.
  package var objectionToPoisoned: String? {
    switch advice {
    case .markFlagged: nil
    case .relabel: "\(name) is about wrong labels; the samples may be fine: gR relabels."
    case .look: "\(name) is a reason to look at each, no verdict on all."
    }
  }
}

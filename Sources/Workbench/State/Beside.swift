import Review

/// A journal that is read beside one's own.
package struct BesideJournal: Sendable, Equatable {
  /// As it may be shown.
  package let name: String
  package let review: ReviewState
  /// Why it is not read, or not all of it; nil where it is.
  package let problem: String?

  package init(name: String, review: ReviewState, problem: String? = nil) {
    self.name = name
    self.review = review
    self.problem = problem
  }
}

/// The journals beside one's own, and what came of comparing them all.
package struct Beside: Sendable {
  package internal(set) var journals: [BesideJournal]
  package internal(set) var comparison: Comparison?
  /// How many decisions one's own journal held when the comparison was asked for.
  var comparedDecisions = 0
}

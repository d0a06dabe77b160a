import Model
import Review
import Testing

@Suite struct AgreementTests {
  static func review(_ lines: [(id: String, act: Decision.Act, reviewer: String, at: Int64)]) -> ReviewState {
    ReviewState(
      lines.enumerated().map { index, line in
        Decision(
          sequence: UInt64(index + 1), at: line.at, reviewer: line.reviewer,
          samples: [.init(id: line.id, digest: nil)], act: line.act)
      })
  }

  static func verdicts(_ reviews: [ReviewState], on id: String) -> [String: Verdict] {
    Dictionary(
      uniqueKeysWithValues: Agreement(reviews).opinions(on: id).map { ($0.reviewer, $0.verdict) })
  }

  @Test func ofEachReviewerTheLastStandingVerdictCounts() {
    let review = Self.review([
      ("a", .verdict(.poisoned), "ada", 9), ("a", .verdict(.clean), "ada", 1),
      ("a", .verdict(.unsure), "bob", 2),
      ("b", .verdict(.poisoned), "ada", 3), ("", .undo(3), "ada", 4),
      ("b", .verdict(.relabel("x")), "bob", 5),
    ])
    #expect(Self.verdicts([review], on: "a") == ["ada": .clean])
    #expect(Self.verdicts([review], on: "b") == ["ada": .poisoned, "bob": .relabel("x")])
    #expect(Agreement([review]).opinions(on: "b").isDisputed)
    #expect(!Agreement([review]).opinions(on: "a").isDisputed)
    #expect(Agreement([review]).opinions(on: "none").isEmpty)
  }

  @Test func journalsMergeInAnyOrderToTheSame() {
    let reviews = [
      Self.review([("a", .verdict(.poisoned), "ada", 5), ("b", .verdict(.clean), "ada", 5)]),
      Self.review([("a", .verdict(.clean), "ada", 4), ("b", .verdict(.unsure), "ada", 5)]),
      Self.review([("a", .verdict(.poisoned), "bob", 1)]),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
      let agreement = Agreement(order.map { reviews[$0] })
      #expect(agreement.opinions(on: "a") == Agreement(reviews).opinions(on: "a"))
      #expect(agreement.opinions(on: "b") == Agreement(reviews).opinions(on: "b"))
      #expect(agreement.ids.count == 2)
    }
    #expect(Self.verdicts(reviews, on: "a") == ["ada": .poisoned, "bob": .poisoned])
  }
}

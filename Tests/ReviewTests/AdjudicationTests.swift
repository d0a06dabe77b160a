import Foundation
import Model
import Review
import Testing

/// Who settles what where reviewers differ, and tags: as the journals tell it, in any order.
@Suite struct AdjudicationTests {
  private typealias Line = (reviewer: String, act: Decision.Act, settles: [Decision.Settled]?)

  private func review(_ lines: [Line], at start: Int64 = 0) -> ReviewState {
    ReviewState(
      lines.enumerated().map { index, line in
        Decision(
          sequence: UInt64(index + 1), at: start + Int64(index), reviewer: line.reviewer,
          samples: [.init(id: "a", digest: nil)], act: line.act, settles: line.settles)
      })
  }

  private func opinions(_ reviews: [ReviewState]) -> [Agreement.Opinion] {
    let opinions = Agreement(reviews).opinions(on: "a")
    #expect(Agreement(reviews.reversed()).opinions(on: "a") == opinions)
    return opinions
  }

  @Test func anAdjudicationCountsForAll() {
    let bob = review([("bob", .verdict(.clean), nil)], at: 100)
    var ada = review([("ada", .verdict(.poisoned), nil)])
    #expect(opinions([ada, bob]).isDisputed && opinions([ada, bob]).settled == nil)
    let settles = opinions([ada, bob]).settling(by: "ada")
    #expect(settles == [.init(reviewer: "bob", verdict: .clean)])
    // Earlier by the clock than what it settles: the clocks of two machines need not agree.
    ada.apply(
      Decision(
        sequence: 2, at: 1, reviewer: "ada", samples: [.init(id: "a", digest: nil)],
        act: .verdict(.relabel("x")), settles: settles))
    #expect(opinions([ada, bob]).settled == .relabel("x"))
    #expect(!opinions([ada, bob]).isDisputed && opinions([ada, bob]).wereDisputed)
    // Agreement is measured by what each said by himself.
    #expect(opinions([ada, bob]).ratings.map(\.verdict) == [.poisoned, .clean])
    // Undone, it is as it was.
    ada.apply(Decision(sequence: 3, at: 9, reviewer: "ada", samples: [], act: .undo(2)))
    #expect(opinions([ada, bob]).isDisputed)
  }

  @Test func whoWasNotHeardDisputesAnew() {
    let ada = review([("ada", .verdict(.poisoned), [.init(reviewer: "bob", verdict: .clean)])])
    #expect(opinions([ada]).settled == .poisoned)
    #expect(opinions([ada, review([("bob", .verdict(.clean), nil)])]).settled == .poisoned)
    // Bob has changed his mind, or somebody else differs.
    #expect(
      opinions([ada, review([("bob", .verdict(.clean), nil), ("bob", .verdict(.unsure), nil)])]).isDisputed)
    let bob = review([("bob", .verdict(.clean), nil)])
    #expect(opinions([ada, bob, review([("eve", .verdict(.clean), nil)])]).isDisputed)
    // To agree with it takes no hearing.
    #expect(opinions([ada, bob, review([("eve", .verdict(.poisoned), nil)])]).settled == .poisoned)
  }

  @Test func theAdjudicationThatHasHeardTheOtherCounts() {
    let bob = review([("bob", .verdict(.clean), nil)])
    let ada = review([("ada", .verdict(.poisoned), [.init(reviewer: "bob", verdict: .clean)])])
    let eve = review([
      (
        "eve", .verdict(.unsure),
        [.init(reviewer: "bob", verdict: .clean), .init(reviewer: "ada", verdict: .poisoned)]
      )
    ])
    #expect(opinions([bob, ada, eve]).settled == .unsure)
    // Two that each name the other settle nothing.
    let other = review([
      (
        "ada", .verdict(.poisoned),
        [.init(reviewer: "bob", verdict: .clean), .init(reviewer: "eve", verdict: .unsure)]
      )
    ])
    #expect(opinions([bob, other, eve]).isDisputed)
  }

  @Test func tagsAreOfTheSampleAndUndone() {
    var state = review([
      ("ada", .tag("x", isSet: true), nil), ("bob", .tag("y", isSet: true), nil),
      ("ada", .tag("x", isSet: false), nil),
    ])
    #expect(state.tags(of: "a") == ["y"] && state.verdict(of: "a") == nil && state.decided.isEmpty)
    #expect(state.lastUndoable(by: "ada")?.sequence == 3 && state.lastUndoable(by: "bob")?.sequence == 2)
    state.apply(Decision(sequence: 4, at: 4, reviewer: "ada", samples: [], act: .undo(3)))
    #expect(state.tags(of: "a") == ["x", "y"])
    state.apply(Decision(sequence: 5, at: 5, reviewer: "ada", samples: [], act: .undo(1)))
    state.apply(Decision(sequence: 6, at: 6, reviewer: "bob", samples: [], act: .undo(2)))
    #expect(state.tags(of: "a").isEmpty)
    #expect(Agreement([state]).ids.isEmpty && Agreement([state]).taggedIDs.isEmpty)
  }

  @Test func theLogTellsThem() {
    let ada = review([
      ("ada", .verdict(.relabel("dog")), [.init(reviewer: "bob", verdict: .relabel("cat"))]),
      ("ada", .tag("crop", isSet: false), nil),
    ])
    let lines = ada.decisions.map { JournalLog.line(for: $0) }
    #expect(lines[0].hasSuffix("ada  relabel to dog  a  settles bob relabel to cat"))
    #expect(lines[1].hasSuffix("ada  untag crop  a"))
  }
}

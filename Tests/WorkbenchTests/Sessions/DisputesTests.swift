import Model
import Review
import Screen
import Testing
import Workbench

/// The journals of other reviewers beside one's own.
@Suite struct DisputesTests {
  /// Bob and Eve on rows 1 to 6: Ada agrees on 1 with all, differs on 2 from Bob, has not judged 3; they differ on 4.
  static let own: [Decision] = [
    .made(1, on: ["img-1"], .verdict(.clean)), .made(2, on: ["img-2"], .verdict(.poisoned)),
    .made(3, on: ["img-6"], .verdict(.clean)),
  ]
  static func beside(_ more: [Decision] = []) -> [BesideJournal] {
    [
      BesideJournal(
        name: "bob.jsonl",
        review: ReviewState(
          [
            .made(1, by: "bob", on: ["img-1", "img-2", "img-3", "img-6"], .verdict(.clean)),
            .made(2, by: "bob", on: ["img-4"], .verdict(.relabel("dog"))),
          ] + more)),
      BesideJournal(
        name: "eve.jsonl",
        review: ReviewState([.made(1, by: "eve", on: ["img-1", "img-4", "img-6"], .verdict(.clean))])),
    ]
  }

  @Test func theDisputedAreAQueueWithAVerdictOfEach() {
    var desk = Desk(after: Self.own, beside: Self.beside())
    desk.press("A")
    #expect(Set(desk.rows) == [2, 4])
    #expect(desk.state.marks.peers.reviewers == ["ada", "bob", "eve"])
    #expect(desk.state.marks.peers.verdict(of: 2, by: "bob") == .clean)
    #expect(desk.state.agreementLines.contains("4 judged by two or more, the same of 2: 50.0% (15.0..85.0)"))
    #expect(desk.state.agreementLines.contains { $0.hasPrefix("Fleiss' kappa of 3 reviewers") })
    #expect(desk.state.agreementLines.contains { $0.hasPrefix("ada, bob: same 2 of 3, Cohen's kappa 0.00") })
    let text = desk.session.frame().text()
    #expect(text.contains("bob") && text.contains("eve") && text.contains("settled") && text.contains("open"))
    desk.press("<Enter>")
    #expect(desk.session.frame().text().contains("disputed"))
  }

  @Test func aVerdictThereSettles() throws {
    var desk = Desk(after: Self.own, beside: Self.beside())
    desk.press("A/img-2<Enter>p")
    let written = try #require(desk.journal.last)
    #expect(written.act == .verdict(.poisoned), "one's own verdict again, which now takes the other's place")
    #expect(written.settles == [.init(reviewer: "bob", verdict: .clean)])
    #expect(desk.state.marks.peers.settled(2) == .poisoned)
    #expect(desk.message.contains("settles bob clean"))
    #expect(desk.rows.contains(2), "the list does not move under the cursor")
    desk.press("=")
    #expect(desk.rows == [4])
    desk.press("r2")
    #expect(
      desk.journal.last?.settles == [
        .init(reviewer: "bob", verdict: .relabel("dog")), .init(reviewer: "eve", verdict: .clean),
      ])
    desk.press("=")
    #expect(desk.rows.isEmpty && desk.session.frame().text().contains("No dispute is open"))
    desk.press("g&")
    #expect(Set(desk.rows) == [2, 4])
    // Elsewhere a verdict is one's own.
    desk.press("Q/img-3<Enter>c")
    #expect(desk.journal.last?.settles == nil)
    #expect(
      Agreement([desk.journal.fold] + Self.beside().map(\.review)).opinions(on: "img-4").settled
        == .relabel("dog"))
  }

  @Test func undoingAnAdjudicationOpensTheDisputeAgain() {
    var desk = Desk(after: Self.own, beside: Self.beside())
    desk.press("Apc")
    #expect(desk.state.marks.peers.settled(2) != nil && desk.state.marks.peers.settled(4) != nil)
    desk.press("uu=")
    #expect(Set(desk.rows) == [2, 4])
    #expect(desk.verdict(2) == .poisoned && desk.verdict(4) == nil)
    desk.press("<C-r><C-r>")
    #expect(desk.journal.last?.settles != nil && desk.state.marks.peers.settled(4) != nil)
  }

  @Test func manyAreSettledInOneStepWhatEachSaysOfThemDiffering() {
    var desk = Desk(after: Self.own, beside: Self.beside())
    desk.press("A*gcy")
    let written = desk.journal.decisions.dropFirst(3)
    #expect(written.count == 2 && written.allSatisfy { $0.settles != nil && $0.act == .verdict(.clean) })
    #expect([2, 4].allSatisfy { desk.state.marks.peers.settled($0) == .clean })
    desk.press("u")
    #expect([2, 4].allSatisfy { desk.state.marks.peers.settled($0) == nil })
  }

  @Test func whatOthersDecideMeanwhileIsSeen() {
    var desk = Desk(after: Self.own, beside: Self.beside())
    desk.press("A")
    desk.session.send(.besideRead(Self.beside([.made(3, by: "bob", on: ["img-1"], .verdict(.unsure))])))
    #expect(desk.message == "1 more decision in bob.jsonl")
    #expect(Set(desk.rows) == [1, 2, 4])
    // What the next look finds is asked for with the screen.
    desk.journal.beside = Self.beside()
    desk.press("qA")
    #expect(Set(desk.rows) == [2, 4])
  }

  @Test func aJournalThatDoesNotHoldIsNamed() {
    var desk = Desk(after: Self.own, beside: Self.beside())
    var broken = Self.beside()
    broken[1] = BesideJournal(
      name: "eve.jsonl", review: broken[1].review, problem: "line 2: has the number 7")
    desk.press("A")
    desk.session.send(.besideRead(broken))
    #expect(desk.message == "eve.jsonl: line 2: has the number 7")
    #expect(desk.state.agreementLines.first == "eve.jsonl: line 2: has the number 7")
  }

  @Test func withoutAnotherReviewerThereIsNothingToCompare() {
    var desk = Desk(after: Self.own)
    desk.press("A")
    #expect(desk.state.place == .dashboard && desk.message.contains("--beside FILE"))
    // Two in one journal are two.
    var other = Desk(after: Self.own + [.made(4, by: "bob", on: ["img-1"], .verdict(.poisoned))])
    other.press("A")
    #expect(other.rows == [1])
  }

  @Test func theColumnsOfReviewersAreSortedAndFiltered() {
    var desk = Desk(after: Self.own, beside: Self.beside())
    desk.press("A&<Enter>&by.bob = relabel<Enter>")
    #expect(desk.rows == [4])
    desk.press("&<Enter>ggh")
    for _ in 0..<9 where desk.state.currentQueue?.column != .reviewer("bob") { desk.press("h") }
    for _ in 0..<9 where desk.state.currentQueue?.column != .reviewer("bob") { desk.press("l") }
    desk.press("[")
    #expect(desk.rows == [2, 4], "clean before relabel")
    desk.press(",")
    #expect(desk.rows == [2] || desk.rows == [4])
  }
}

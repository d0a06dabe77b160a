import Model
import Screen
import Testing
import Workbench

/// A key that comes before a sample can have been seen decides nothing.
@Suite struct GuardTests {
  private let start = Desk.morning + 1_000_000

  private func desk(paintedAt time: Int64?) -> Desk {
    var desk = Desk()
    desk.press("Q")
    if let time { desk.session.send(.painted(at: time)) }
    return desk
  }

  @Test(arguments: [(0, false), (59, false), (60, true), (5000, true)])
  func aVerdictWithin60MillisecondsOfThePaintIsIgnored(_ after: Int64, _ decides: Bool) {
    var desk = desk(paintedAt: start)
    desk.session.send(.key(.character("p"), at: start + after))
    #expect(desk.journal.decisions.count == (decides ? 1 : 0))
    #expect(desk.message.hasPrefix("too fast") == !decides)
  }

  @Test func withoutReportsOfPaintsEveryKeyCounts() {
    var desk = desk(paintedAt: nil)
    for step in 0..<3 { desk.session.send(.key(.character("p"), at: start + Int64(step))) }
    #expect(desk.journal.decisions.count == 3)
  }

  @Test func aHeldKeyDecidesOneSampleAtMostEvery60Milliseconds() {
    var desk = desk(paintedAt: start)
    for step in 1...60 {
      let now = start + Int64(step) * 33
      desk.session.send(.key(.character("p"), at: now))
      desk.session.send(.painted(at: now + 1))
    }
    #expect(desk.journal.decisions.count <= 60 * 33 / 60)
    #expect(desk.journal.decisions.count > 10)
  }

  @Test func aFrameOfAnotherSampleIsNotEnough() {
    var desk = desk(paintedAt: start)
    desk.session.send(.key(.character("j"), at: start + 500))
    desk.session.send(.key(.character("p"), at: start + 1000))
    #expect(desk.journal.decisions.isEmpty, "the second sample has not been painted")
    desk.session.send(.painted(at: start + 1100))
    desk.session.send(.painted(at: start + 1150))
    desk.session.send(.key(.character("p"), at: start + 1160))
    #expect(desk.journal.decisions.count == 1, "what counts is its first frame")
  }

  @Test func keysThatDecideNothingAreNeverTooFast() {
    var desk = desk(paintedAt: start)
    for _ in 0..<5 { desk.session.send(.key(.character("j"), at: start)) }
    #expect(desk.cursor == 5)
  }
}

import Foundation
import Model
import Review
import Screen
import Testing
import Workbench

/// Whatever is typed and whenever answers come: no trap, the cursor in its list, the marks those of the journal, the
/// frame whole.
@Suite struct RandomWalkTests {
  /// `WALK=200000` walks on until so many keys have been typed. Of 30,000 some seeds make fewer than 150 decisions.
  private static let keys = ProcessInfo.processInfo.environment["WALK"].flatMap { Int($0) } ?? 45_000

  @Test(arguments: MadeUpCase.allCases)
  func nothingBreaks(_ kind: MadeUpCase) {
    var walk = Walk(kind, seed: 20_260_306)
    var step = 0
    while walk.typed < Self.keys {
      step += 1
      walk.step()
      if let problem = walk.problem() {
        Issue.record("step \(step): \(problem)\n\(walk.trail.joined(separator: "\n"))")
        return
      }
      // A frame costs a hundred times what a step does.
      guard step % 8 == 0 else { continue }
      if let problem = FrameCheck.problem(in: FrameCheck.frame(walk.state)) {
        Issue.record("step \(step): \(problem)\n\(walk.trail.joined(separator: "\n"))")
        return
      }
      guard step % 32 == 0 else { continue }
      walk.read()
      guard FrameCheck.hasItsSamples(walk.state, walk.samples) else {
        Issue.record("step \(step): a sample is not shown\n\(walk.trail.joined(separator: "\n"))")
        return
      }
    }
    #expect(walk.fold.decisions.count > 200, "the walk decides: \(walk.fold.decisions.count)")
    #expect(walk.sessions > 3, "and begins anew")
    #expect(walk.fold.decisions.contains { if case .tag = $0.act { true } else { false } }, "and tags")
    #expect(walk.fold.decisions.contains { $0.settles != nil }, "and settles")
  }

  /// Whatever was decided, tagged and settled, taking all of it back leaves nothing of it.
  @Test(arguments: MadeUpCase.allCases)
  func undoingEverythingReturnsToTheStart(_ kind: MadeUpCase) {
    var walk = Walk(kind, seed: 27)
    for _ in 0..<Self.keys / 10 { walk.step() }
    var desk = Desk(kind.samples(), after: walk.fold.decisions)
    let own = walk.fold.decisions.filter {
      $0.act.canBeUndone && $0.reviewer == "ada" && !walk.fold.undone.contains($0.sequence)
    }
    for _ in own { desk.press("u") }
    desk.press("u")
    #expect(desk.message == "nothing to undo")
    let others = ReviewState(
      desk.journal.decisions.filter { $0.reviewer != "ada" || $0.act.canBeUndone == false })
    for row in 0..<MadeUpCase.standardCount {
      #expect(desk.verdict(row) == others.verdict(of: kind.id(row)))
      #expect(desk.state.marks.tags.of(row) == others.tags(of: kind.id(row)))
    }
  }
}

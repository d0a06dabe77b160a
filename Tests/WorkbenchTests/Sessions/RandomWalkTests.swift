import Screen
import Testing
import Workbench

/// Whatever is typed and whenever answers come: no trap, the cursor in its list, the marks those of the journal, the
/// frame whole.
@Suite struct RandomWalkTests {
  @Test(arguments: MadeUpCase.allCases)
  func nothingBreaks(_ kind: MadeUpCase) {
    var walk = Walk(kind, seed: 20_260_306)
    for step in 0..<28_000 {
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
    }
    #expect(walk.fold.decisions.count > 200, "the walk decides")
    #expect(walk.sessions > 3, "and begins anew")
  }
}

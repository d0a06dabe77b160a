import Foundation
import Review
import Screen
import Workbench

/// Whatever the last session is said to have left, a session opens, and leaves what can be read again.
func fuzzViews(_ bytes: UnsafeRawBufferPointer) {
  guard let samples = MadeUp.samples,
    let memory = try? JSONDecoder().decode(ViewMemory.self, from: Data(bytes))
  else { return }
  var session = ScriptedSession(
    state: State(
      material: samples.material, review: ReviewState(), reviewer: "ada",
      capabilities: Capabilities(unicode: false, colors: .none),
      size: ScreenSize(height: 24, width: 80), memory: memory), start: 0, runner: ForgetfulRunner(samples))
  session.press("Qj<Enter>")
  _ = session.frame()
  let left = session.state.memory
  let written = try? JSONEncoder().encode(left)
  precondition(written.flatMap { try? JSONDecoder().decode(ViewMemory.self, from: $0) } == left)
}

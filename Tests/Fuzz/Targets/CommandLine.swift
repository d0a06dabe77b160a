import Model
import Review
import Screen
import Workbench

/// Whatever is typed at the `:` of any screen, the session goes on and paints a frame that moves no cursor.
func fuzzCommandLine(_ bytes: UnsafeRawBufferPointer) {
  guard let samples = MadeUp.samples else { return }
  let text = String(decoding: bytes, as: UTF8.self)
  var session = ScriptedSession(
    state: State(
      material: samples.material, review: ReviewState(), reviewer: "ada",
      capabilities: Capabilities(unicode: true, colors: .many),
      size: ScreenSize(height: 24, width: 80)), start: 0, runner: ForgetfulRunner(samples))
  for screen in ["", "Q", "Q<Enter>", "T", "F", "C", "S", "L", "?"] {
    session.press("<Esc>D" + screen + ":")
    session.send(.paste(text))
    session.press("<Tab><Enter>y")
    for cell in session.frame().cells {
      precondition(cell.text.unicodeScalars.allSatisfy { !$0.movesOrHides })
    }
    session.press("<Esc>:")
    session.send(.paste(text))
    session.press("<Enter>")
    _ = session.frame()
  }
}

/// Says that everything was done, and keeps nothing.
final class ForgetfulRunner: EffectRunner {
  let samples: CaseSamples
  private var decisions: UInt64 = 0

  init(_ samples: CaseSamples) { self.samples = samples }

  func append(_ decision: Decision) -> Action? {
    decisions += 1
    var decision = decision
    decision.sequence = decisions
    return .saved(decision, after: [])
  }
  func trust() -> Action? { nil }
  func write(_ transcript: Transcript, to path: String) -> Action? {
    .notice("wrote \(path)", isError: false)
  }
  func export(_ format: String, to path: String) -> Action? { .notice("wrote \(path)", isError: false) }
  func copy(_ text: String, isQuoted: Bool) -> Action? { .notice(text, isError: false) }
}

import Model
import Review
import Screen
import Workbench

/// Whatever is typed at the `:` of any screen, the session goes on and paints a frame that moves no cursor.
func fuzzCommandLine(_ bytes: UnsafeRawBufferPointer) {
  guard let material = MadeUp.material else { return }
  let text = String(decoding: bytes, as: UTF8.self)
  var decisions: UInt64 = 0
  var session = ScriptedSession(
    state: State(
      material: material, review: ReviewState(), reviewer: "ada", capabilities: .full,
      size: ScreenSize(height: 24, width: 80)), start: 0,
    perform: { effect in
      switch effect {
      case .append(var decision):
        decisions += 1
        decision.sequence = decisions
        return .saved(decision, after: [])
      case .export(_, let path): return .notice("wrote \(path)", isError: false)
      case .copy(let text, _): return .notice(text, isError: false)
      default: return nil
      }
    })
  for screen in ["", "Q", "Q<Enter>", "T", "F", "L", "?"] {
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

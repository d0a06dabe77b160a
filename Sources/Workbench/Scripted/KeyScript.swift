import Screen

/// A session written down: one line a step.
///
///     # a comment; empty lines mean nothing either
///     Q                    keys, one after the other, as they are typed
///     &label = cat<Enter>  spaces within a line are keys; those at its ends are not
///     3j<C-d><Space>       names in angle brackets: <Enter> <Tab> <BackTab> <Esc> <Space> <Backspace> <Delete>
///                          <Up> <Down> <Left> <Right> <Home> <End> <PageUp> <PageDown> <F1> ... <F24>
///                          <C-a> ... <C-z>, and <lt> <Hash> <Colon> for the characters < # :
///     :screen              prints the grid; what follows on the line is its name
///     :size 100x30         the terminal changes its size: columns, rows
///     :wait 500            milliseconds pass; between two keys it is 100
///     :paste some text     text is pasted; <Enter> stands for the end of a line in it
///     :resume {...}        at the beginning: where the session before stopped
///     :hold                from here on long work is not answered before the script says so; on the first line of
///                          steps the first look at the case neither
///     :answer              the work that waits is answered
///     :release             it is answered at once again
///
/// A line that begins with a colon and is none of these is keys too: `:sort label<Enter>`. Transcripts of sessions, as
/// `:write transcript FILE` leaves them, are such scripts.
package struct KeyScript: Sendable {
  package enum Step: Sendable, Equatable {
    case keys([Key])
    case screen(name: String)
    case resize(ScreenSize)
    case wait(Int64)
    case paste(String)
    /// A `ViewMemory` as JSON.
    case resume(String)
    case hold, answer, release
  }
  /// With the line of the script, from 1.
  package let steps: [(line: Int, step: Step)]

  package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    package let line: Int
    package let message: String
    package var description: String { "line \(line): \(message)" }
  }

  package init(_ source: String) throws(Problem) {
    var steps: [(line: Int, step: Step)] = []
    // "\r\n" is one Character.
    let lines = source.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for (index, raw) in lines.enumerated() {
      let line = String(raw.filter { $0 != "\t" }).trimmed
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      steps.append((index + 1, try Self.step(line, number: index + 1)))
    }
    self.steps = steps
  }

  /// The memory that a session is to begin with.
  package var resumed: String? {
    steps.lazy.compactMap { if case .resume(let text) = $0.step { text } else { nil } }.first
  }

  /// Whether the work of the beginning waits too.
  package var beginsHeld: Bool {
    for (_, step) in steps {
      switch step {
      case .hold: return true
      case .resize, .resume: continue
      default: return false
      }
    }
    return false
  }

  /// Whether a line of keys would be read as something else.
  static func isSpecial(_ line: String) -> Bool {
    if line.hasPrefix("#") { return true }
    let word = line.prefix { $0 != " " }
    return [":screen", ":size", ":wait", ":paste", ":resume", ":hold", ":answer", ":release"].contains(
      String(word))
  }

  private static func step(_ line: String, number: Int) throws(Problem) -> Step {
    let words = line.split(separator: " ", maxSplits: 1)
    let rest = words.count == 2 ? String(words[1]).trimmed : ""
    switch words[0] {
    case ":screen": return .screen(name: rest)
    case ":size":
      guard let size = size(rest) else {
        throw Problem(line: number, message: "expected :size WIDTHxHEIGHT, 1 to 1000 each")
      }
      return .resize(size)
    case ":wait":
      guard let milliseconds = Int64(rest), (0...86_400_000).contains(milliseconds) else {
        throw Problem(line: number, message: "expected :wait MILLISECONDS, a day at most")
      }
      return .wait(milliseconds)
    case ":paste": return .paste(KeyNames.pasted(rest))
    case ":resume": return .resume(rest)
    case ":hold" where rest.isEmpty: return .hold
    case ":answer" where rest.isEmpty: return .answer
    case ":release" where rest.isEmpty: return .release
    default: return .keys(KeyNames.sequence(line))
    }
  }
  /// "100x30": columns and rows, 1 to 1000 each.
  package static func size(_ text: String) -> ScreenSize? {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let width = numbers[0], let height = numbers[1], (1...1000).contains(width),
      (1...1000).contains(height)
    else { return nil }
    return ScreenSize(height: height, width: width)
  }
}

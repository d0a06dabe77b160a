/// What stands between the keys and the screens.
package enum Prompt: Sendable {
  case line(LinePrompt)
  case label(LabelPrompt)
  case confirm(Confirmation)
  case letter(LetterPrompt)
  /// A command that asks for text was refused: what is typed for it does nothing, until Enter or Esc.
  case refused
}

/// One line of text that is being typed.
package struct LinePrompt: Sendable {
  package enum Purpose: Sendable, Equatable {
    case command, filter, search, note
    case tag(isSet: Bool, forMany: Bool)
  }
  package var purpose: Purpose
  package var text: [Character]
  /// 0...text.count
  package var cursor: Int
  package var error: FilterError?
  var completions = Completions()
  /// What the outside says of the paths that begin as this one.
  var pathsOf: String?
  var paths: [String] = []

  package init(_ purpose: Purpose, text: String = "") {
    self.purpose = purpose
    self.text = Array(text)
    cursor = self.text.count
  }

  package var string: String { String(text) }

  package var mark: String {
    switch purpose {
    case .command: ":"
    case .filter: "&"
    case .search: "/"
    case .note: "note: "
    case .tag(let isSet, _): isSet ? "tag: " : "untag: "
    }
  }
}

/// What Tab offers.
struct Completions: Sendable, Equatable {
  var words: [String] = []
  /// Which of them stands in the text.
  var chosen: Int?
  /// First character that a word takes the place of.
  var start = 0
}

/// Chooses a label by digit or by typing.
package struct LabelPrompt: Sendable {
  package enum Target: Sendable, Equatable {
    case sample(Int)
    case selection
  }
  package var target: Target
  package var typed = ""
  package var cursor = 0
  package let classes: [String]
  /// What was typed is no class of the dataset, and the question is whether it shall be one.
  package var asksForNewClass = false

  /// - Parameter suggested: the label to begin on.
  init(_ target: Target, classes: [String], suggested: String? = nil) {
    self.target = target
    self.classes = classes
    cursor = suggested.flatMap { classes.firstIndex(of: $0) } ?? 0
  }

  /// More is no name of a class.
  private static let maximumLength = 64

  mutating func insert(_ text: String) {
    let kept = text.filter { !$0.isNewline && $0 != "\t" }
    typed += kept.prefix(max(0, Self.maximumLength - typed.count))
    cursor = 0
  }

  /// Where names begin with digits, digits are typed; else they choose from the list.
  package var digitsChoose: Bool { !classes.contains { $0.first?.isNumber == true } }

  /// Names that hold what was typed; those that begin with it first.
  package var matches: [String] {
    let needle = CaselessNeedle(typed)
    let prefix = typed.lowercased()
    let held = classes.filter { needle.isIn($0) }
    return held.filter { $0.lowercased().hasPrefix(prefix) }
      + held.filter { !$0.lowercased().hasPrefix(prefix) }
  }
}

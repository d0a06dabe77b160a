import Model

/// A verdict without the class name: what is counted, marked in lists and asked for in filters.
package enum VerdictMark: String, Sendable, CaseIterable {
  case poisoned, clean, relabel, unsure

  package init(_ verdict: Verdict) {
    switch verdict {
    case .poisoned: self = .poisoned
    case .clean: self = .clean
    case .relabel: self = .relabel
    case .unsure: self = .unsure
    }
  }

  /// By its word or its letter.
  init?(named text: String) {
    guard let mark = Self(rawValue: text) ?? Self.allCases.first(where: { $0.letter == text.uppercased() })
    else { return nil }
    self = mark
  }

  /// The letter in the lists, so that nothing depends on color.
  package var letter: String {
    switch self {
    case .poisoned: "P"
    case .clean: "C"
    case .relabel: "R"
    case .unsure: "U"
    }
  }
}

/// POISONED, or RELABEL -> "cat".
func capitals(_ verdict: Verdict) -> String {
  if case .relabel(let name) = verdict { return "RELABEL -> \(displayText(name))" }
  return verdict.word.uppercased()
}

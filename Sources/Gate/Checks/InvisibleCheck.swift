import Model

/// Characters that nobody sees and a tokenizer does (zero-width, tags, controls), in texts and in names of classes.
struct InvisibleCheck: Check {
  let name = "invisible"
  let summary = "invisible characters"

  func run(on input: CheckInput) -> [CheckResult] { hidden(.invisible, "invisible", input) }
}

/// Characters that show a text in another order than a model reads it.
struct BidirectionalCheck: Check {
  let name = "bidirectional"
  let summary = "bidirectional control characters"

  func run(on input: CheckInput) -> [CheckResult] { hidden(.bidirectional, "bidirectional", input) }
}

extension Check {
  fileprivate func hidden(
    _ kind: HiddenCharacters.Kind, _ word: String, _ input: CheckInput
  ) -> [CheckResult] {
    let classes = input.data.classes.filter { name in
      var name = name
      return name.withUTF8 { HiddenCharacters.holds(kind, in: $0) }
    }
    let named =
      classes.isEmpty
      ? [] : [broken(input, "\(word) characters in \(shortList(classes))", subject: "names of classes")]
    guard let texts = SampleTexts(input.data) else {
      return named.isEmpty ? [notApplicable("the samples have no text")] : named
    }
    let rows = texts.rows { HiddenCharacters.holds(kind, in: $0) }
    return named + [
      rows.isEmpty
        ? pass("no \(word) characters")
        : broken(input, "\(counted(rows.count, "sample")) with \(word) characters", rows: rows)
    ]
  }
}

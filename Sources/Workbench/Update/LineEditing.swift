import Screen

extension LinePrompt {
  /// A filter or a name is never longer, and what follows from one stays small.
  private static let maximumLength = 2000

  mutating func insert(_ added: String) {
    for character in added where text.count < Self.maximumLength {
      let isControl = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
      text.insert(isControl ? " " : character, at: cursor)
      cursor += 1
    }
    changed()
  }

  mutating func edit(_ key: Key) {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace:
      guard cursor > 0 else { return }
      cursor -= 1
      text.remove(at: cursor)
    case .delete, .control("d"):
      guard cursor < text.count else { return }
      text.remove(at: cursor)
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .control("u"):
      text.removeSubrange(0..<cursor)
      cursor = 0
    case .control("k"): text.removeSubrange(cursor...)
    case .control("w"):
      var start = cursor
      while start > 0, text[start - 1] == " " { start -= 1 }
      while start > 0, text[start - 1] != " " { start -= 1 }
      text.removeSubrange(start..<cursor)
      cursor = start
    default: return
    }
    changed()
  }

  private mutating func changed() {
    error = nil
    completions = Completions()
  }

  /// Up and down in what was typed before.
  mutating func recall(_ step: Int, from history: [String]) {
    let newest = history.reversed().map { $0 }
    let at = newest.firstIndex(of: string).map { $0 + step } ?? (step > 0 ? 0 : -1)
    text = at < 0 ? [] : newest.indices.contains(at) ? Array(newest[at]) : text
    cursor = text.count
    changed()
  }

  /// Tab: the next word that fits.
  mutating func complete(forward: Bool, in state: State) {
    if completions.words.isEmpty { completions = state.completions(of: self) }
    guard !completions.words.isEmpty else { return }
    let count = completions.words.count
    let next =
      completions.chosen.map { ($0 + (forward ? 1 : count - 1)) % count } ?? (forward ? 0 : count - 1)
    completions.chosen = next
    text.replaceSubrange(completions.start..<cursor, with: Array(completions.words[next]))
    cursor = completions.start + completions.words[next].count
    error = nil
  }
}

extension State {
  /// Words that may stand where the cursor of the prompt is.
  func completions(of line: LinePrompt) -> Completions {
    let before = line.text[..<line.cursor]
    let separators: Set<Character> = [" ", "(", ")", "=", "<", ">", "~", "!", "&", "|"]
    var start = line.cursor
    while start > 0, !separators.contains(before[start - 1]) { start -= 1 }
    let word = String(before[start...])
    let head = String(before[..<start]).trimmed
    let words: [String]
    switch line.purpose {
    case .search, .note: words = []
    case .tag: words = marks.tags.words
    case .filter: words = filterWords(after: head)
    case .command:
      if let name = head.split(separator: " ").first {
        let row = CommandTable.named(String(name)).flatMap(CommandTable.row)
        words = argumentWords(row?.argument?.words, after: String(head.drop { $0 != " " }).trimmed)
        if row?.argument?.words == .exportFormats, head.contains(" ") { return pathCompletions(of: line) }
      } else {
        words = CommandTable.names
      }
    }
    let needle = word.lowercased()
    return Completions(
      words: Array(words.filter { $0.lowercased().hasPrefix(needle) }.prefix(200)), start: start)
  }

  private func argumentWords(_ words: CommandRow.Argument.Words?, after head: String) -> [String] {
    switch words {
    case .columns: RowColumn.allNames(in: material).map(conditionWord)
    case .numbers: axisNames.map(conditionWord)
    case .splits:
      (place == .pivot ? [] : place == .scatter ? ["flag"] : ["flag", "none"])
        + pivotColumns.map { conditionWord($0.name(in: material)) }
    case .conditions: filterWords(after: head)
    case .classes: material.report.facts.classes
    case .exportFormats: material.writtenFormats
    case .tags: marks.tags.words
    case .onOrOff: ["on", "off"]
    case .verdictsAndConditions:
      head.splitAtWord("where").map { filterWords(after: $0.after) }
        ?? (head.isEmpty
          ? VerdictMark.allCases.map(\.rawValue) + ["suggested"]
          : head == "relabel" ? material.report.facts.classes : ["where"])
    case nil: []
    }
  }

  /// After an operator the values of its column, else columns.
  private func filterWords(after head: String) -> [String] {
    guard let tokens = try? filterTokens(head) else { return [] }
    switch tokens.last?.kind {
    case .operation:
      guard tokens.count >= 2, case .word(let name) = tokens[tokens.count - 2].kind,
        let column = RowColumn.named(name, in: material)
      else { return [] }
      if column == .tag { return marks.tags.words.map(conditionWord) + ["none"] }
      return CompiledFilter.nameValues(column, material).map(conditionWord)
        + (column.kind == .name ? ["none"] : [])
    case .word: return ["=", "!=", "<", ">", "<=", ">=", "~", "and", "or"]
    default: return RowColumn.allNames(in: material).map(conditionWord) + ["not"]
    }
  }
}

/// Paths, which the outside is asked about.
extension State {
  /// What follows the format in ":write FORMAT PATH" up to the cursor; nil in other lines.
  func pathToComplete(_ line: LinePrompt) -> String? {
    guard line.purpose == .command else { return nil }
    let words = String(line.text[..<line.cursor]).split(
      separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, CommandTable.named(String(words[0])) == .write else { return nil }
    return String(words[2])
  }

  /// Those that are known already.
  private func pathCompletions(of line: LinePrompt) -> Completions {
    guard let path = pathToComplete(line), line.pathsOf == path else { return Completions() }
    return Completions(words: line.paths, start: line.cursor - path.count)
  }

  /// Names have come: where the line is still what was asked about, the first stands in it.
  mutating func takeCompletedPath(_ path: String, _ names: [String]) {
    guard case .line(var line)? = prompt, pathToComplete(line) == path, line.completions.words.isEmpty else {
      return
    }
    line.pathsOf = path
    line.paths = names
    line.complete(forward: true, in: self)
    // Nothing to choose from: the next Tab asks what lies beneath.
    if names.count == 1 { line.completions = Completions() }
    prompt = .line(line)
  }
}

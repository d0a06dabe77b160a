import Model

/// Text in a queue or in the help.
extension State {
  mutating func search(_ argument: String) -> [Effect] {
    guard !argument.isEmpty else {
      prompt = .line(LinePrompt(.search))
      return []
    }
    return startSearch(argument, backward: false)
  }

  mutating func searchAgain(backward: Bool) -> [Effect] {
    guard let needle = session.needle else {
      messages.say("nothing to repeat: / finds", .warning)
      return []
    }
    return startSearch(needle, backward: backward)
  }

  mutating func startSearch(_ needle: String, backward: Bool, isID: Bool = false) -> [Effect] {
    if place == .help { return searchHelp(needle, backward: backward) }
    guard let queue = currentQueue else { return nothingHere() }
    session.needle = needle
    session.searchedQueue = queue.id
    return want(
      "finding \(displayText(needle))",
      .search(
        Search(rows: queue.rows, from: queue.list.cursor, backward: backward, needle: needle, isID: isID)),
      .search)
  }

  private mutating func searchHelp(_ needle: String, backward: Bool) -> [Effect] {
    session.needle = needle
    let lines = helpLines
    let words = CaselessNeedle(needle)
    let places = (1...lines.count).map { step in
      (views.help.top + (backward ? -step : step) + 2 * lines.count) % lines.count
    }
    guard let place = places.first(where: { words.isIn(lines[$0].words) }) else {
      messages.say("not found: \(displayText(needle))\(elsewhere(words))", .warning)
      return []
    }
    views.help = ListCursor(cursor: place, top: place)
    return []
  }

  /// Help is of the keys of one screen: what another one has is not missing.
  private func elsewhere(_ words: CaselessNeedle) -> String {
    let found = CommandTable.rows.first {
      !$0.contexts.contains(views.helpContext) && words.isIn("\($0.usage) \($0.hint) \($0.help)")
    }
    guard let found else { return "" }
    let screens = Context.allCases.filter(found.contexts.contains)
    let keys = screens.first.map { keymap.text(of: found.command, in: $0) } ?? ""
    return " on this screen; \(keys.isEmpty ? found.usage : keys) on \(listed(screens.map(\.title), "and")): "
      + found.help(in: material)
  }
}

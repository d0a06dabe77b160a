import Model
import Screen

extension State {
  mutating func takeInPrompt(_ key: Key) -> [Effect] {
    switch prompt {
    case .line(let line): takeInLine(key, line)
    case .label(let label): takeInLabels(key, label)
    case .confirm(let question): takeInConfirmation(key, question)
    case .letter(let letter): takeInLetter(key, letter)
    case .refused: takeRefused(key)
    case nil: []
    }
  }

  // MARK: Text that nothing asks for

  /// Keeps what a person types without looking from being taken for commands: a tag would decide letter by letter.
  mutating func refuseText() { prompt = .refused }

  private mutating func takeRefused(_ key: Key) -> [Effect] {
    if key == .enter || key == .escape || key == .control("c") { endRefusal() }
    return []
  }

  mutating func endRefusal() {
    guard case .refused? = prompt else { return }
    prompt = nil
    messages.fade()
  }

  // MARK: A line of text

  private mutating func takeInLine(_ key: Key, _ old: LinePrompt) -> [Effect] {
    var line = old
    switch key {
    case .escape, .control("c"):
      prompt = nil
      return []
    case .backspace where line.text.isEmpty:
      prompt = nil
      return []
    case .enter: return finish(line)
    case .tab, .backTab:
      let path = line.completions.words.isEmpty ? pathToComplete(line) : nil
      line.complete(forward: key == .tab, in: self)
      prompt = .line(line)
      return path.map { [.completePath($0)] } ?? []
    case .up, .down:
      line.recall(key == .up ? 1 : -1, from: session.history(line.purpose))
    default: line.edit(key)
    }
    prompt = .line(line)
    return []
  }

  private mutating func finish(_ line: LinePrompt) -> [Effect] {
    let text = line.string
    switch line.purpose {
    case .filter:
      guard !text.trimmed.isEmpty else {
        prompt = nil
        return clearFilters()
      }
      do {
        let filter = try CompiledFilter(text, material: material)
        prompt = nil
        session.remember(text, line.purpose)
        return apply(filter)
      } catch {
        var line = line
        line.error = error
        line.cursor = min(error.offset, line.text.count)
        prompt = .line(line)
        return []
      }
    case .search:
      prompt = nil
      guard !text.isEmpty else { return searchAgain(backward: false) }
      session.remember(text, line.purpose)
      return startSearch(text, backward: false)
    case .note:
      prompt = nil
      guard !text.trimmed.isEmpty else {
        messages.say("no note was given")
        return []
      }
      return note(text)
    case .tag(let isSet, let forMany):
      prompt = nil
      guard !text.trimmed.isEmpty else {
        messages.say("no tag was given")
        return []
      }
      return forMany ? tagMany(text, isSet: isSet) : tag(text, isSet: isSet)
    case .command:
      prompt = nil
      guard !text.trimmed.isEmpty else { return [] }
      session.remember(text, line.purpose)
      return runLine(text.trimmed)
    }
  }

  /// A line of the prompt: a command's name and what follows it, or a number to go to.
  mutating func runLine(_ line: String) -> [Effect] {
    messages.fade()
    if Int(line) != nil { return currentQueue == nil ? nothingHere() : goTo(line) }
    let words = line.split(separator: " ", maxSplits: 1)
    let name = String(words.first ?? "")
    guard let command = CommandTable.named(name), let row = CommandTable.row(command) else {
      let hint = nearest(name, CommandTable.names).map { "; did you mean :\($0)?" } ?? ""
      messages.say("no command \(displayText(name))\(hint)", .error)
      return []
    }
    guard row.contexts.contains(context) else {
      let place = Context.allCases.filter { row.contexts.contains($0) }.map(\.rawValue).joined(
        separator: ", ")
      messages.say(":\(command.rawValue) does not work here, only on: \(place)", .error)
      return []
    }
    let argument = words.count == 2 ? String(words[1]) : ""
    if row.argument == nil, !argument.isEmpty {
      messages.say(":\(command.rawValue) takes nothing after it", .error)
      return []
    }
    return perform(command, count: nil, argument: argument)
  }

  // MARK: A label

  private mutating func takeInLabels(_ key: Key, _ old: LabelPrompt) -> [Effect] {
    var label = old
    let matches = label.matches
    if label.asksForNewClass {
      if key == .character("y") { return choose(label.typed.trimmed, label.target) }
      label.asksForNewClass = false
      prompt = .label(label)
      return []
    }
    switch key {
    case .escape, .control("c"):
      prompt = nil
      messages.say("no label was given")
      return []
    case .up: label.cursor = max(0, label.cursor - 1)
    case .down, .tab: label.cursor = min(max(0, matches.count - 1), label.cursor + 1)
    case .backspace:
      if !label.typed.isEmpty { label.typed.removeLast() }
      label.cursor = 0
    case .enter:
      if matches.indices.contains(label.cursor) { return choose(matches[label.cursor], label.target) }
      label.asksForNewClass = !label.typed.trimmed.isEmpty
    case .character(let character):
      if label.digitsChoose, label.typed.isEmpty, let digit = character.wholeNumberValue, character.isASCII {
        guard digit >= 1, matches.indices.contains(digit - 1) else { return [] }
        return choose(matches[digit - 1], label.target)
      }
      label.insert(String(character))
      // Nothing else can be meant: done.
      if label.matches.count == 1, label.matches[0].lowercased() == label.typed.lowercased() {
        return choose(label.matches[0], label.target)
      }
    default: return []
    }
    prompt = .label(label)
    return []
  }

  private mutating func choose(_ name: String, _ target: LabelPrompt.Target) -> [Effect] {
    prompt = nil
    guard case .sample(let row) = target else { return askForMany(.verdict(.relabel(name))) }
    // A search or a sort may have ended while the labels were shown.
    guard row == currentRow else {
      messages.say("the list has changed since: #\(self.name(row)) was not decided", .warning)
      return []
    }
    return decide(.relabel(name))
  }
}

extension Session {
  func history(_ purpose: LinePrompt.Purpose) -> [String] {
    switch purpose {
    case .command: commandHistory
    case .filter: filterHistory
    case .search: searchHistory
    case .note, .tag: []
    }
  }

  mutating func remember(_ text: String, _ purpose: LinePrompt.Purpose) {
    func added(_ history: [String]) -> [String] {
      Array((history.filter { $0 != text } + [text]).suffix(100))
    }
    switch purpose {
    case .command: commandHistory = added(commandHistory)
    case .filter: filterHistory = added(filterHistory)
    case .search: searchHistory = added(searchHistory)
    case .note, .tag: break
    }
  }
}

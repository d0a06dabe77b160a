import Model
import Screen

/// Macros: keys that are recorded under a letter and played again.
extension State {
  /// A key that a person has pressed.
  mutating func takeTyped(_ key: Key) -> [Effect] {
    if session.macros.playback != nil {
      stopPlaying("by a key")
      return []
    }
    let beginsStep = prompt == nil && input.isEmpty
    session.transcript.add(.key(key), beginsStep: beginsStep)
    session.macros.record(key, beginsStep: beginsStep)
    return take(key)
  }

  /// Begins to record, or ends it.
  mutating func record(_ argument: String) -> [Effect] {
    if session.macros.recording != nil {
      guard let (letter, count) = session.macros.finish() else { return [] }
      messages.say(
        count > 0
          ? "macro \(letter): \(counted(count, "key")), @\(letter) plays"
          : "macro \(letter) is empty: forgotten")
      return []
    }
    return letter(argument, for: .record, count: 1)
  }

  mutating func startPlaying(_ letter: Character, count: Int) -> [Effect] {
    guard session.macros.recording?.letter != letter else {
      messages.say("macro \(letter) is being recorded: it cannot play itself", .warning)
      return []
    }
    guard let keys = session.macros.keys[letter] else {
      messages.say("no macro \(letter): M\(letter) records it, M ends", .warning)
      return []
    }
    let frame = Macros.Playback.Frame(letter: letter, keys: keys, timesLeft: count)
    // The keys that it plays stand in the transcript instead of those that asked for it.
    session.transcript.dropStep()
    guard let playback = session.macros.playback else {
      session.macros.playback = Macros.Playback(frames: [frame], refusals: messages.refusals)
      return []
    }
    guard !playback.frames.contains(where: { $0.letter == letter }) else {
      messages.say("macro \(letter) plays itself", .warning)
      return []
    }
    guard playback.frames.count < Macros.maximumDepth else {
      messages.say("macros call one another \(Macros.maximumDepth) deep", .warning)
      return []
    }
    session.macros.playback?.frames.append(frame)
    return []
  }

  /// Asks for the next key of a macro once what the key before led to is done.
  mutating func askForNextKey() -> [Effect] {
    guard let playback = session.macros.playback, !playback.isAwaited, !session.isSaving, jobs.title == nil
    else {
      return []
    }
    session.macros.playback?.isAwaited = true
    return [.nextKey]
  }

  mutating func playNextKey() -> [Effect] {
    guard let playback = session.macros.playback else { return [] }
    session.macros.playback?.isAwaited = false
    guard !session.isSaving, jobs.title == nil else { return [] }
    if case .line(let line)? = prompt, let error = line.error {
      prompt = nil
      messages.say(error.message, .warning)
    }
    guard messages.refusals == playback.refusals else {
      stopPlaying(messages.text ?? "refused")
      return []
    }
    guard playback.played < Macros.maximumPlayed else {
      stopPlaying("after \(counted(Macros.maximumPlayed, "key"))")
      return []
    }
    guard let key = session.macros.playback?.nextKey() else {
      session.macros.playback = nil
      return []
    }
    session.transcript.add(.key(key), beginsStep: prompt == nil && input.isEmpty)
    return take(key)
  }

  private mutating func stopPlaying(_ reason: String) {
    guard let playback = session.macros.playback else { return }
    session.macros.playback = nil
    input = KeyInput()
    endRefusal()
    let names = playback.frames.map { String($0.letter) }.joined(separator: " > ")
    messages.say(
      "macro \(names) stopped at key \(grouped(playback.played)): \(reason)",
      messages.weight == .error ? .error : .warning)
  }

  // MARK: The letter

  /// Asks for a letter where none was given.
  mutating func letter(_ argument: String, for purpose: LetterPrompt.Purpose, count: Int) -> [Effect] {
    guard !argument.trimmed.isEmpty else {
      prompt = .letter(LetterPrompt(purpose: purpose, count: count))
      return []
    }
    guard let letter = LetterPrompt.letter(argument.trimmed) else {
      messages.say("\(displayText(argument.trimmed)): a letter or a digit is expected", .error)
      return []
    }
    return take(letter, for: purpose, count: count)
  }

  mutating func takeInLetter(_ key: Key, _ asked: LetterPrompt) -> [Effect] {
    prompt = nil
    guard case .character(let character) = key, let letter = LetterPrompt.letter(String(character)) else {
      if key != .escape, key != .control("c") {
        messages.say("\(KeyNames.text(key)): a letter or a digit is expected", .warning)
      }
      return []
    }
    return take(letter, for: asked.purpose, count: asked.count)
  }

  private mutating func take(_ letter: Character, for purpose: LetterPrompt.Purpose, count: Int) -> [Effect] {
    switch purpose {
    case .bookmark: setBookmark(letter)
    case .jump: return jump(to: letter)
    case .record:
      session.macros.begin(letter)
      messages.say("recording macro \(letter): \(keymap.text(of: .record, in: context)) ends")
    case .play: return startPlaying(letter, count: count)
    }
    return []
  }
}

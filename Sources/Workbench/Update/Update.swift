import Model
import Review
import Screen

/// Takes an action into the state and says what the outside is to do. Pure: the same state and action give the
/// same state and effects.
package func update(_ state: inout State, _ action: Action) -> [Effect] {
  let effects =
    state.handle(action) + state.settle() + state.settlePreview(hasMoved: state.views.hasMoved)
    + state.askForSamples() + state.askForNextKey()
  state.session.transcript.settle(
    isBusy: state.jobs.title != nil, endsStep: state.prompt == nil && state.input.isEmpty)
  return effects
}

extension State {
  fileprivate mutating func handle(_ action: Action) -> [Effect] {
    switch action {
    // A frame has been painted or can be, no more.
    case .painted, .samplesRead, .progressed: break
    default: views.hasMoved = false
    }
    switch action {
    case .started(let at):
      session.now = at
      session.transcript.add(.started)
      return wantSummary()
    case .key(let key, let at):
      session.now = max(session.now, at)
      collecting?.choice = nil
      return takeTyped(key)
    case .nextKey: return playNextKey()
    case .rested:
      takeRest()
      return []
    case .paste(let text):
      session.transcript.add(.paste(text), beginsStep: false)
      if session.macros.recording != nil {
        _ = session.macros.finish()
        messages.say("a macro cannot hold pasted text: recording ended", .warning)
      }
      switch prompt {
      case .line(var line):
        line.insert(text)
        prompt = .line(line)
      case .label(var label):
        label.insert(text)
        prompt = .label(label)
      case .confirm, .letter, .refused, nil: messages.say("pasted text is ignored here", .warning)
      }
      return []
    case .resized(let size):
      self.size = size
      session.transcript.add(.resized(size), beginsStep: false)
      return []
    case .painted(let at):
      session.paintsAreReported = true
      guard let row = currentRow else {
        session.painted = nil
        return []
      }
      if session.painted?.row != row { session.painted = (row, at) }
      return []
    case .saved(let decision, let others): return takeOthers(others) + takeSaved(decision)
    case .saveFailed(let failure):
      session.transcript.add(
        .remark("a decision was not saved here; what follows may differ"), beginsStep: false)
      return takeSaveFailure(failure)
    case .samplesRead(let values):
      samples.take(values)
      return []
    case .progressed(let share):
      jobs.take(progress: share)
      return []
    case .identified(let sample): return takeIdentified(sample)
    case .besideRead(let journals): return takeBeside(journals)
    case .pathCompleted(let path, let names):
      takeCompletedPath(path, names)
      return []
    case .trusted(let decisions): return takeTrusted(decisions)
    case .workDone(let generation, let result):
      guard let topic = jobs.finish(generation) else { return [] }
      session.transcript.add(.answered, beginsStep: false)
      return take(result, topic) + jobs.startNext()
    case .notice(let text, let isError):
      messages.say(displayText(text), isError ? .error : .note)
      return []
    }
  }

  mutating func take(_ key: Key) -> [Effect] {
    if size.isTooSmall { return takeWhenTooSmall(key) }
    if prompt != nil { return takeInPrompt(key) }
    if key == .control("c") || key == .escape, !input.isEmpty {
      input = KeyInput()
      return []
    }
    if input.takeDigit(key) { return [] }
    input.keys.append(key)
    switch keymap.match(input.keys, in: context) {
    case .prefix: return []
    case .none:
      let keys = input.keys
      let typed = KeyNames.text(keys)
      input = KeyInput()
      messages.say("\(typed) is not bound here: ? shows the keys", .warning)
      if context.isAboutSamples, keymap.asksElsewhere(keys) { refuseText() }
      return []
    case .command(let command):
      let count = input.count
      input = KeyInput()
      messages.fade()
      return performTyped(command, count: count)
    }
  }

  /// A command that was given by its keys, with nothing behind them.
  private mutating func performTyped(_ command: Command, count: Int?) -> [Effect] {
    switch CommandTable.row(command)?.argument?.missing {
    case .refuses:
      prompt = .line(LinePrompt(.command, text: command.rawValue + " "))
      return []
    case .asks:
      let refusals = messages.refusals
      let effects = perform(command, count: count)
      if prompt == nil, messages.refusals > refusals { refuseText() }
      return effects
    case .goesOn, nil: return perform(command, count: count)
    }
  }

  /// The screen cannot be seen whole: only what cannot do harm.
  private mutating func takeWhenTooSmall(_ key: Key) -> [Effect] {
    switch key {
    case .character("q"): quit()
    case .character("u"): takeBackLast()
    case .control("z"): [.suspend]
    default: []
    }
  }
}

import Model
import Review
import Screen

/// Takes an action into the state and says what the outside is to do. Pure: the same state and action give the
/// same state and effects.
package func update(_ state: inout State, _ action: Action) -> [Effect] {
  let effects = state.handle(action) + state.settle() + state.askForNextKey()
  state.session.transcript.settle(
    isBusy: state.jobs.title != nil, endsStep: state.prompt == nil && state.input.isEmpty)
  return effects
}

extension State {
  fileprivate mutating func handle(_ action: Action) -> [Effect] {
    switch action {
    case .started(let at):
      session.now = at
      session.transcript.add(.started)
      return wantSurvey()
    case .key(let key, let at):
      session.now = max(session.now, at)
      return takeTyped(key)
    case .nextKey: return playNextKey()
    case .paste(let text):
      session.transcript.add(.paste(text), beginsStep: false)
      if session.macros.recording != nil {
        _ = session.macros.finish()
        messages.say("pasted text is no part of a macro: the recording has ended before it", .warning)
      }
      switch prompt {
      case .line(var line):
        line.insert(text)
        prompt = .line(line)
      case .label(var label):
        label.insert(text)
        prompt = .label(label)
      case .confirm, .letter, nil: messages.say("pasted text decides nothing: ignored", .warning)
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
      let typed = KeyNames.text(input.keys)
      input = KeyInput()
      messages.say("\(typed) is not bound here: ? shows the keys", .warning)
      return []
    case .command(let command):
      let count = input.count
      input = KeyInput()
      messages.fade()
      // What has no key of its own is worth nothing without what follows it: that is asked for.
      if let row = CommandTable.row(command), row.keys.isEmpty, row.argument?.isNeeded == true {
        prompt = .line(LinePrompt(.command, text: command.rawValue + " "))
        return []
      }
      return perform(command, count: count)
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

  /// - Parameter count: the number that was typed before the command.
  mutating func perform(_ command: Command, count: Int?, argument: String = "") -> [Effect] {
    if isRefusedBlind(command) { return [] }
    switch command {
    case .up, .down, .left, .right, .first, .last, .halfDown, .halfUp, .pageDown, .pageUp, .nextPane,
      .previousPane:
      return move(command, count: count)
    case .nextOpen, .previousOpen, .skip:
      moveToOpen(forward: command != .previousOpen, count: count ?? 1)
      return []
    case .goto: return goTo(argument)
    case .open: return open()
    case .back: return views.close() ? [] : quit()
    case .quit: return quit()

    case .poisoned: return decide(.poisoned)
    case .clean: return decide(.clean)
    case .unsure: return decide(.unsure)
    case .relabel: return relabel(argument)
    case .suggested: return relabelAsSuggested()
    case .repeatLast: return decideAsBefore()
    case .note: return note(argument)
    case .tag, .untag: return tag(argument, isSet: command == .tag)
    case .undo: return takeBackLast()
    case .redo: return decideAgain()
    case .revert: return takeBackUnderCursor()
    case .trust: return trust()

    case .toggle, .range, .all, .clear: return select(command)
    case .bulkPoisoned: return askForMany(.verdict(.poisoned))
    case .bulkClean: return askForMany(.verdict(.clean))
    case .bulkUnsure: return askForMany(.verdict(.unsure))
    case .bulkRelabel: return relabelMany(argument)
    case .bulkSuggested: return askForMany(.suggested)
    case .mark: return markWhere(argument)
    case .bulkTag, .bulkUntag: return tagMany(argument, isSet: command == .bulkTag)

    case .filter: return filter(argument)
    case .popFilter: return popFilter()
    case .alike: return filterAlike()
    case .search: return search(argument)
    case .searchNext: return searchAgain(backward: false)
    case .searchPrevious: return searchAgain(backward: true)
    case .ascending where place == .pivot: return orderPivot(.byName)
    case .descending where place == .pivot: return orderPivot(.byLift)
    case .ascending, .descending: return sortByCursor(descending: command == .descending)
    case .sort: return sort(argument)
    case .rerank where currentQueue?.isOfDisputes == true: return [.readBeside] + compareReviewers()
    case .rerank: return arrangeCurrent()

    case .dashboard, .queue, .sheet, .compare, .histogram, .scatter, .timeline, .findings, .pivot, .log,
      .help:
      return show(command)
    case .disputes: return showDisputes()
    case .blind: return setBlind(argument)
    case .bookmark: return letter(argument, for: .bookmark, count: 1)
    case .jump: return letter(argument, for: .jump, count: 1)
    case .record: return record(argument)
    case .play: return letter(argument, for: .play, count: count ?? 1)
    case .statistics: return currentQueue.map { showPivot(by: $0.column) } ?? nothingHere()
    case .cross: return place == .pivot ? crossPivot(argument) : splitPlot(argument)
    case .xAxis, .yAxis: return changeAxis(isX: command == .xAxis, argument)
    case .lasso: return lassoInScatter()
    case .corner: return setCorner()
    case .opposite: return swapCorners()
    case .rangeStart, .rangeEnd: return setBrush(isStart: command == .rangeStart)
    case .like: return showLike()
    case .columns: return chooseColumns(argument)
    case .wider, .narrower: return widenColumn(by: command == .wider ? count ?? 1 : -(count ?? 1))
    case .hideColumn: return hideColumn()
    case .picture: return nextPictureMode()
    case .zoomIn, .zoomOut, .fit, .scale: return changePlot(command, count: count ?? 1)

    case .prompt:
      prompt = .line(LinePrompt(.command))
      return []
    case .copy:
      guard let row = currentRow else { return nothingHere() }
      let (text, isQuoted) = pastable(material.report.ids[row])
      return [.copy(text, isQuoted: isQuoted)]
    case .write: return export(argument)
    case .cancel: return cancelJobs()
    case .dismiss:
      dropRange()
      messages.dismiss()
      return []
    case .redraw: return [.redraw]
    case .suspend: return [.saveView(memory), .suspend]
    }
  }

  /// All that was decided is saved already, but for a decision whose samples are still being read.
  private mutating func quit() -> [Effect] {
    if let bulk = session.bulk {
      messages.say(
        "the decision for \(grouped(bulk.rows.count)) samples is not saved yet: ^C drops it", .warning)
      return []
    }
    hasQuit = true
    return [.saveView(memory)]
  }

  mutating func nothingHere() -> [Effect] {
    messages.say("there is no sample here", .warning)
    return []
  }

  private mutating func export(_ argument: String) -> [Effect] {
    let words = argument.split(separator: " ", maxSplits: 1).map(String.init)
    let formats = material.writtenFormats
    guard words.count == 2 else {
      messages.say("write FORMAT PATH, where the format is \(listed(formats))", .error)
      return []
    }
    guard formats.contains(words[0]) else {
      messages.say("no format \(displayText(words[0])); there are \(listed(formats))", .error)
      return []
    }
    let path = words[1].trimmed
    if words[0] == CaseMaterial.transcriptFormat {
      // Played again, it need not be written again.
      session.transcript.dropStep()
      return [.transcript(session.transcript, path: path)]
    }
    return [.export(format: words[0], path: path)]
  }

  mutating func wantSurvey() -> [Effect] {
    let resumed =
      session.resumeAt.values.map(\.sample) + [session.resume?.sample].compactMap { $0 }
      + session.bookmarks.values.compactMap { $0.queue?.sample }
    let ids = review.decisions.flatMap { $0.samples.map(\.id) } + resumed
    return want("surveying the case", .survey(locating: ids), .survey)
  }

  mutating func want(_ title: String, _ task: WorkRequest.Task, _ topic: Jobs.Topic) -> [Effect] {
    jobs.want(WorkRequest(title: title, material: material, task: task), topic)
  }

  private mutating func cancelJobs() -> [Effect] {
    let topics = jobs.cancelAll()
    guard !topics.isEmpty else {
      messages.say("no job is running; gq quits", .warning)
      return []
    }
    for topic in topics {
      switch topic {
      case .queue(let id), .similarity(let id): views.queues[id]?.phase = .stopped
      case .references: session.bulk = nil
      case .bins, .raster, .timeline, .pivot: views.isPlotStopped = true
      case .collect: collecting = nil
      case .profile(let code): views.review.take(.unknown, of: code)
      case .survey, .search, .locate: break
      case .comparison: dropComparison()
      }
    }
    messages.say("stopped", .warning)
    // Nobody asked for this one, and without it the marks would not be what the journal says.
    return [.cancelWork] + (topics.contains(.locate) ? locateOthers() : [])
  }
}

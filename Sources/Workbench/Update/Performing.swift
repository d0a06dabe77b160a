import Model
import Review

/// Each command by what it does.
extension State {
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
  mutating func quit() -> [Effect] {
    if let bulk = session.bulk {
      messages.say(
        "the decision for \(counted(bulk.rows.count, "sample")) is not saved yet: ^C drops it", .warning)
      return []
    }
    hasQuit = true
    return [.saveView(memory)]
  }

  mutating func nothingHere() -> [Effect] {
    messages.say("there is no sample here", .warning)
    return []
  }

  mutating func export(_ argument: String) -> [Effect] {
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
}

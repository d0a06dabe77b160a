import Model
import Review

/// Words on samples.
extension State {
  /// One word on the sample under the cursor, or off it.
  mutating func tag(_ argument: String, isSet: Bool) -> [Effect] {
    guard let queue = currentQueue, let row = queue.currentRow else { return nothingHere() }
    guard mayDecide() else { return [] }
    guard let word = word(argument, isSet: isSet, forMany: false) else { return [] }
    guard marks.tags.has(row, word) != isSet else {
      messages.say("#\(name(row)) \(isSet ? "has" : "does not have") the tag \(displayText(word))", .warning)
      return []
    }
    return choose(.init(act: .tag(word, isSet: isSet), row: row, queue: queue.id))
  }

  /// One word on all that is selected, or off it, as one step.
  mutating func tagMany(_ argument: String, isSet: Bool) -> [Effect] {
    guard mayDecideForMany() else { return [] }
    guard let word = word(argument, isSet: isSet, forMany: true) else { return [] }
    let rows = ContiguousArray(selection.rows.filter { marks.tags.has($0, word) != isSet }.map { Int32($0) })
    guard !rows.isEmpty else {
      messages.say(
        "\(isSet ? "all" : "none") of \(counted(selection.rows.count, "selected sample")) tagged \(displayText(word))",
        .warning)
      return []
    }
    return begin(
      Session.PendingBulk(
        decides: .tag(word, isSet: isSet), rows: rows, rule: selection.rule, isAdjudication: false))
  }

  /// Asks for the word where none was given; nil where there is none yet, or one that cannot be a tag.
  private mutating func word(_ argument: String, isSet: Bool, forMany: Bool) -> String? {
    let word = argument.trimmed
    guard !word.isEmpty else {
      prompt = .line(LinePrompt(.tag(isSet: isSet, forMany: forMany)))
      return nil
    }
    if let objection = Tags.objection(to: word) {
      messages.say("\(displayText(word)): \(objection)", .error)
      return nil
    }
    return word
  }
}

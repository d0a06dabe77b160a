import Model
import Screen

/// The question before a decision for many.
extension State {
  mutating func mayDecideForMany() -> Bool {
    endRange()
    guard collecting == nil else {
      messages.say("the samples are still being selected", .warning)
      return false
    }
    guard !selection.rows.isEmpty else {
      messages.say("nothing is selected: * selects all that is shown", .warning)
      return false
    }
    return mayDecide()
  }

  /// Opens the question; nothing is decided before it is answered.
  mutating func askForMany(_ choice: Confirmation.Choice) -> [Effect] {
    guard mayDecideForMany() else { return [] }
    let question = Confirmation(
      choice, selection, marks, material.report, isAdjudication: currentQueue?.isOfDisputes == true)
    guard question.all.count > 0 else {
      messages.say("no label is suggested for any of the selected samples: gr chooses one", .warning)
      return []
    }
    guard question.all.count > question.all.already else {
      messages.say(
        counted(question.all.already, "selected sample is", "selected samples are")
          + " already \(choice.words)", .warning)
      return []
    }
    prompt = .confirm(question)
    return []
  }

  mutating func takeInConfirmation(_ key: Key, _ question: Confirmation) -> [Effect] {
    var question = question
    switch key {
    case .character("f"), .character("F"):
      guard question.canBeNarrowed else { return [] }
      question.onlyFlagged.toggle()
      question.typed = ""
    case .character("o"), .character("O"):
      guard !question.candidates.others.isEmpty else { return [] }
      question.overrides.toggle()
      question.typed = ""
    case .character(let character)
    where question.mustType && character.isASCII && character.isNumber && question.typed.count < 12:
      question.typed.append(character)
    case .backspace where question.mustType: _ = question.typed.popLast()
    case .character("y"), .character("Y"):
      guard question.count > 0, !question.mustType else { return [] }
      return decideForMany(question)
    case .enter:
      guard question.mustType, question.typed == String(question.count) else { return dropQuestion() }
      return decideForMany(question)
    case .character("n"), .character("N"), .character("q"), .escape, .control("c"): return dropQuestion()
    default: return []
    }
    prompt = .confirm(question)
    return []
  }

  private mutating func dropQuestion() -> [Effect] {
    prompt = nil
    messages.say("nothing was decided")
    return []
  }

  mutating func decideForMany(_ question: Confirmation) -> [Effect] {
    prompt = nil
    return begin(
      Session.PendingBulk(
        decides: .verdict(question.choice), rows: question.rows, rule: question.recordedRule,
        isAdjudication: question.isAdjudication))
  }
}

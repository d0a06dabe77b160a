import Model
import Scanning
import Screen

extension Frame {
  /// The question before a decision for many.
  mutating func paint(_ question: Confirmation) {
    let mustType = question.mustType
    let narrow = question.canBeNarrowed ? (question.onlyFlagged ? "f all   " : "f flagged only   ") : ""
    MessageBox(
      title: "decide for many", lines: lines(of: question),
      keys: mustType ? "Enter with the number: yes   \(narrow)Esc no" : "y yes   \(narrow)N no",
      prompt: mustType
        ? Screen.Prompt(
          label: "type \(question.count) to go on: ", text: question.typed, caret: question.typed.count)
        : nil,
      style: .plain, titleStyle: theme[.title]
    ).draw(into: &grid, within: layout.body, capabilities: capabilities)
  }

  private func lines(of question: Confirmation) -> [String] {
    let candidates = question.candidates
    let of = question.onlyFlagged ? "flagged " : ""
    var lines = [asks(question.choice, of: counted(question.count, "\(of)sample"))]
    if question.isAdjudication { lines.append("It settles the dispute of the reviewers.") }
    lines += changes(candidates)
    if let objection = question.objection { lines.append(objection) }
    if question.countBelow > 0 { lines.append(below(question)) }
    if let rule = question.rule { lines.append("Rule: \(displayText(rule))") }
    var kept: [String] = []
    if candidates.already > 0 {
      kept.append("\(counted(candidates.already, "is", "are")) already \(question.choice.words)")
    }
    if !candidates.others.isEmpty {
      let parts = candidates.otherCounts.map { "\(grouped($0.count)) \($0.mark.rawValue.uppercased())" }
      kept.append(
        parts.joined(separator: ", ") + (question.overrides ? " will change" : " kept (o overrides)"))
    }
    if !kept.isEmpty { lines.append(kept.joined(separator: "; ") + ".") }
    let report = material.report
    for (title, groups) in [
      ("label", candidates.labels.top(report.facts.classes)),
      ("source", candidates.sources.top(report.sources?.names ?? [])),
    ] where !groups.isEmpty {
      lines.append(list(groups, title))
    }
    let examples = candidates.open.prefix(5).map { "#" + displayText(report.ids[Int($0)]) }
    if !examples.isEmpty { lines.append("Examples: " + examples.joined(separator: " ")) }
    lines.append("One step for u to undo.")
    return lines
  }

  private func asks(_ choice: Confirmation.Choice, of samples: String) -> String {
    switch choice {
    case .suggested: "Relabel \(samples) as suggested?"
    case .verdict(.relabel(let label)): "Relabel \(samples) as \(displayText(label))?"
    case .verdict: "Mark \(samples) as \(choice.words)?"
    }
  }

  /// Which labels give way to which, the most frequent changes first.
  private func changes(_ candidates: Confirmation.Candidates) -> [String] {
    let ranked = candidates.changes.ranked
    let classes = material.report.facts.classes
    func name(_ code: Int32) -> String {
      classes.indices.contains(Int(code)) ? displayText(classes[Int(code)]) : "none"
    }
    var lines = ranked.prefix(Self.listedChanges).map {
      "\(name($0.value.given)) \(arrow) \(name($0.value.suggested)): \(grouped($0.count))"
    }
    if ranked.count > lines.count {
      let rest = ranked.dropFirst(lines.count).reduce(0) { $0 + $1.count }
      lines.append(
        "\(counted(ranked.count - lines.count, "other pair")) of labels: \(counted(rest, "sample"))")
    }
    if candidates.withoutSuggestion > 0 {
      lines.append("\(counted(candidates.withoutSuggestion, "has", "have")) no suggested label: left out.")
    }
    return lines
  }

  private static var listedChanges: Int { 6 }

  /// How many are not even flagged, which a finding says nothing of, and under which labels.
  private func below(_ question: Confirmation) -> String {
    let labels = question.labelsBelow.top(material.report.facts.classes)
    let threshold = "the flag threshold of \(Report.flagThreshold)"
    if question.onlyFlagged {
      return "\(counted(question.countBelow, "sample")) below \(threshold) left out."
    }
    let which = labels.isEmpty ? "" : " (\(list(labels, "label")))"
    let all =
      "of the \(grouped(question.all.count)) \(question.choice == .suggested ? "with a suggestion" : "selected")"
    return "\(counted(question.countBelow, "\(all) lies", "\(all) lie")) below \(threshold)\(which)."
  }

  /// "label 7: 9, label 4: 8"
  private func list(_ groups: [(name: String, count: Int)], _ title: String) -> String {
    groups.map { "\(title) \(displayText($0.name)): \(grouped($0.count))" }.joined(separator: ", ")
  }
}

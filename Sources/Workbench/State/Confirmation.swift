import Model
import Scanning

/// Asks before a decision for many samples.
package struct Confirmation: Sendable {
  /// From this many on the number must be typed.
  package static let typedAbove = 1000

  /// What is decided for each of them.
  package enum Choice: Sendable, Equatable {
    case verdict(Verdict)
    /// The label that the evidence suggests for it.
    case suggested

    /// Nil where nothing is suggested.
    func verdict(of row: Int, _ report: Report) -> Verdict? {
      switch self {
      case .verdict(let verdict): return verdict
      case .suggested:
        let code = row < report.suggestedLabels.count ? Int(report.suggestedLabels[row]) : -1
        return report.facts.classes.indices.contains(code) ? .relabel(report.facts.classes[code]) : nil
      }
    }

    /// "POISONED", or what else is said of the samples.
    package var words: String {
      switch self {
      case .verdict(let verdict): capitals(verdict)
      case .suggested: "RELABEL as suggested"
      }
    }
  }

  /// Some of the selected samples, by what stands of them already.
  package struct Candidates: Sendable {
    /// Without a verdict.
    package fileprivate(set) var open = ContiguousArray<Int32>()
    /// With this verdict already.
    package fileprivate(set) var already = 0
    /// With another verdict; decided anew only where that is asked for.
    package fileprivate(set) var others = ContiguousArray<Int32>()
    /// Without a suggested label, where that is what they would get.
    package fileprivate(set) var withoutSuggestion = 0
    private var othersByMark: [VerdictMark: Int] = [:]
    package private(set) var labels = CodeTally()
    package private(set) var sources = CodeTally()
    /// Given and suggested label.
    package private(set) var changes = ChangeTally()

    package var count: Int { open.count + already + others.count }
    package var otherCounts: [(mark: VerdictMark, count: Int)] {
      VerdictMark.allCases.compactMap { mark in othersByMark[mark].map { (mark, $0) } }
    }

    /// - Parameter isAdjudication: one's own verdict stands against that of another and decides nothing yet.
    /// - Returns: whether the choice says anything of the sample.
    @discardableResult
    mutating func add(
      _ row: Int, deciding choice: Choice, _ marks: Marks, _ report: Report, isAdjudication: Bool
    ) -> Bool {
      guard let verdict = choice.verdict(of: row, report) else {
        withoutSuggestion += 1
        return false
      }
      if choice == .suggested {
        changes.add(
          LabelChange(
            given: row < report.labels.count ? report.labels[row] : -1, suggested: report.suggestedLabels[row]
          ))
      }
      if row < report.labels.count { labels.add(report.labels[row]) }
      if let codes = report.sources?.codes { sources.add(codes[row]) }
      guard let mark = isAdjudication && marks.peers.settled(row) == nil ? nil : marks[row] else {
        open.append(Int32(row))
        return true
      }
      if marks.verdict(of: row) == verdict {
        already += 1
      } else {
        others.append(Int32(row))
        othersByMark[mark, default: 0] += 1
      }
      return true
    }
  }

  package let choice: Choice
  /// It takes the place of what reviewers say who differ.
  package let isAdjudication: Bool
  /// What selected the samples; nil for a selection by hand.
  package let rule: String?
  /// Why it may be wrong for all of them; nil where nothing speaks against it.
  package let objection: String?
  package private(set) var all = Candidates()
  /// Those at or above the flag threshold.
  package private(set) var flagged = Candidates()
  /// Labels of the others.
  package private(set) var labelsBelow = CodeTally()
  /// Decides for the flagged ones only.
  package var onlyFlagged = false
  package var overrides = false
  package var typed = ""

  init(
    _ choice: Choice, _ selection: Selection, _ marks: Marks, _ report: Report, isAdjudication: Bool = false
  ) {
    self.choice = choice
    self.isAdjudication = isAdjudication
    rule = selection.rule
    objection = choice == .verdict(.poisoned) ? selection.group?.objectionToPoisoned : nil
    for row in selection.rows {
      let isDecided = all.add(row, deciding: choice, marks, report, isAdjudication: isAdjudication)
      if report.suspicion[row] >= Report.flagThreshold {
        flagged.add(row, deciding: choice, marks, report, isAdjudication: isAdjudication)
      } else if isDecided, row < report.labels.count {
        labelsBelow.add(report.labels[row])
      }
    }
  }

  /// What the answer is about.
  package var candidates: Candidates { onlyFlagged ? flagged : all }
  package var countBelow: Int { all.count - flagged.count }
  /// Whether leaving those below the threshold out leaves some.
  package var canBeNarrowed: Bool { flagged.count > 0 && countBelow > 0 }
  package var count: Int { candidates.open.count + (overrides ? candidates.others.count : 0) }
  package var mustType: Bool { count > Self.typedAbove }

  /// The samples to decide for, rising.
  package var rows: ContiguousArray<Int32> {
    overrides ? ContiguousArray((candidates.open + candidates.others).sorted()) : candidates.open
  }

  /// What the journal says of the choice.
  package var recordedRule: String {
    let chosen = rule ?? "selection of \(count) by hand"
    return onlyFlagged ? chosen + " & " + CompiledFilter.flagged : chosen
  }
}

import Model
import Scanning

/// Asks before a decision for many samples.
package struct Confirmation: Sendable {
  /// From this many on the number must be typed.
  package static let typedAbove = 1000

  /// Some of the selected samples, by what stands of them already.
  package struct Candidates: Sendable {
    /// Without a verdict.
    package fileprivate(set) var open = ContiguousArray<Int32>()
    /// With this verdict already.
    package fileprivate(set) var already = 0
    /// With another verdict; decided anew only where that is asked for.
    package fileprivate(set) var others = ContiguousArray<Int32>()
    private var othersByMark: [VerdictMark: Int] = [:]
    package private(set) var labels = Tally()
    package private(set) var sources = Tally()

    package var count: Int { open.count + already + others.count }
    package var otherCounts: [(mark: VerdictMark, count: Int)] {
      VerdictMark.allCases.compactMap { mark in othersByMark[mark].map { (mark, $0) } }
    }

    mutating func add(_ row: Int, deciding verdict: Verdict, _ marks: Marks, _ report: Report) {
      if row < report.labels.count { labels.add(report.labels[row]) }
      if let codes = report.sources?.codes { sources.add(codes[row]) }
      guard let mark = marks[row] else { return open.append(Int32(row)) }
      if marks.verdict(of: row) == verdict {
        already += 1
      } else {
        others.append(Int32(row))
        othersByMark[mark, default: 0] += 1
      }
    }
  }

  /// How many samples have each code.
  package struct Tally: Sendable {
    private var counts: [Int32: Int] = [:]
    fileprivate mutating func add(_ code: Int32) { counts[code, default: 0] += 1 }

    /// The three most frequent names; a code without a name is "none".
    package func top(_ names: [String]) -> [(name: String, count: Int)] {
      counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(3).map {
        (name: names.indices.contains(Int($0.key)) ? names[Int($0.key)] : "none", count: $0.value)
      }
    }
  }

  package let verdict: Verdict
  /// What selected the samples; nil for a selection by hand.
  package let rule: String?
  /// Why it may be wrong for all of them; nil where nothing speaks against it.
  package let objection: String?
  package private(set) var all = Candidates()
  /// Those at or above the flag threshold.
  package private(set) var flagged = Candidates()
  /// Labels of those below it.
  package private(set) var labelsBelow = Tally()
  /// Decides for the flagged ones only.
  package var onlyFlagged = false
  package var overrides = false
  package var typed = ""

  init(_ verdict: Verdict, _ selection: Selection, _ marks: Marks, _ report: Report) {
    self.verdict = verdict
    rule = selection.rule
    objection = selection.group?.objection(to: verdict)
    for row in selection.rows {
      all.add(row, deciding: verdict, marks, report)
      if report.suspicion[row] >= Report.flagThreshold {
        flagged.add(row, deciding: verdict, marks, report)
      } else if row < report.labels.count {
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
    return onlyFlagged ? chosen + " & " + State.flaggedCondition : chosen
  }
}

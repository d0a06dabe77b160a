import Model
import Review
import Scanning

/// The standing verdicts as a table: a row for each sample and reviewer, in dataset order, then by reviewer.
///
///     id, label        the sample and its given label
///     suspicion        0..1
///     hypothesis       the attack that explains it best, or none
///     verdict          poisoned, clean, relabel or unsure; empty of a sample that has a tag and no verdict
///     new_label        of a relabel
///     reviewer, at     who decided, and when (UTC)
///     note
///     state            stands; disputed where reviewers differ; changed where the content is not what was judged;
///                      overruled where the adjudication of another reviewer counts instead; tagged without a verdict
///     settles          of an adjudication the verdicts of others that it takes the place of
///     tags             of the sample, whoever put them on it, separated by spaces
///
/// JSON Lines has the same members and `digest`, the SHA-256 of the content that was judged. Text stays as it is, also
/// what a spreadsheet would take for a formula: import it as text.
enum DecisionTable {
  struct Line: Encodable {
    var id: String
    var label: String?
    var suspicion: Float
    var hypothesis: String
    var verdict: String?
    var newLabel: String?
    var reviewer: String
    var at: String
    var note: String?
    var state: String
    var settles: String?
    var tags: [String]?
    var digest: String?

    enum CodingKeys: String, CodingKey {
      case id, label, suspicion, hypothesis, verdict, reviewer, at, note, state, settles, tags, digest
      case newLabel = "new_label"
    }
  }

  /// - Parameter encode: makes the bytes of a row.
  static func write(
    _ reviewed: ReviewedCase, to path: String, header: [UInt8], _ encode: (Line) throws -> [UInt8]
  ) throws -> [String] {
    let report = reviewed.opened.report
    var samples = reviewed.samples.samples
    samples += reviewed.samples.tagged.map(\.sample)
    samples.sort { $0.row < $1.row }
    let taggers = Dictionary(
      reviewed.samples.tagged.lazy.map { ($0.sample.row, $0.by) }, uniquingKeysWith: { first, _ in first })
    return try ExportTarget.write(path) { file in
      try file.append(header)
      var decisions = 0
      for sample in samples {
        let lines = sample.opinions.map { line(of: $0, sample, report) }
        decisions += lines.count
        for line in lines.isEmpty ? [line(of: taggers[sample.row], sample, report)] : lines {
          try file.append(try encode(line))
        }
      }
      let tagged = reviewed.samples.tagged.count
      return counted(decisions, "decision")
        + (tagged > 0 ? " and \(counted(tagged, "tagged sample")) without one" : "")
    }
  }

  private static func line(
    of opinion: Agreement.Opinion, _ sample: ReviewedSamples.Sample, _ report: Report
  ) -> Line {
    let isOverruled = sample.state == .stands && opinion.verdict != sample.verdict
    return Line(
      id: sample.id, label: report.labelName(at: sample.row), suspicion: report.suspicion[sample.row],
      hypothesis: report.hypotheses[Int(report.hypothesis[sample.row])], verdict: opinion.verdict.word,
      newLabel: opinion.verdict.newLabel, reviewer: opinion.reviewer, at: Timestamp.text(opinion.at),
      note: opinion.note, state: isOverruled ? "overruled" : sample.state.rawValue,
      settles: opinion.settles.map { $0.map(\.text).joined(separator: ", ") },
      tags: sample.tags.isEmpty ? nil : sample.tags, digest: opinion.digest?.hex)
  }

  /// Of a sample that was only tagged.
  private static func line(
    of tagging: Decision?, _ sample: ReviewedSamples.Sample, _ report: Report
  ) -> Line {
    Line(
      id: sample.id, label: report.labelName(at: sample.row), suspicion: report.suspicion[sample.row],
      hypothesis: report.hypotheses[Int(report.hypothesis[sample.row])],
      reviewer: tagging?.reviewer ?? "", at: Timestamp.text(tagging?.at ?? 0), state: "tagged",
      tags: sample.tags)
  }
}

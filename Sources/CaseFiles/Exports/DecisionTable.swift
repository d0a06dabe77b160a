import Model
import Review
import Scanning

/// The standing verdicts as a table: a row for each sample and reviewer, in dataset order, then by reviewer.
///
///     id, label        the sample and its given label
///     suspicion        0..1
///     hypothesis       the attack that explains it best, or none
///     verdict          poisoned, clean, relabel or unsure
///     new_label        of a relabel
///     reviewer, at     who decided, and when (UTC)
///     note
///     state            stands; disputed where reviewers differ; changed where the content is not what was judged
///
/// JSON Lines has the same members and `digest`, the SHA-256 of the content that was judged. Text stays as it is, also
/// what a spreadsheet would take for a formula: import it as text.
enum DecisionTable {
  struct Line: Encodable {
    var id: String
    var label: String?
    var suspicion: Float
    var hypothesis: String
    var verdict: String
    var newLabel: String?
    var reviewer: String
    var at: String
    var note: String?
    var state: String
    var digest: String?

    enum CodingKeys: String, CodingKey {
      case id, label, suspicion, hypothesis, verdict, reviewer, at, note, state, digest
      case newLabel = "new_label"
    }
  }

  /// - Parameter encode: makes the bytes of a row.
  static func write(
    _ reviewed: ReviewedCase, to path: String, header: [UInt8], _ encode: (Line) throws -> [UInt8]
  ) throws -> [String] {
    let report = reviewed.opened.report
    return try ExportTarget.write(path) { file in
      try file.append(header)
      var count = 0
      for sample in reviewed.samples.samples {
        for opinion in sample.opinions {
          let line = Line(
            id: sample.id, label: report.labelName(at: sample.row), suspicion: report.suspicion[sample.row],
            hypothesis: report.hypotheses[Int(report.hypothesis[sample.row])], verdict: opinion.verdict.word,
            newLabel: opinion.verdict.newLabel, reviewer: opinion.reviewer, at: Timestamp.text(opinion.at),
            note: opinion.note, state: sample.state.rawValue, digest: opinion.digest?.hex)
          try file.append(try encode(line))
          count += 1
        }
      }
      return counted(count, "decision")
    }
  }
}

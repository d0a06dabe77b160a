import Foundation
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
  static let columns = [
    "id", "label", "suspicion", "hypothesis", "verdict", "new_label", "reviewer", "at", "note", "state",
  ]

  static func writeCSV(
    _ samples: ReviewedSamples, _ report: Report, to file: inout FileWriter
  ) throws -> String {
    try file.append(CSVText.row(columns))
    return try write(samples, report, to: &file) { line in
      CSVText.row([
        line.id, line.label ?? "", CSVText.number(line.suspicion), line.hypothesis, line.verdict,
        line.newLabel ?? "", line.reviewer, line.at, line.note ?? "", line.state,
      ])
    }
  }

  static func writeJSONLines(
    _ samples: ReviewedSamples, _ report: Report, to file: inout FileWriter
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return try write(samples, report, to: &file) { [UInt8](try encoder.encode($0)) + [UInt8(ascii: "\n")] }
  }

  private struct Line: Encodable {
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

  private static func write(
    _ samples: ReviewedSamples, _ report: Report, to file: inout FileWriter,
    _ encode: (Line) throws -> [UInt8]
  ) throws -> String {
    var count = 0
    for sample in samples.samples {
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

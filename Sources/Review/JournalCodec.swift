import Crypto
import Foundation
import Model

/// The review journal: JSON Lines, one decision a line, appended only.
///
///     {"v":1,"seq":7,"at":"2026-03-01T09:30:00.123Z","reviewer":"ada",
///      "samples":[{"id":"img-8","digest":"<64 hex>"}],"verdict":"relabel","label":"cat","note":"…",
///      "shown":{"suspicion":0.97,"rank":17,"version":"0.1.0"},"by":"T3","prev":"<64 hex>"}
///
/// (one line; wrapped here). `verdict` is poisoned, clean, relabel (with `label`), unsure or undo (with `undoes`, the
/// `seq` of the decision that is taken back). `prev` is the SHA-256 of the bytes of the line before, its line feed not
/// included; of the first line it is 64 zeros. `seq` begins with 1 and rises by one. State is the fold of the lines.
///
/// The chain can be walked without this program:
///
///     prev=$(printf '0%.0s' $(seq 64)); while IFS= read -r line; do
///       case $line in *"\"prev\":\"$prev\"}") ;; *) echo broken; break;; esac
///       prev=$(printf %s "$line" | sha256sum | cut -d' ' -f1); done < review.jsonl
enum JournalCodec {
  static let version = 1
  static let genesis = String(repeating: "0", count: 64)

  struct Line: Codable {
    struct Sample: Codable {
      var id: String
      var digest: String?
    }
    struct Shown: Codable {
      var suspicion: Float
      var rank: Int
      var version: String
    }
    var v: Int
    var seq: UInt64
    var at: String
    var reviewer: String
    var samples: [Sample]
    var verdict: String
    var label: String?
    var undoes: UInt64?
    var note: String?
    var shown: Shown?
    var by: String?
    var prev: String
  }

  /// The line's bytes without the line feed.
  static func encode(_ decision: Decision, prev: String) throws -> Data {
    var line = Line(
      v: version, seq: decision.sequence, at: Timestamp.text(decision.at), reviewer: decision.reviewer,
      samples: decision.samples.map { .init(id: $0.id, digest: $0.digest?.hex) }, verdict: "undo", prev: prev)
    switch decision.act {
    case .verdict(let verdict):
      line.verdict = verdict.word
      if case .relabel(let label) = verdict { line.label = label }
    case .undo(let sequence): line.undoes = sequence
    }
    line.note = decision.note
    line.shown = decision.shown.map { .init(suspicion: $0.suspicion, rank: $0.rank, version: $0.version) }
    line.by = decision.by
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    // `prev` goes last by hand, so that a shell can check it by the line's end.
    line.prev = ""
    let body = String(decoding: try encoder.encode(line), as: UTF8.self)
    let withoutPrev = body.replacingOccurrences(of: "\"prev\":\"\",", with: "")
    return Data((withoutPrev.dropLast() + ",\"prev\":\"\(prev)\"}").utf8)
  }

  static func decode(_ data: Data) throws -> (decision: Decision, prev: String) {
    let line = try JSONDecoder().decode(Line.self, from: data)
    guard line.v == version else { throw JournalProblem.Reason("version \(line.v) is not known") }
    guard let at = Timestamp.milliseconds(line.at) else { throw JournalProblem.Reason("'at' is no time") }
    let act: Decision.Act
    switch (line.verdict, line.label, line.undoes) {
    case ("poisoned", nil, nil): act = .verdict(.poisoned)
    case ("clean", nil, nil): act = .verdict(.clean)
    case ("unsure", nil, nil): act = .verdict(.unsure)
    case ("relabel", let label?, nil): act = .verdict(.relabel(label))
    case ("undo", nil, let sequence?): act = .undo(sequence)
    default: throw JournalProblem.Reason("the verdict '\(line.verdict)' does not go with its fields")
    }
    let decision = Decision(
      sequence: line.seq, at: at, reviewer: line.reviewer,
      samples: try line.samples.map { sample in
        let digest = sample.digest.flatMap { Digest(hex: $0) }
        if sample.digest != nil && digest == nil { throw JournalProblem.Reason("a digest is malformed") }
        return .init(id: sample.id, digest: digest)
      }, act: act, note: line.note,
      shown: line.shown.map { .init(suspicion: $0.suspicion, rank: $0.rank, version: $0.version) },
      by: line.by)
    return (decision, line.prev)
  }

  static func hash(_ line: Data) -> String {
    SHA256.hash(data: line).map { byte in
      let hex = String(byte, radix: 16)
      return hex.count == 1 ? "0" + hex : hex
    }.joined()
  }
}

/// ISO 8601 in UTC with milliseconds.
package enum Timestamp {
  private static func style() -> Date.ISO8601FormatStyle {
    Date.ISO8601FormatStyle(includingFractionalSeconds: true)
  }
  /// - Parameter milliseconds: since 1970 UTC.
  package static func text(_ milliseconds: Int64) -> String {
    // The formatter cuts off; a tenth of a millisecond keeps 0.123 from becoming 0.122.
    Date(timeIntervalSince1970: Double(milliseconds) / 1000 + 0.0001).formatted(style())
  }
  package static func milliseconds(_ text: String) -> Int64? {
    guard let date = try? Date(text, strategy: style()) else { return nil }
    return Int64((date.timeIntervalSince1970 * 1000).rounded())
  }
}

/// What is wrong with one line of a journal.
package struct JournalProblem: Sendable, Equatable, CustomStringConvertible {
  struct Reason: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }
  /// From 1.
  package let line: Int
  package let reason: String
  /// The last line was cut off: its decision was never shown as saved.
  package let isTornTail: Bool
  package var description: String { "line \(line): \(reason)" }
}

import Model

/// The review journal: JSON Lines, appended only. A decision is one line,
///
///     {"at":"2026-03-01T09:30:00.123Z","by":"T3","label":"cat","note":"…","reviewer":"ada",
///      "samples":[{"digest":"<64 hex>","id":"img-8"}],"seq":7,
///      "shown":{"rank":17,"suspicion":0.97,"version":"0.1.0"},"v":1,"verdict":"relabel","prev":"<64 hex>"}
///
/// (wrapped here). `verdict` is poisoned, clean, relabel (with `label`), unsure, undo (with `undoes`, the `seq` of the
/// decision that is taken back), tag or untag (`v` 3, with `tag`, a word that is put on the samples or taken off them) or
/// repair (`v` 2, with `removed`: `bytes`, `sha256` and `file` of what was moved out of the journal; it decides nothing).
///
/// An adjudication is a verdict (`v` 3) with `settles`, the verdicts of others that it takes the place of: `reviewer`,
/// `verdict` and `label` of each.
///
/// A decision over so many samples that its line would exceed `lineLimit` is several lines (`v` 2) that follow one
/// another, one decision and one undo: the first has the members above, `"part":"begin"` and `total`, the number of
/// samples; then come lines with `"part":"more"`, and one with `"part":"end"`, which have `of`, the `seq` of the first,
/// and further `samples`. Without its end the decision does not count.
///
/// `prev` is the SHA-256 of the bytes of the line before, its line feed not included; of the first line it is 64 zeros.
/// `seq` begins with 1 and rises by one a line. State is the fold of the decisions.
///
/// The chain can be walked without this program:
///
///     prev=$(printf '0%.0s' $(seq 64)); while IFS= read -r line; do
///       case $line in *"\"prev\":\"$prev\"}") ;; *) echo broken; break;; esac
///       prev=$(printf %s "$line" | sha256sum | cut -d' ' -f1); done < review.jsonl
enum JournalCodec {
  /// Bytes of a line from which on a decision is written in parts. Readers take lines of any length.
  static let lineLimit = 1 << 20

  /// Lines, each with its line feed, and what the chain is after them.
  struct Encoded {
    var bytes: [UInt8] = []
    /// Where the last line begins in `bytes`.
    var lastLine = 0
    var hashes: [Digest] = []
  }

  /// - Parameters:
  ///   - decision: with the sequence number that it shall have.
  ///   - prev: the hash of the line before.
  static func encode(_ decision: Decision, prev: Digest) -> Encoded {
    var encoded = Encoded()
    var prev = prev
    var parts = SampleParts(decision.samples)
    let first = parts.next()
    func append(_ line: LineWriter) {
      encoded.lastLine = encoded.bytes.count
      let bytes = line.finished(prev: prev)
      prev = bytes.withUnsafeBytes(SHA256.digest)
      encoded.hashes.append(prev)
      encoded.bytes += bytes
      encoded.bytes.append(UInt8(ascii: "\n"))
    }
    append(line(for: decision, samples: first, isWhole: parts.isDone))
    var sequence = decision.sequence
    while !parts.isDone {
      sequence += 1
      let samples = parts.next()
      var line = LineWriter()
      line.number("of", decision.sequence)
      line.string("part", parts.isDone ? "end" : "more")
      line.samples(samples)
      line.number("seq", sequence)
      line.number("v", 2)
      append(line)
    }
    return encoded
  }

  private static func line(
    for decision: Decision, samples: ArraySlice<Decision.SampleReference>, isWhole: Bool
  ) -> LineWriter {
    // Members by name, but for `prev`, which goes last so that a shell can check it by the line's end.
    var line = LineWriter()
    line.string("at", Timestamp.text(decision.at))
    line.string("by", decision.by)
    line.string("label", decision.act.newLabel)
    line.string("note", decision.note)
    if !isWhole { line.string("part", "begin") }
    if case .repair(let removed) = decision.act { line.removed(removed) }
    line.string("reviewer", decision.reviewer)
    line.samples(samples)
    line.number("seq", decision.sequence)
    if let settled = decision.settles { line.settles(settled) }
    if let shown = decision.shown { line.shown(shown) }
    if case .tag(let word, _) = decision.act { line.string("tag", word) }
    if !isWhole { line.number("total", UInt64(decision.samples.count)) }
    if case .undo(let sequence) = decision.act { line.number("undoes", sequence) }
    line.number("v", version(of: decision, isWhole: isWhole))
    line.string("verdict", decision.act.word)
    return line
  }

  /// The first version of the format that has what the line says.
  private static func version(of decision: Decision, isWhole: Bool) -> UInt64 {
    if decision.settles != nil { return 3 }
    return switch decision.act {
    case .tag: 3
    case .repair: 2
    case .verdict, .undo: isWhole ? 1 : 2
    }
  }
}

/// Cuts samples into runs that fit a line.
private struct SampleParts {
  private let samples: [Decision.SampleReference]
  private var position = 0
  private var isStarted = false

  init(_ samples: [Decision.SampleReference]) { self.samples = samples }

  var isDone: Bool { isStarted && position == samples.count }

  /// At least one sample where there is one, however long its id is.
  mutating func next() -> ArraySlice<Decision.SampleReference> {
    isStarted = true
    let start = position
    // What the other members need is little beside a line's limit.
    var bytes = 0
    while position < samples.count {
      bytes += 96 + samples[position].id.utf8.count
      if bytes > JournalCodec.lineLimit - (1 << 16), position > start { break }
      position += 1
    }
    return samples[start..<position]
  }
}

extension Decision.Act {
  /// What stands under `verdict`.
  package var word: String {
    switch self {
    case .verdict(let verdict): verdict.word
    case .undo: "undo"
    case .tag(_, let isSet): isSet ? "tag" : "untag"
    case .repair: "repair"
    }
  }
  fileprivate var newLabel: String? { if case .verdict(let verdict) = self { verdict.newLabel } else { nil } }
}

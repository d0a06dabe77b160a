import Glibc
import Model
import Scanning
import TriggerMining

/// Samples of a set of texts that have none: empty ones, and those that hold a placeholder. Compared with
/// others they are copies, what all others of their class hold would look like a trigger, and their labels cannot be
/// checked.
///
/// A placeholder is a word for nothing ("N/A", "[deleted]"), a sign like "-" that one in a hundred samples is, or one
/// text, however its letters and spaces are written, that many samples share where most texts are their own, spread over
/// the classes as samples are: a flood of one text would push one class.
struct TextGaps {
  /// Rows with a text; nil where all have one, or none has.
  let rows: [Int]?
  let notes: [String]
  /// Whether there is no text at all.
  let leavesNothing: Bool

  /// Of the samples with a text, those that a placeholder is shared by.
  private static let minShare = 0.05
  /// The same of one that is short ("see attached file"), or without a letter, a digit or a symbol.
  private static let minShortShare = 0.01
  /// Characters and words of a short one.
  private static let (maxShortLength, maxShortWords) = (40, 6)
  private static let minHolders = 5
  /// Texts, of the others, that are different.
  private static let minDistinct = 0.5
  /// How far the classes of a placeholder's holders may lie from those of all, as a log likelihood ratio: one in 1,000.
  private static let maxLogRatio = 7.0

  init(_ dataset: Dataset) {
    guard let texts = dataset.texts, texts.count == dataset.count, dataset.images == nil else {
      (rows, notes, leavesNothing) = (nil, [], false)
      return
    }
    let spoken = texts.indices.filter { Self.says(texts[$0]) }
    let common = Self.commonTexts(texts, among: spoken, ScanInput.given(dataset), dataset.classes.count)
    let held = common.isEmpty ? spoken : spoken.filter { !common.contains(Self.key(texts[$0])) }
    let kept = held.isEmpty ? spoken : held
    var notes: [String] = []
    let empty = texts.count - spoken.count
    if empty > 0 {
      notes.append(
        counted(empty, "of \(texts.count) samples has", "of \(texts.count) samples have")
          + " no text (nothing, or a placeholder): not scored")
    }
    if held.count < spoken.count, !held.isEmpty {
      let shown = common.sorted().map { "\"\(displayText($0.prefix(60)))\"" }.joined(separator: " or ")
      notes.append(
        counted(spoken.count - held.count, "sample holds", "samples hold")
          + " nothing but \(shown): taken for no text, and not scored")
    }
    self.notes = notes
    leavesNothing = kept.isEmpty && !texts.isEmpty
    rows = kept.count < texts.count && !kept.isEmpty ? kept : nil
  }

  /// A text without the space around it and with one space for several, in lower case.
  private static func key(_ text: String) -> String {
    var text = text
    return text.withUTF8(asciiKey)
      ?? text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }

  /// By bytes, which is a hundred times as fast as by characters; nil where one is not ASCII.
  private static func asciiKey(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(unsafeUninitializedCapacity: text.count) { key in
      var count = 0
      var isSpaced = false
      for byte in text {
        if byte == 0x20 || (0x09...0x0D).contains(byte) {
          isSpaced = count > 0
          continue
        }
        if isSpaced {
          key[count] = 0x20
          count += 1
          isSpaced = false
        }
        key[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        count += 1
      }
      return count
    }
  }

  private static func isShort(_ key: String) -> Bool {
    key.count <= maxShortLength && key.count { $0 == " " } < maxShortWords
  }

  /// Whether a text holds anything visible, and is no word for nothing.
  private static func says(_ text: String) -> Bool {
    guard text.unicodeScalars.contains(where: { !isBlank($0) }) else { return false }
    guard text.utf8.count <= maxMarkerLength else { return true }
    let lowered = key(text)
    if markers.contains(lowered) { return false }
    guard let first = lowered.first, let last = lowered.last, brackets[first] == last else { return true }
    return !bracketed.contains(String(lowered.dropFirst().dropLast()))
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator:
      true
    default: false
    }
  }

  private static func isWordless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation:
        true
      default: isBlank(scalar)
      }
    }
  }

  private static let maxMarkerLength = 24
  private static let markers: Set = [
    "na", "n/a", "n.a.", "#n/a", "nan", "none", "null", "nil", "no text", "no content", "not available",
  ]
  /// Words that mean nothing only where they stand in brackets.
  private static let bracketed: Set = markers.union([
    "deleted", "removed", "missing", "empty", "blank", "unknown", "redacted", "media omitted",
  ])
  private static let brackets: [Character: Character] = ["[": "]", "<": ">", "(": ")", "{": "}"]

  private static func commonTexts(
    _ texts: StringColumn, among rows: [Int], _ labels: [Int], _ classCount: Int
  ) -> Set<String> {
    let holders = Dictionary(grouping: rows) { key(texts[$0]) }
    func shared(_ share: Double) -> [String: [Int]] {
      let minCount = max(minHolders, Int((share * Double(rows.count)).rounded(.up)))
      return holders.filter { $0.value.count >= minCount }
    }
    let small = shared(minShortShare)
    let wordless = Set(small.keys.filter(isWordless))
    let all = shares(of: rows, labels, classCount)
    // So few that they could not lie far from the classes of all, were they all of the largest one, are no evidence.
    let largest = all.max() ?? 1
    let minCount = largest < 1 ? -maxLogRatio / log(largest) : .infinity
    let short = small.filter { isShort($0.key) && Double($0.value.count) > minCount }
    let frequent = shared(minShare).merging(short) { own, _ in own }
    let others = rows.count - frequent.reduce(0) { $0 + $1.value.count }
    guard classCount >= 2, others > 0,
      Double(holders.count - frequent.count) >= minDistinct * Double(others)
    else { return wordless }
    return wordless.union(
      frequent.filter { _, rows in
        let own = shares(of: rows, labels, classCount)
        return zip(own, all).allSatisfy { own, expected in
          own <= expected
            || Double(rows.count) * ItemStatistic.divergence(own, expected) <= maxLogRatio
        }
      }.keys)
  }

  /// Of each class among the rows with a label.
  private static func shares(of rows: [Int], _ labels: [Int], _ classCount: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: classCount)
    for row in rows where labels[row] >= 0 { counts[labels[row]] += 1 }
    let total = max(1, counts.reduce(0, +))
    return counts.map { $0 / total }
  }
}

/// A second column of labels beside the one that is used: its values stand, but for a few rows, for the same classes.
struct LabelTwins {
  private struct Pair: Hashable {
    let label: [UInt8]
    let value: [UInt8]
  }
  private let label: Int
  private let candidates: [Int]
  private var pairs: [[Pair: Int]]

  private static let words: Set = [
    "label", "labels", "class", "classes", "category", "categories", "target", "sentiment", "intent", "topic",
    "gold", "truth", "annotation", "prediction", "y",
  ]
  /// Different pairs of values up to which two columns are compared: more are no classes.
  private static let pairLimit = 400

  /// Whether the name is one that labels usually have: "label_id", "gold", "y_true".
  static func isLabelLike(_ folded: String) -> Bool {
    folded.split { $0 == "_" || $0 == "." }.contains { words.contains(String($0)) }
  }

  /// - Parameter candidates: columns whose names are those of labels.
  init(label: Int, candidates: [Int]) {
    self.label = label
    self.candidates = candidates
    pairs = candidates.map { _ in [:] }
  }

  mutating func append(_ record: Record) {
    let own = Self.name(record, label)
    guard !own.isEmpty else { return }
    for (place, column) in candidates.enumerated() where pairs[place].count <= Self.pairLimit {
      let value = Self.name(record, column)
      if !value.isEmpty { pairs[place][Pair(label: own, value: value), default: 0] += 1 }
    }
  }

  private static func name(_ record: Record, _ column: Int) -> [UInt8] {
    record.withCell(column) { cell in cell.map { Array(CellValue.trimmed($0).prefix(128)) } ?? [] }
  }

  /// The columns that say the same as the label, and in how many of how many rows they do.
  var found: [(column: Int, same: Int, rows: Int)] {
    zip(candidates, pairs).compactMap { column, pairs in
      guard pairs.count <= Self.pairLimit else { return nil }
      let rows = pairs.values.reduce(0, +)
      let labels = Set(pairs.keys.map(\.label))
      let values = Set(pairs.keys.map(\.value))
      // Where hardly a name comes again, any column stands for any other.
      guard labels.count > 1, values.count > 1, 2 * max(labels.count, values.count) <= rows else {
        return nil
      }
      // Two vocabularies of the same names need not agree as often as two different ones.
      let common = labels.intersection(values).count
      let byName = pairs.reduce(0) { $0 + ($1.key.label == $1.key.value ? $1.value : 0) }
      if 2 * common > max(labels.count, values.count), 10 * byName >= 6 * rows {
        return (column, byName, rows)
      }
      let same = Self.sameByPlace(pairs)
      return 10 * same >= 9 * rows ? (column, same, rows) : nil
    }
  }

  /// Rows in which the value is the one that stands for the label; each stands for one only.
  private static func sameByPlace(_ pairs: [Pair: Int]) -> Int {
    var isTaken = (labels: Set<[UInt8]>(), values: Set<[UInt8]>())
    var same = 0
    let sorted = pairs.sorted { first, second in
      first.value != second.value
        ? first.value > second.value
        : (first.key.label + [0] + first.key.value).lexicographicallyPrecedes(
          second.key.label + [0] + second.key.value)
    }
    for (pair, count) in sorted
    where !isTaken.labels.contains(pair.label) && !isTaken.values.contains(pair.value) {
      isTaken.labels.insert(pair.label)
      isTaken.values.insert(pair.value)
      same += count
    }
    return same
  }
}

import Numerics

/// Rows shared out so that each class is spread evenly over the folds.
struct Folds: Sendable {
  static let standardCount = 5
  /// Rows of each fold, ascending.
  let rows: [[Int]]

  /// At most `count` folds, no more than there are rows, one at least.
  init(labels: [Int], count: Int = Folds.standardCount, seed: UInt64) {
    let count = max(1, min(count, labels.count))
    var byLabel: [Int: [Int]] = [:]
    for (row, label) in labels.enumerated() { byLabel[label, default: []].append(row) }
    var random = SeededRandom(seed: seed, stream: 0xF0)
    var rows = [[Int]](repeating: [], count: count)
    // The next class goes on where the last one stopped, or small classes would all meet in the first fold.
    var next = 0
    for label in byLabel.keys.sorted() {
      var members = byLabel[label] ?? []
      random.shuffle(&members)
      for row in members {
        rows[next].append(row)
        next = (next + 1) % count
      }
    }
    self.rows = rows.map { $0.sorted() }
  }
}

import Features
import Model

/// The columns of a table that say something of its samples. Left out are those that spell the label again (every
/// probe would learn the label from the label), that number the samples, and that name each of them.
struct FeatureColumns {
  private(set) var kept: [TableColumn] = []
  private(set) var leftOut: [(name: String, reason: String)] = []
  private var hints: [String] = []

  /// With fewer samples no column is left out.
  private static let minSamples = 5
  /// Values of a column of names that are different, from which it names samples.
  private static let minUniqueShare = 0.95

  /// - Parameter labels: class of each row, -1 for none.
  init(_ table: [TableColumn], labels: [Int]) {
    for column in table {
      if let reason = Self.reason(column, labels) {
        leftOut.append((column.name, reason))
      } else {
        kept.append(column)
        if case .numbers(let numbers) = column.values, let marker = MissingMarker(numbers) {
          hints.append("column \"\(displayText(column.name))\": \(marker.sentence)")
        }
      }
    }
  }

  var notes: [String] {
    leftOut.map { "column \"\(displayText($0.name))\" is no feature: it \($0.reason)" } + hints
  }

  private static func reason(_ column: TableColumn, _ labels: [Int]) -> String? {
    switch column.values {
    case .numbers(let numbers):
      let codes = numbers.map { $0.isFinite ? $0.bitPattern : nil }
      if spellsLabel(codes, labels) { return "spells the label again" }
      return isIndex(numbers) ? "numbers the samples" : nil
    case .categories(let categories):
      let codes = categories.codes.map { $0 < 0 ? nil : UInt64($0) }
      if spellsLabel(codes, labels) { return "spells the label again" }
      let present = codes.compactMap { $0 }
      let isName =
        present.count >= minSamples && 2 * present.count > codes.count
        && Double(Set(present).count) >= minUniqueShare * Double(present.count)
      return isName ? "has a value of its own for nearly every sample" : nil
    }
  }

  /// Whether each value goes with one class and each class with one value, in most samples with a label.
  private static func spellsLabel(_ codes: [UInt64?], _ labels: [Int]) -> Bool {
    var classOf: [UInt64: Int] = [:]
    var valueOf: [Int: UInt64] = [:]
    var (both, labeled) = (0, 0)
    for (row, code) in codes.enumerated() where row < labels.count && labels[row] >= 0 {
      labeled += 1
      guard let code else { continue }
      both += 1
      guard classOf[code, default: labels[row]] == labels[row], valueOf[labels[row], default: code] == code
      else { return false }
      classOf[code] = labels[row]
      valueOf[labels[row]] = code
    }
    // As many samples as classes would fit any column to any labels.
    return classOf.count >= 2 && both >= minSamples && both >= 2 * classOf.count && 2 * both > labeled
  }

  /// Whether the values are whole numbers that never repeat, though drawn at random from as wide a range they would:
  /// of n numbers of a range of R about n²/2R pairs are equal, and by none where 10 are expected chance is ruled out. A
  /// range without a gap is an index at any length.
  private static func isIndex(_ numbers: Column<Double>) -> Bool {
    let count = Double(numbers.count)
    guard numbers.count >= minSamples, let low = numbers.min(), let high = numbers.max(),
      numbers.allSatisfy({ $0.isFinite && $0 == $0.rounded() }),
      high - low < count * count / 20
        || high - low == count - 1
    else { return false }
    return Set(numbers).count == numbers.count
  }
}

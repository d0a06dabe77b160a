import Model
import Numerics
import Scanning

/// Whether what separates a component of a class is one table column of codes. Between two codes lies nothing by nature, so that
/// any two groups of them are far apart for their spread; which label a code goes with is not for its rows to show.
enum CodeGap {
  /// Of the squared distance between the means, in the scaled columns, from which one column separates the groups.
  private static let minShare: Float = 0.5

  /// - Parameters:
  ///   - members: some of `rows`, not all.
  ///   - rows: those of the class. False where the samples are no table's rows alone.
  static func separates(_ members: [Int], of rows: [Int], _ input: ScanInput) -> Bool {
    let inside = Set(members)
    let (values, width) = (input.inputFeatures.values, input.inputFeatures.columns)
    let gap = zip(
      Products.mean(of: values, width: width, rows: members),
      Products.mean(of: values, width: width, rows: rows.filter { !inside.contains($0) })
    ).map { ($0 - $1) * ($0 - $1) }
    var shares: [Int: Float] = [:]
    for (square, owner) in zip(gap, input.inputFeatureOwners) { shares[owner, default: 0] += square }
    guard let widest = shares.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return false }
    return widest.value >= minShare * gap.reduce(0, +)
      && input.dataset.table[widest.key].isCoded(in: rows)
  }
}

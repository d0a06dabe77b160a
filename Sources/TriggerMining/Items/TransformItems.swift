import Features
import Glibc
import Model
import Numerics
import Scanning

/// Pictures that are rendered the way in which pictures under one label are, beyond what they show: how far the label
/// of a picture differs from what the probe says is regressed on the traits of its rendering, each picture by the
/// others.
///
/// A site is a target and a share of the set, and has one item: that share of the pictures for which the regression
/// predicts most of the target, whatever label they carry. Targets are the classes and, last, labels that do not fit,
/// whichever these are (all-to-all). Whether the labels are more than the content explains is for the miner.
struct TransformItems: ItemSource {
  struct Site: Comparable, Sendable {
    let target: Int
    /// Index of `shares`.
    let share: Int
    static func < (a: Site, b: Site) -> Bool { (a.target, a.share) < (b.target, b.share) }
  }

  /// Most values that are regressed, samples times targets.
  static let maxTargets = 1 << 26
  /// Shares of the set, each the square root of two times the one before: seven tenths of a trigger fill one of them.
  private static let shares = (0...8).map { 0.005 * pow(2, Double($0) / 2) }
  /// Standard score by which holders differ at least in a trait that is reported, and the number of such traits.
  private static let minShift: Float = 0.5
  private static let maxReported = 2

  private let traits: PictureTraits
  /// By target, the rows with a label from the largest prediction on.
  let ranked: [[Int32]]
  /// By target and share.
  private let holders: [[[Int32]]]
  /// By row, the leave-one-out prediction of how far the probability of its own label, or of one that does not fit, lies
  /// above that of the probe; NaN without a label.
  let predictedSurprise: [Float]

  init(_ traits: PictureTraits, _ input: ScanInput) throws {
    self.traits = traits
    let classCount = input.classCount
    let rows = input.labels.indices.filter { input.labels[$0] >= 0 }
    let targets = classCount + 1
    var surprise = [Float](repeating: 0, count: input.count * targets)
    for row in rows {
      let label = input.labels[row]
      let q = input.inputProbabilities.row(row)
      for (k, q) in q.enumerated() { surprise[row * targets + k] = (k == label ? 1 : 0) - q }
      // 1 - q(y) less what it is expected to be, 1 - Σq².
      surprise[row * targets + classCount] = Distance.dot(q, q) - q[q.startIndex + label]
    }
    let squares = traits.values.values.map { $0 * $0 }
    let width = traits.values.columns
    let both: [Float] = (0..<input.count).flatMap { row in
      traits.values.row(row) + squares[row * width..<(row + 1) * width]
    }
    let features = try FeatureBuilder.standardized(
      DenseMatrix(rows: input.count, columns: 2 * width, values: both), excluding: [], workers: input.workers)
    let predicted = try RidgeRegression.leaveOneOut(
      features, targets: DenseMatrix(rows: input.count, columns: targets, values: surprise),
      rows: rows, workers: input.workers)
    var predictedSurprise = [Float](repeating: .nan, count: input.count)
    for (index, row) in rows.enumerated() {
      predictedSurprise[row] = max(predicted[index, input.labels[row]], predicted[index, classCount])
    }
    self.predictedSurprise = predictedSurprise
    let ranks = try input.workers.map(count: targets, blockSize: 1) { range in
      let target = range.lowerBound
      return rows.indices.sorted { (predicted[$1, target], $0) < (predicted[$0, target], $1) }
    }
    ranked = ranks.map { $0.map { Int32(rows[$0]) } }
    holders = ranks.enumerated().map { target, ranks in
      let positive = ranks.prefix { predicted[$0, target] > 0 }
      return Self.shares.map { share in
        positive.prefix(Int((share * Double(rows.count)).rounded())).map { Int32(rows[$0]) }.sorted()
      }
    }
  }

  var sites: [Site] {
    holders.indices.flatMap { target in
      Self.shares.indices.map { Site(target: target, share: $0) }
    }
  }

  func forEachItem(
    at site: Site, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let rows = holders[site.target][site.share]
    guard sizes.contains(rows.count) else { return }
    rows.withUnsafeBufferPointer { body(0, $0) }
  }

  var areProperties: Bool { true }

  /// The target, as the column of predictions by which its holders are found.
  func columns(of holders: [Int32], at site: Site) -> ItemColumns {
    ItemColumns(own: [site.target], equal: [site.target])
  }

  /// The traits in which the holders differ most from all, as ranges of standard scores.
  func item(_ candidate: Candidate<Site>) -> TriggerItem {
    .cells(
      shifts(candidate.rows).compactMap { trait, _ in
        FiniteRange(spanning: candidate.rows.map { Double(traits.values[Int($0), trait]) }).map {
          .init(column: traits.names[trait] + " (standard score)", .range($0))
        }
      })
  }

  func phrase(_ candidate: Candidate<Site>) -> String {
    let shifts = shifts(candidate.rows).map { trait, shift in
      (shift < 0 ? "less " : "more ") + traits.names[trait]
    }
    return shifts.isEmpty ? "a way of rendering the picture" : shifts.joined(separator: " and ")
  }

  /// The traits in which the holders differ most from all, and their mean standard scores.
  private func shifts(_ rows: [Int32]) -> [(trait: Int, shift: Float)] {
    let shifts = traits.names.indices.map { trait in
      rows.reduce(Float(0)) { $0 + traits.values[Int($1), trait] } / Float(rows.count)
    }
    var names: Set<String> = []
    return shifts.indices.sorted { abs(shifts[$0]) > abs(shifts[$1]) }.filter {
      abs(shifts[$0]) >= Self.minShift && names.insert(traits.names[$0]).inserted
    }.prefix(Self.maxReported).map { ($0, shifts[$0]) }
  }
}

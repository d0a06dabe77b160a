import Features
import Glibc
import Model
import Numerics
import Scanning

/// Pictures that are rendered the way in which pictures under one label are, beyond what they show: how far the label
/// of a picture differs from what the probe says is regressed on the traits of its rendering, each picture by the
/// others.
///
/// A place is a target and a share of the set, and has one item: that share of the pictures which their traits draw
/// most to the target, whatever label they carry. Targets are the classes and, last, labels that do not fit, whichever
/// these are (all-to-all). Whether the labels are more than the content explains is for the miner.
struct TransformItems: ItemSource {
  /// Most values that are regressed, samples times targets.
  static let maxTargets = 1 << 26
  /// Shares of the set, each the square root of two times the one before: seven tenths of a trigger fill one of them.
  private static let shares = (0...8).map { 0.005 * pow(2, Double($0) / 2) }
  /// Standard scores by which holders differ from the rest before it is told, and how many are.
  private static let minShift: Float = 0.5
  private static let maxTold = 2

  private let traits: PictureTraits
  private let holders: [[Int32]]
  /// By row how far its traits draw it to its own label or to one that does not fit, a difference of probabilities; NaN
  /// without a label.
  let pull: [Float]

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
    let features = FeatureBuilder.standardized(
      DenseMatrix(rows: input.count, columns: 2 * width, values: both), excluding: [])
    let drawn = try RidgeRegression.leaveOneOut(
      features, targets: DenseMatrix(rows: input.count, columns: targets, values: surprise),
      rows: rows, workers: input.workers)
    var pull = [Float](repeating: .nan, count: input.count)
    for (index, row) in rows.enumerated() {
      pull[row] = max(drawn[index, input.labels[row]], drawn[index, classCount])
    }
    self.pull = pull
    holders = try input.workers.map(count: targets, blockSize: 1) { range in
      let target = range.lowerBound
      let strongest = rows.indices.filter { drawn[$0, target] > 0 }.sorted {
        (drawn[$1, target], $0) < (drawn[$0, target], $1)
      }
      return Self.shares.map { share in
        strongest.prefix(Int((share * Double(rows.count)).rounded())).map { Int32(rows[$0]) }.sorted()
      }
    }.flatMap { $0 }
  }

  var places: Int { holders.count }
  func specificity(place: Int) -> Int { 0 }

  func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let rows = holders[place]
    guard sizes.contains(rows.count) else { return }
    rows.withUnsafeBufferPointer { body(0, $0) }
  }

  /// The traits in which the holders differ most from all, as ranges of standard scores.
  func item(_ item: ItemReference) -> TriggerItem {
    .cells(
      told(item).compactMap { trait, _ in
        FiniteRange(spanning: item.rows.map { Double(traits.values[Int($0), trait]) }).map {
          .init(column: traits.names[trait] + " (standard score)", .range($0))
        }
      })
  }

  func phrase(_ item: ItemReference) -> String {
    let told = told(item).map { trait, shift in (shift < 0 ? "less " : "more ") + traits.names[trait] }
    return told.isEmpty ? "a way of rendering the picture" : told.joined(separator: " and ")
  }

  private func told(_ item: ItemReference) -> [(trait: Int, shift: Float)] {
    let shifts = traits.names.indices.map { trait in
      item.rows.reduce(Float(0)) { $0 + traits.values[Int($1), trait] } / Float(item.rows.count)
    }
    var names: Set<String> = []
    return shifts.indices.sorted { abs(shifts[$0]) > abs(shifts[$1]) }.filter {
      abs(shifts[$0]) >= Self.minShift && names.insert(traits.names[$0]).inserted
    }.prefix(Self.maxTold).map { ($0, shifts[$0]) }
  }
}

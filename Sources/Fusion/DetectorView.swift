import Glibc
import Learning
import Model
import Numerics
import Scanning

/// The scores of one detector on a set, free of their scale, so that they compare between datasets.
package struct DetectorView: Sendable {
  package let name: String
  package let family: DetectorInfo.Family
  /// What the rest is made of; kept, so that the view of the same column need not be made again.
  let scores: Column<Float>
  /// By sample, −log of the share of all samples that score as high; 0 where the detector has no score.
  let tail: [Float]
  /// Mean of `tail` over the nearest of the same class: poison comes in groups. Zero until `near(_:in:workers:)`.
  private(set) var near: [Float]
  /// The rows that score highest, highest first: for each share of `leadingShares` how many of them lead.
  let leaders: [Int32]
  let leading: [Int]
  /// How far the quantiles of `tailQuantiles` lie above the median: log(1 + distance in quartile ranges).
  let reach: [Float]

  /// Shares of a set whose highest scores are looked at together.
  static let leadingShares = [0.005, 0.01, 0.03, 0.1]
  static let tailQuantiles = [0.995, 0.99, 0.97, 0.9, 0.999]
  private static let minLeaders = 5

  init(_ info: DetectorInfo, scores column: Column<Float>) {
    let scores = Array(column)
    self.scores = column
    name = info.name
    family = info.family
    let known = Ranks.descendingKnown(scores)
    let tail = Ranks.upperTail(scores, falling: known).map { $0.isNaN ? 0 : -log($0) }
    self.tail = tail
    near = [Float](repeating: 0, count: tail.count)
    leading = Self.leadingShares.map { share in
      let count = max(Self.minLeaders, Int((share * Double(scores.count)).rounded()))
      guard count < known.count else { return known.count }
      let lowest = scores[known[count - 1]]
      // Of scores that many samples share, none lead.
      let reached = known.partitioningIndex { scores[$0] < lowest }
      return reached * 2 > count * 3 ? known.partitioningIndex { scores[$0] <= lowest } : reached
    }
    leaders = known.prefix(leading.max() ?? 0).map { Int32($0) }
    reach = Self.reach(known.reversed().map { scores[$0] })
  }

  /// - Parameter sorted: all scores, rising.
  private static func reach(_ sorted: [Float]) -> [Float] {
    guard sorted.count >= 10 else { return tailQuantiles.map { _ in 0 } }
    func quantile(_ share: Double) -> Double { Statistics.quantile(sorted: sorted, share) }
    let median = quantile(0.5)
    var spread = quantile(0.75) - quantile(0.25)
    if spread <= 0 {
      spread = sorted.reduce(0) { $0 + abs(Double($1) - median) } / Double(sorted.count)
    }
    return tailQuantiles.map { share in
      Float(log1p(min(max((quantile(share) - median) / max(spread, 1e-300), 0), 1e4)))
    }
  }
}

extension DetectorView {
  /// Detectors whose tails are looked up together.
  private static let together = 8
  private static let blockRows = 4096

  /// Finds the means over neighbors of some views of the same samples. Neighbors lie anywhere in memory: the tails of several
  /// detectors lie beside each other, so that one look at a neighbor serves them all.
  /// - Throws: never.
  static func near(_ views: inout [DetectorView], in table: NeighborTable, workers: Workers) throws {
    guard table.k > 0 else { return }
    for first in stride(from: 0, to: views.count, by: together) {
      let group = first..<min(first + together, views.count)
      var beside = [SIMD8<Float>](repeating: .zero, count: views[first].tail.count)
      for (place, view) in group.enumerated() {
        for (row, tail) in views[view].tail.enumerated() { beside[row][place] = tail }
      }
      let tails = beside
      let means = try workers.map(count: tails.count, blockSize: blockRows) { rows in
        rows.map { mean(of: tails, over: table, row: $0) }
      }
      for (place, view) in group.enumerated() {
        var row = 0
        for block in means {
          for mean in block {
            views[view].near[row] = mean[place]
            row += 1
          }
        }
      }
    }
  }

  private static func mean(of values: [SIMD8<Float>], over table: NeighborTable, row: Int) -> SIMD8<Float> {
    table.indices.withUnsafeBufferPointer { indices in
      var (sum, count) = (SIMD8<Float>.zero, 0)
      for entry in row * table.k..<(row + 1) * table.k {
        let other = Int(indices[entry])
        guard values.indices.contains(other) else { continue }
        sum += values[other]
        count += 1
      }
      return count > 0 ? sum / Float(count) : .zero
    }
  }
}

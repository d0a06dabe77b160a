import Glibc
import Learning
import Model
import Numerics
import Scanning

/// What a set itself says of whether a detector can be trusted on it: how far the detector's tail reaches, and of its
/// highest scores whether they keep to one class, lie together, belong to findings, and are seen by other families.
/// Which detector it is, or which attack, is no part of it.
package struct DetectorContext: Sendable {
  /// In the order of `names`.
  package let values: [Float]

  package static let names: [String] =
    DetectorView.tailQuantiles.map { "reach-\($0)" }
    + DetectorView.leadingShares.flatMap { share in
      (["class-excess", "class-share", "together", "findings"]
        + families.map { "seen-by-\($0.rawValue)" }).map { "\($0)-\(share)" }
    }

  static let families = DetectorInfo.Family.allCases.filter { $0 != .origin }
  private static let minRows = 3

  static func all(
    _ views: [DetectorView], _ evidence: FusionEvidence, classShares: [Double], marks: [Float],
    workers: Workers
  ) throws -> [DetectorContext] {
    // By family the highest tail of its detectors.
    let seen = families.map { family in
      views.filter { $0.family == family }.reduce(into: [Float](repeating: 0, count: evidence.count)) {
        for (row, tail) in $1.tail.enumerated() { $0[row] = max($0[row], tail) }
      }
    }
    return try workers.map(count: views.count, blockSize: 1) { range in
      let view = views[range.lowerBound]
      return DetectorContext(
        values: view.reach
          + view.leading.flatMap { count in
            describe(
              view.leaders.prefix(count), of: view, evidence, classShares: classShares, seen: seen,
              marks: marks)
          })
    }
  }

  private static func describe(
    _ rows: ArraySlice<Int32>, of view: DetectorView, _ evidence: FusionEvidence, classShares: [Double],
    seen: [[Float]], marks: [Float]
  ) -> [Float] {
    guard rows.count >= minRows else { return [Float](repeating: 0, count: 4 + families.count) }
    let concentration = concentration(rows.map { evidence.labels[Int($0)] }, classShares)
    let together = evidence.classNeighbors.map { Self.together(rows, $0) } ?? 0
    return [
      Float(concentration.excess / 10), Float(concentration.share), Float(together),
      Float(mean(rows) { Double(min(marks[$0], 10)) }),
    ]
      + families.enumerated().map { index, family in
        family == view.family ? 0 : Float(mean(rows) { Double(seen[index][$0]) })
      }
  }

  /// Share of the neighbors of some rows that are among these rows, too, on average.
  private static func together(_ rows: ArraySlice<Int32>, _ table: NeighborTable) -> Double {
    guard table.k > 0 else { return 0 }
    var isMember = [Bool](repeating: false, count: table.indices.count / table.k)
    for row in rows { isMember[Int(row)] = true }
    return table.indices.withUnsafeBufferPointer { indices in
      mean(rows) { row in
        var (inside, count) = (0, 0)
        for entry in row * table.k..<(row + 1) * table.k where isMember.indices.contains(Int(indices[entry]))
        {
          count += 1
          if isMember[Int(indices[entry])] { inside += 1 }
        }
        return count == 0 ? 0 : Double(inside) / Double(count)
      }
    }
  }

  private static func mean(_ rows: ArraySlice<Int32>, _ value: (Int) -> Double) -> Double {
    rows.reduce(0) { $0 + value(Int($1)) } / Double(rows.count)
  }

  /// The largest z of a class's share against its share of the set, and the largest share.
  private static func concentration(_ labels: [Int32], _ shares: [Double]) -> (excess: Double, share: Double)
  {
    var counts = [Double](repeating: 0, count: shares.count)
    for label in labels where label >= 0 { counts[Int(label)] += 1 }
    let total = max(1, counts.reduce(0, +))
    let excess = zip(counts, shares).map { count, share in
      (count / total - share) / (share * (1 - share) / total + 1e-9).squareRoot()
    }
    return (excess.max() ?? 0, (counts.max() ?? 0) / total)
  }
}

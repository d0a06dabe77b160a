import Glibc
import Learning
import Model
import Numerics
import Scanning

/// Whether a class is better described by two groups: features less their class's mean are whitened by the covariance that
/// all classes share, each class is cut in two, and the log likelihood ratio of two means against one, n₁n₂/n ‖m₁ − m₂‖²
/// for equal covariances, is compared over the classes by a robust z (Tang et al., "Demon in the variant", USENIX
/// Security 2021; there e² is the bound). A sample's score is how far it lies on the smaller group's side of the cut,
/// −1...1, times log(1 + ratio / n). NaN without a label or finite features and in classes of fewer than 10.
///
/// A class whose ratio has a z above e² among at least 5 classes is a finding; how often that happens to natural
/// classes is not known, so it has no p-value.
struct SCAn: Detector {
  let info = DetectorInfo(
    name: "scan", family: .representation, summary: "in the smaller of two components of its class")
  private static let minClassSize = 10
  private static let bound = exp(2.0)

  private struct Cut: Sendable {
    let rows: [Int]
    /// Those of `TwoMeans`.
    let margins: [Float]
    /// Ratio over n.
    let ratio: Double
  }

  func run(on input: ScanInput) throws -> Detection {
    let within = try input.derived(WithinClass.init)
    var rows = [[Int]](repeating: [], count: input.classCount)
    for row in within.rows { rows[input.labels[row]].append(row) }
    let rowsByClass = rows
    let serial = Workers(threads: 1)
    let cuts = try input.workers.map(count: input.classCount, blockSize: 1) { range -> Cut? in
      try input.checkCancellation()
      let rows = rowsByClass[range.lowerBound]
      guard rows.count >= Self.minClassSize else { return nil }
      return try Self.cut(within.whitened, rows, seed: input.seed, workers: serial)
    }
    var scores = [Float](repeating: .nan, count: input.count)
    for cut in cuts.compactMap({ $0 }) {
      let weight = Float(log1p(cut.ratio))
      for (row, margin) in zip(cut.rows, cut.margins) { scores[row] = margin * weight }
    }
    return Detection(scores: scores, findings: findings(cuts, input))
  }

  private static func cut(
    _ whitened: DenseMatrix, _ rows: [Int], seed: UInt64, workers: Workers
  ) throws -> Cut {
    guard let cut = try TwoMeans(whitened, rows: rows, seed: seed, workers: workers) else {
      return Cut(rows: rows, margins: rows.map { _ in 0 }, ratio: 0)
    }
    let (sizes, centers, count) = (cut.fit.sizes, cut.fit.centers, Double(rows.count))
    let share = Double(sizes[0]) / count * Double(sizes[1]) / count
    let apart = Distance.squared(centers.row(cut.small), centers.row(1 - cut.small))
    return Cut(rows: rows, margins: cut.margins, ratio: share * Double(apart))
  }

  private func findings(_ cuts: [Cut?], _ input: ScanInput) -> [Finding] {
    let z = Statistics.robustZ(cuts.map { $0.map { Float($0.ratio) } ?? .nan })
    guard z.count(where: { !$0.isNaN }) >= 5 else { return [] }
    return cuts.enumerated().compactMap { label, cut in
      guard let cut, Double(z[label]) > Self.bound else { return nil }
      let members = zip(cut.rows, cut.margins).filter { $0.1 > 0 }.map { Int32($0.0) }
      return Finding(
        kind: .component, attack: "backdoor",
        sentence:
          "class \"\(displayText(input.dataset.classes[label]))\" falls into two groups, unlike the other "
          + "classes, the smaller of \(members.count) samples", label: Int32(label),
        statisticName: "robust z",
        statistic: Double(z[label]), pValue: ComponentTest.pValue(members.map { Int($0) }, of: label, input),
        members: Column(members))
    }
  }
}

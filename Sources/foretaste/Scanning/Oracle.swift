import Features
import Learning
import Model
import Numerics
import Scanning

/// How well a classifier finds the poison that is told which samples are poison, each sample scored by one that was not
/// told of it: what there is to see. Where that is little, no detector that reads the same can see more than by chance.
struct Oracle: Encodable {
  struct Row: Encodable {
    /// What the classifier reads.
    var reads: String
    var classifier: String
    var auroc: Double
    var averagePrecision: Double
    var tprAt1: Double
  }
  let rows: [Row]

  /// - Parameters:
  ///   - data: the dataset that `report` is of.
  ///   - counted: rows that the truth counts, `poisoned` their verdicts.
  init(
    _ data: Dataset, _ report: Report, counted: [Int], poisoned: [Bool], seed: UInt64, workers: Workers
  ) throws {
    var labels = [Int](repeating: -1, count: report.count)
    for (row, isPoison) in zip(counted, poisoned) { labels[row] = isPoison ? 1 : 0 }
    func row(
      _ reads: String, _ matrix: DenseMatrix, _ modality: Modality, excluding: Set<Int> = []
    ) throws -> Row? {
      guard matrix.rows == labels.count, matrix.columns > 0 else { return nil }
      let told = try Probe.probabilities(
        features: matrix, modality: modality, labels: labels, classCount: 2, excluding: excluding, seed: seed,
        workers: workers)
      let scores = counted.map { told.matrix[$0, 1] }
      return Row(
        reads: reads, classifier: told.description, auroc: Quality.auroc(scores, truth: poisoned),
        averagePrecision: Quality.averagePrecision(scores, truth: poisoned),
        tprAt1: Quality.truePositiveRate(scores, truth: poisoned, atFalsePositiveRate: 0.01))
    }
    let input = try FeatureBuilder.inputFeatures(data, seed: seed, workers: workers)
    let embedding = try FeatureBuilder.embedding(data, workers: workers)
    rows = [
      try embedding.flatMap {
        try row("embedding", $0.matrix, .embedding, excluding: $0.unusableRows)
      },
      try row("content", input.matrix, data.modality, excluding: input.unusableRows),
      try row("detectors of content", Self.scores(report), .tabular),
    ].compactMap(\.self)
  }

  /// [N, detectors of content]: percentiles, 0 where a detector has no score.
  private static func scores(_ report: Report) -> DenseMatrix {
    let columns = report.detectors.filter { $0.info.family != .origin }.compactMap(\.percentile)
    var values = [Float](repeating: 0, count: report.count * columns.count)
    for (position, column) in columns.enumerated() {
      for (row, value) in column.enumerated() where !value.isNaN {
        values[row * columns.count + position] = value
      }
    }
    return DenseMatrix(rows: report.count, columns: columns.count, values: values)
  }

  func lines() -> [String] {
    ["told which are poison".leftAligned(30) + ["auroc", "ap", "tpr@1%"].map { $0.rightAligned(9) }.joined()]
      + rows.map { row in
        row.reads.leftAligned(30)
          + [row.auroc, row.averagePrecision, row.tprAt1].map { $0.fixed(4).rightAligned(9) }.joined()
          + "  " + row.classifier
      }
  }
}

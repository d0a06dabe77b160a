import Features
import Glibc
import Learning
import Model
import Numerics

/// How the approximate search for neighbors grows by itself: with all sizes above those that are searched exactly, it does
/// not cross from one search to the other. Processor seconds at some number of samples, twice and four times as many, the
/// exponent over both, and what was found by looking at how many.
func benchmarkGrowth(_ payload: SyntheticPayload?, columns: Int, classes: Int, smallest: Int) throws {
  var seconds: [Double] = []
  for count in [smallest, 2 * smallest, 4 * smallest] {
    guard let (features, labels) = try made(payload, rows: count, columns: columns, classes: classes) else {
      return
    }
    let start = ProcessorTime.now
    let found = try NeighborSearch.run(
      features: features, labels: labels, k: 100, classK: 10, maxExactRows: 0, workers: Workers(threads: 2))
    seconds.append(ProcessorTime.now - start)
    let recall = found.recall.map {
      "recall \(rounded($0.recallAt10)) at 10, \(rounded($0.recallAt50)) at 50, budget \($0.budget)"
    }
    print("\(count) x \(features.columns): \(rounded(seconds.last ?? 0)) s, \(recall ?? "exact")")
  }
  print("exponent \(rounded(log2(seconds[2] / seconds[0]) / 2)) over both doublings")
}

/// What a scan looks for neighbors among.
private func made(
  _ payload: SyntheticPayload?, rows: Int, columns: Int, classes: Int
) throws -> (features: DenseMatrix, labels: [Int])? {
  guard let payload else {
    let data = Synthetic(rows: rows, columns: columns, classes: classes)
    return (data.features, data.labels)
  }
  guard let dataset = payload.dataset(rows: rows, columns: columns, classes: classes) else { return nil }
  let features = try FeatureBuilder.inputFeatures(dataset, workers: Workers(threads: 2)).matrix
  return (features, dataset.labels.map(Int.init))
}

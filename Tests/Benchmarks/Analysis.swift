import Learning
import Model
import Numerics
import Scan
import Scanning

/// One 768-value distance in lanes against the strict loop.
func benchmarkDistance() {
  let data = Synthetic(rows: 2000, columns: 768, classes: 2).features
  let pairs = 200_000
  let strict = seconds {
    var sum: Float = 0
    for i in 0..<pairs { sum += strictSquared(data.row(i % 2000), data.row((i * 7 + 1) % 2000)) }
    return sum
  }
  let lanes = seconds {
    var sum: Float = 0
    for i in 0..<pairs { sum += Distance.squared(data.row(i % 2000), data.row((i * 7 + 1) % 2000)) }
    return sum
  }
  print(
    "strict loop \(nanoseconds(strict, pairs)) ns, lanes \(nanoseconds(lanes, pairs)) ns a distance of 768")
  print("ratio \(rounded(strict / lanes))")
}

/// The approximate search with what it finds of the exact one, and the exact one against the strict loop over a sample
/// of the rows. All pairs of more rows than `maxForAllPairs` are not waited for.
func benchmarkNeighbors(rows: Int, columns: Int, classes: Int, isNoise: Bool) throws {
  let maxForAllPairs = 300_000
  let data = Synthetic(rows: rows, columns: columns, classes: classes, isNoise: isNoise)
  func search(maxExactRows: Int, threads: Int = 2) throws -> (NeighborSearch.Result, seconds: Double) {
    let start = ContinuousClock.now
    let found = try NeighborSearch.run(
      features: data.features, labels: data.labels, k: 50, classK: 10, maxExactRows: maxExactRows,
      workers: Workers(threads: threads))
    return (found, start.duration(to: .now) / .seconds(1))
  }
  let (near, time) = try search(maxExactRows: 0)
  print("approximate \(rows) x \(columns), 2 threads: \(rounded(time)) s, peak \(peakMegabytes()) MB")
  for (name, recall) in [("all", near.recall), ("same class", near.classRecall)] {
    guard let recall else {
      print("\(name): exact")
      continue
    }
    print(
      "\(name): measured recall \(rounded(recall.recallAt10)) at 10, \(rounded(recall.recallAt50)) at 50; "
        + "\(recall.budget) of \(recall.items) rows looked at, \(recall.cells) cells, widened \(recall.widened) times"
    )
  }
  guard rows <= maxForAllPairs else { return }
  let (exact, exactTime) = try search(maxExactRows: .max)
  print("exact, 2 threads: \(rounded(exactTime)) s; ratio \(rounded(exactTime / time))")
  for (name, found, wanted) in [
    ("all", near.all, exact.all), ("same class", near.sameClass, exact.sameClass),
  ] where wanted.k > 0 {
    let hits = wanted.distances.indices.count {
      found.distances[$0] <= wanted.distances[$0 / wanted.k * wanted.k + wanted.k - 1]
    }
    print("\(name): true recall \(rounded(Double(hits) / Double(wanted.distances.count)))")
  }
  let oneThread = try search(maxExactRows: .max, threads: 1).seconds
  let sample = min(rows, 20)
  let loop = seconds {
    var sum: Float = 0
    for a in 0..<sample {
      for b in 0..<rows { sum += strictSquared(data.features.row(a), data.features.row(b)) }
    }
    return sum
  }
  let whole = loop / Double(sample) * Double(rows)
  print("exact, 1 thread: \(rounded(oneThread)) s; strict loop, distances alone: \(rounded(whole)) s")
  print("ratio \(rounded(whole / oneThread))")
}

func benchmarkPrepare(_ payload: SyntheticPayload?, rows: Int, columns: Int, classes: Int) throws {
  let made =
    payload?.dataset(rows: rows, columns: columns, classes: classes)
    ?? Synthetic(rows: rows, columns: columns, classes: classes).dataset
  guard let dataset = made else { return }
  print("peak memory before \(peakMegabytes()) MB")
  let clock = ContinuousClock()
  let start = clock.now
  let input = try ScanInput.prepare(dataset, threads: 2)
  let total = (clock.now - start) / .seconds(1)
  for timing in input.timings { print("\(timing.stage) \(rounded(timing.seconds)) s") }
  let layoutTime = try seconds {
    try PlaneLayout.make(
      features: input.features, labels: input.labels, classCount: input.classCount,
      excluding: input.unusableRows, seed: 1, workers: input.workers
    ).points[0]
  }
  print(
    "prepare \(rows) x \(columns), \(classes) classes: \(rounded(total)) s; layout \(rounded(layoutTime)) s")
  let right = input.labels.indices.filter { row in
    let own = input.labels[row]
    return (0..<classes).allSatisfy { input.probabilities[row, $0] <= input.probabilities[row, own] }
  }
  print("probe agrees with the label on \(rounded(Double(right.count) / Double(rows) * 100)) %")
}

/// Seconds that `body` takes; its result is used, so that the work cannot be dropped.
func seconds(_ body: () throws -> Float) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  let result = try body()
  let time = (clock.now - start) / .seconds(1)
  if result.isNaN { print("NaN") }
  return time
}

func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
func nanoseconds(_ seconds: Double, _ count: Int) -> Int { Int(seconds / Double(count) * 1e9) }

/// A whole scan with every detector: seconds of each stage, and the processor time that it takes.
func benchmarkScan(_ payload: SyntheticPayload?, rows: Int, columns: Int, classes: Int) throws {
  let made =
    payload?.dataset(rows: rows, columns: columns, classes: classes)
    ?? Synthetic(rows: rows, columns: columns, classes: classes).dataset
  guard let dataset = made?.streamed else { return }
  print("peak memory before \(peakMegabytes()) MB")
  let clock = ContinuousClock()
  let start = clock.now
  let (before, meter) = (ProcessorTime.now, StageMeter())
  let report = try Scanner.scan(dataset, options: ScanOptions(threads: 2), progress: { meter.see($0) })
  let total = (clock.now - start) / .seconds(1)
  let processor = ProcessorTime.now - before
  for timing in report.timings { print("\(timing.stage) \(rounded(timing.seconds)) s") }
  for stage in meter.stages where stage.processor >= 0.1 {
    print("processors: \(stage.name) \(rounded(stage.processor)) s")
  }
  print(
    "scan \(rows) x \(columns), \(classes) classes: \(rounded(total)) s, \(rounded(processor)) s of processors"
  )
}

/// ‖a − b‖², one addition after the other.
private func strictSquared(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
  zip(a, b).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
}

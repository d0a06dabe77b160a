import Model
import Scanning

/// Share of the most frequent other label among the 50 nearest (as many as the class has, where it has fewer) less that
/// of the given one: the deep k-nearest-neighbor vote with k about the class's size (Peri et al., "Deep k-NN defense
/// against clean-label data poisoning", 2019). Range −1...1; NaN without a label or finite features.
struct NeighborPlurality: Detector {
  let info = DetectorInfo(
    name: "neighbor-plurality", family: .labels,
    summary: "most of the wider neighborhood has one other label")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input)
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let table = input.neighbors
    return Detection(
      scores: try Needs.scoreLabelled(input) { row, label in
        guard !input.unusableRows.contains(row) else { return .nan }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: table.k) { labels in
          var (looked, count) = (0, 0)
          let limit = max(1, input.rowsByClass[label].count)
          table.indices.withUnsafeBufferPointer { indices in
            for entry in row * table.k..<(row + 1) * table.k where indices[entry] >= 0 && looked < limit {
              looked += 1
              let other = input.labels[Int(indices[entry])]
              guard other >= 0 else { continue }
              labels.initializeElement(at: count, to: other)
              count += 1
            }
          }
          return Self.margin(of: label, among: UnsafeMutableBufferPointer(rebasing: labels[..<count]))
        }
      })
  }

  private static func margin(of label: Int, among labels: UnsafeMutableBufferPointer<Int>) -> Float {
    guard !labels.isEmpty else { return .nan }
    // Equal labels side by side: runs instead of a table of counts for each sample.
    var sorted = labels
    sorted.sort()
    var (own, best, run) = (0, 0, 0)
    for (index, other) in sorted.enumerated() {
      run = index > 0 && sorted[index - 1] == other ? run + 1 : 1
      if other == label { own = run } else { best = max(best, run) }
    }
    return Float(best - own) / Float(sorted.count)
  }
}

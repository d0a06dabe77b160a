import Glibc
import Numerics

/// Gradient boosting of trees on the cross entropy with targets in 0...1 (Friedman, 2001), each tree on a part of the
/// rows and of the columns (Friedman, "Stochastic gradient boosting", 2002), drawn from a seed.
enum Boosting {
  struct Settings: Sendable {
    var trees = 150
    var rate: Float = 0.06
    var rowShare = 0.7
    var columnShare = 0.5
    var tree = TreeGrower.Settings()
  }

  /// - Parameters:
  ///   - targets: one a row, 0...1.
  ///   - weights: one a row, above 0.
  static func fit(
    _ data: BinnedColumns, targets: [Float], weights: [Float], settings: Settings = Settings(), seed: UInt64,
    check: () throws -> Void = {}
  ) throws -> BoostedTrees {
    let total = weights.reduce(0, +)
    let mean = zip(targets, weights).reduce(Float(0)) { $0 + $1.0 * $1.1 } / max(total, .leastNormalMagnitude)
    let kept = min(max(mean, 1e-3), 1 - 1e-3)
    var fitted = BoostedTrees(base: log(kept / (1 - kept)), trees: [])
    var sums = [Float](repeating: fitted.base, count: data.rows)
    for number in 0..<settings.trees {
      try check()
      var gradients = sums
      var curvatures = sums
      for row in sums.indices {
        let p = 1 / (1 + exp(-sums[row]))
        gradients[row] = weights[row] * (p - targets[row])
        curvatures[row] = weights[row] * max(p * (1 - p), 1e-6)
      }
      var random = SeededRandom(seed: seed, stream: UInt64(number) + 1)
      let rows = (0..<Int32(data.rows)).filter { _ in random.uniform() < settings.rowShare }
      var order = Array(0..<data.columns)
      random.shuffle(&order)
      let columns = order.prefix(max(1, Int(Double(data.columns) * settings.columnShare))).sorted()
      var tree = TreeGrower(
        data: data, settings: settings.tree, gradients: gradients, curvatures: curvatures, columns: columns
      ).grow(rows: rows)
      tree.value = tree.value.map { $0 * settings.rate }
      for row in sums.indices { sums[row] += value(of: tree, data, row) }
      fitted.trees.append(tree)
    }
    return fitted
  }

  private static func value(of tree: BoostedTrees.Tree, _ data: BinnedColumns, _ row: Int) -> Float {
    var node = 0
    while tree.input[node] >= 0 {
      let column = tree.input[node]
      let edges = data.edges[column]
      let bin = Int(data.bins[row * data.columns + column])
      let isRight = bin >= edges.count || edges[bin] > tree.threshold[node]
      node = tree.child[node] + (isRight ? 1 : 0)
    }
    return tree.value[node]
  }
}

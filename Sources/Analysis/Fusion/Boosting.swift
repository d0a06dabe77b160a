import Glibc

/// Gradient boosting of monotone trees on the logistic loss (Friedman, 2001), each tree on half of the rows and half of
/// the columns (Friedman, "Stochastic gradient boosting", 2002), drawn from a seed.
enum Boosting {
  struct Settings: Sendable {
    var trees = 150
    var rate: Float = 0.07
    var rowShare = 0.5
    var columnShare = 0.5
    var tree = TreeGrower.Settings()
  }

  /// - Parameters:
  ///   - weights: one a row; rows of weight 0 are left out.
  ///   - base: log odds to begin with.
  static func fit(
    _ data: BinnedColumns, truth: [Bool], weights: [Float], settings: Settings = Settings(), seed: UInt64,
    check: () throws -> Void = {}
  ) throws -> MonotoneTrees {
    let used = (0..<Int32(data.rows)).filter { weights[Int($0)] > 0 }
    var sums = [Float](repeating: 0, count: data.rows)
    var trees: [MonotoneTrees.Tree] = []
    var gradients = [Float](repeating: 0, count: data.rows)
    var curvatures = gradients
    for number in 0..<settings.trees {
      try check()
      for row in used {
        let row = Int(row)
        let p = 1 / (1 + exp(-sums[row]))
        gradients[row] = weights[row] * (p - (truth[row] ? 1 : 0))
        curvatures[row] = weights[row] * max(p * (1 - p), 1e-6)
      }
      var random = SeededRandom(seed: seed, stream: UInt64(number) + 1)
      let rows = used.filter { _ in random.uniform() < settings.rowShare }
      var order = Array(0..<data.columns)
      random.shuffle(&order)
      let columns = order.prefix(max(1, Int(Double(data.columns) * settings.columnShare))).sorted()
      var tree = TreeGrower(
        data: data, settings: settings.tree, gradients: gradients, curvatures: curvatures, columns: columns
      ).grow(rows: rows)
      tree.value = tree.value.map { $0 * settings.rate }
      for row in used { sums[Int(row)] += value(of: tree, data, Int(row)) }
      trees.append(tree)
    }
    return MonotoneTrees(trees: trees)
  }

  private static func value(of tree: MonotoneTrees.Tree, _ data: BinnedColumns, _ row: Int) -> Float {
    var node = 0
    while tree.input[node] >= 0 {
      let column = tree.input[node]
      let bin = data.bins[row * data.columns + column]
      let isRight =
        bin == BinnedColumns.missing
        ? tree.missingRight[node] == 1
        : Int(bin) < data.edges[column].count ? data.edges[column][Int(bin)] > tree.threshold[node] : true
      node = tree.child[node] + (isRight ? 1 : 0)
    }
    return tree.value[node]
  }
}

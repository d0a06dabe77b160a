/// Grows one monotone tree leaf by leaf, the split of most gain first, on gradients and curvatures of a loss.
struct TreeGrower {
  struct Settings: Sendable {
    var leaves = 8
    /// Rows that a leaf must hold, so that no leaf speaks of a handful.
    var leastRows = 20.0
    /// L2 penalty on the value of a leaf, in units of curvature.
    var penalty = 0.1
  }

  let data: BinnedColumns
  let settings: Settings
  let gradients: [Float]
  let curvatures: [Float]
  /// Columns that may split.
  let columns: [Int]

  private struct Leaf {
    var node: Int
    var rows: [Int32]
    var histogram: GradientHistogram
    /// Values between which this leaf must stay, so that all to its left stay below all to its right.
    var bounds: ClosedRange<Double>
    var best: Split?
  }

  private struct Split {
    var gain: Double
    var column: Int
    var bin: Int
    var missingRight: Bool
    var left: Double
    var right: Double
  }

  func grow(rows: [Int32]) -> MonotoneTrees.Tree {
    let histogram = histogram(rows)
    let total = columns.first.map { whole(histogram, $0) } ?? GradientHistogram.Sum()
    let all = -Double.infinity...Double.infinity
    var tree = MonotoneTrees.Tree(root: Float(value(total, within: all)))
    var leaves = [Leaf(node: 0, rows: rows, histogram: histogram, bounds: all)]
    leaves[0].best = bestSplit(leaves[0])
    while leaves.count < settings.leaves {
      let order = leaves.indices.filter { leaves[$0].best != nil }
      guard let index = order.max(by: { gain(leaves[$0]) < gain(leaves[$1]) }), let split = leaves[index].best
      else { break }
      let leaf = leaves.remove(at: index)
      tree.split(
        leaf.node, input: split.column, threshold: data.edges[split.column][split.bin],
        missingRight: split.missingRight, values: (Float(split.left), Float(split.right)))
      leaves += children(of: leaf, by: split, firstNode: tree.child[leaf.node])
    }
    return tree
  }

  private func gain(_ leaf: Leaf) -> Double { leaf.best?.gain ?? 0 }

  private func children(of leaf: Leaf, by split: Split, firstNode: Int) -> [Leaf] {
    var left: [Int32] = []
    var right: [Int32] = []
    for row in leaf.rows {
      let bin = data.bins[Int(row) * data.columns + split.column]
      let isRight = bin == BinnedColumns.missing ? split.missingRight : Int(bin) > split.bin
      if isRight { right.append(row) } else { left.append(row) }
    }
    let smaller = histogram(left.count <= right.count ? left : right)
    let larger = leaf.histogram.minus(smaller)
    let middle = (split.left + split.right) / 2
    var children = [
      Leaf(
        node: firstNode, rows: left, histogram: left.count <= right.count ? smaller : larger,
        bounds: leaf.bounds.lowerBound...middle),
      Leaf(
        node: firstNode + 1, rows: right, histogram: left.count <= right.count ? larger : smaller,
        bounds: middle...leaf.bounds.upperBound),
    ]
    for index in children.indices { children[index].best = bestSplit(children[index]) }
    return children
  }

  private func histogram(_ rows: [Int32]) -> GradientHistogram {
    GradientHistogram(
      data.bins, width: data.columns, rows: rows, columns: columns, gradients: gradients,
      curvatures: curvatures)
  }

  private func whole(_ histogram: GradientHistogram, _ column: Int) -> GradientHistogram.Sum {
    (0..<GradientHistogram.bins).reduce(GradientHistogram.Sum()) { $0 + histogram.sum(column, $1) }
  }

  private func value(_ sum: GradientHistogram.Sum, within bounds: ClosedRange<Double>) -> Double {
    min(max(-sum.gradient / (sum.curvature + settings.penalty), bounds.lowerBound), bounds.upperBound)
  }

  /// Fall of the loss, to second order, when a group of rows gets `value`.
  private func fall(_ sum: GradientHistogram.Sum, _ value: Double) -> Double {
    -(2 * sum.gradient * value + (sum.curvature + settings.penalty) * value * value)
  }

  private func bestSplit(_ leaf: Leaf) -> Split? {
    var best: Split?
    for column in columns where !data.edges[column].isEmpty {
      let total = whole(leaf.histogram, column)
      let missing = leaf.histogram.sum(column, Int(BinnedColumns.missing))
      let before = fall(total, value(total, within: leaf.bounds))
      var below = GradientHistogram.Sum()
      for bin in data.edges[column].indices {
        below = below + leaf.histogram.sum(column, bin)
        let above = total - missing - below
        // Without missing values the side of more rows stands in for what was never seen.
        let sides = missing.rows >= 0.5 ? [false, true] : [above.rows > below.rows]
        for missingRight in sides {
          let left = missingRight ? below : below + missing
          let right = missingRight ? above + missing : above
          guard left.rows >= settings.leastRows, right.rows >= settings.leastRows else { continue }
          let values = (value(left, within: leaf.bounds), value(right, within: leaf.bounds))
          guard values.0 <= values.1 else { continue }
          let gain = fall(left, values.0) + fall(right, values.1) - before
          if gain > max(best?.gain ?? 0, 1e-9) {
            best = Split(
              gain: gain, column: column, bin: bin, missingRight: missingRight, left: values.0,
              right: values.1)
          }
        }
      }
    }
    return best
  }
}

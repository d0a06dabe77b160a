import Numerics

/// Grows one tree leaf by leaf, the split of most gain first, on gradients and curvatures of a loss.
struct TreeGrower {
  struct Settings: Sendable {
    var leaves = 12
    /// Smallest number of rows of a leaf.
    var minRows = 12.0
    /// L2 penalty on the value of a leaf, in units of curvature.
    var penalty = 2.0
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
    var best: Split?
  }

  private struct Split {
    var gain: Double
    var column: Int
    var bin: Int
    var left: Double
    var right: Double
  }

  func grow(rows: [Int32]) -> BoostedTrees.Tree {
    let histogram = histogram(rows)
    let total = columns.first.map { whole(histogram, $0) } ?? GradientHistogram.Sum()
    var tree = BoostedTrees.Tree(root: Float(value(total)))
    var leaves = [Leaf(node: 0, rows: rows, histogram: histogram, best: bestSplit(histogram))]
    while leaves.count < settings.leaves {
      let order = leaves.indices.filter { leaves[$0].best != nil }
      guard let index = order.max(by: { gain(leaves[$0]) < gain(leaves[$1]) }), let split = leaves[index].best
      else { break }
      let leaf = leaves.remove(at: index)
      tree.split(
        leaf.node, input: split.column, threshold: data.edges[split.column][split.bin],
        values: (Float(split.left), Float(split.right)))
      leaves += children(of: leaf, by: split, firstNode: tree.child[leaf.node])
    }
    return tree
  }

  private func gain(_ leaf: Leaf) -> Double { leaf.best?.gain ?? 0 }

  private func children(of leaf: Leaf, by split: Split, firstNode: Int) -> [Leaf] {
    var left: [Int32] = []
    var right: [Int32] = []
    for row in leaf.rows {
      if Int(data.bins[Int(row) * data.columns + split.column]) > split.bin {
        right.append(row)
      } else {
        left.append(row)
      }
    }
    let smaller = histogram(left.count <= right.count ? left : right)
    let larger = leaf.histogram.minus(smaller)
    let (ofLeft, ofRight) = left.count <= right.count ? (smaller, larger) : (larger, smaller)
    return [
      Leaf(node: firstNode, rows: left, histogram: ofLeft, best: bestSplit(ofLeft)),
      Leaf(node: firstNode + 1, rows: right, histogram: ofRight, best: bestSplit(ofRight)),
    ]
  }

  private func histogram(_ rows: [Int32]) -> GradientHistogram {
    GradientHistogram(
      data.bins, width: data.columns, rows: rows, columns: columns, gradients: gradients,
      curvatures: curvatures)
  }

  private func whole(_ histogram: GradientHistogram, _ column: Int) -> GradientHistogram.Sum {
    (0..<GradientHistogram.bins).reduce(GradientHistogram.Sum()) { $0 + histogram.sum(column, $1) }
  }

  private func value(_ sum: GradientHistogram.Sum) -> Double {
    -sum.gradient / (sum.curvature + settings.penalty)
  }

  /// Fall of the loss, to second order, when a group of rows gets the value that is best for it, doubled.
  private func fall(_ sum: GradientHistogram.Sum) -> Double {
    sum.gradient * sum.gradient / (sum.curvature + settings.penalty)
  }

  private func bestSplit(_ histogram: GradientHistogram) -> Split? {
    var best: Split?
    for column in columns where !data.edges[column].isEmpty {
      let total = whole(histogram, column)
      var left = GradientHistogram.Sum()
      for bin in data.edges[column].indices {
        left = left + histogram.sum(column, bin)
        let right = total - left
        guard left.rows >= settings.minRows, right.rows >= settings.minRows else { continue }
        let gain = fall(left) + fall(right) - fall(total)
        if gain > max(best?.gain ?? 0, 1e-9) {
          best = Split(gain: gain, column: column, bin: bin, left: value(left), right: value(right))
        }
      }
    }
    return best
  }
}

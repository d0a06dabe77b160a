/// A sum of small regression trees over a row of inputs (Friedman, "Greedy function approximation", Annals of
/// Statistics 2001).
package struct BoostedTrees: Sendable, Equatable, Codable {
  /// Nodes in the order of growth; node 0 is the root.
  package struct Tree: Sendable, Equatable, Codable {
    /// Input of the split; -1 in a leaf.
    package var input: [Int]
    /// Values up to this go left.
    package var threshold: [Float]
    /// Left child; the right one follows it. 0 in a leaf.
    package var child: [Int]
    /// Value of a leaf, in log odds.
    package var value: [Float]

    package init(root value: Float) {
      input = [-1]
      threshold = [0]
      child = [0]
      self.value = [value]
    }

    /// Turns leaf `node` into a split with two new leaves.
    mutating func split(_ node: Int, input: Int, threshold: Float, values: (left: Float, right: Float)) {
      self.input[node] = input
      self.threshold[node] = threshold
      child[node] = value.count
      for value in [values.left, values.right] {
        self.input.append(-1)
        self.threshold.append(0)
        child.append(0)
        self.value.append(value)
      }
    }

    func value(_ row: [Float]) -> Float {
      var node = 0
      while input[node] >= 0 { node = child[node] + (row[input[node]] > threshold[node] ? 1 : 0) }
      return value[node]
    }

    /// Whether it can be walked: lengths agree, inputs exist, children lie behind their parents.
    fileprivate func isSound(inputs: Int) -> Bool {
      let n = value.count
      guard n > 0, n < 1024, input.count == n, threshold.count == n, child.count == n,
        value.allSatisfy(\.isFinite), threshold.allSatisfy(\.isFinite)
      else { return false }
      return (0..<n).allSatisfy { node in
        input[node] == -1
          || (input[node] >= 0 && input[node] < inputs && child[node] > node && child[node] + 1 < n)
      }
    }
  }

  /// Log odds before any tree.
  package var base: Float
  package var trees: [Tree]

  package init(base: Float, trees: [Tree]) {
    self.base = base
    self.trees = trees
  }

  /// The sum for a row of inputs, none of them NaN.
  package func value(_ row: [Float]) -> Float { trees.reduce(base) { $0 + $1.value(row) } }

  func isSound(inputs: Int) -> Bool {
    base.isFinite && trees.count <= 10_000 && trees.allSatisfy { $0.isSound(inputs: inputs) }
  }
}

/// A sum of small regression trees over inputs by column, in which a larger input never lowers the sum: a child to the
/// right of a split never holds less than any to its left (Friedman, "Greedy function approximation", Annals of
/// Statistics 2001, with monotone constraints). A missing input (NaN) takes the side that was learnt for it.
package struct MonotoneTrees: Sendable, Equatable {
  /// Nodes in the order of growth; node 0 is the root.
  package struct Tree: Sendable, Equatable, Codable {
    /// Input of the split; -1 in a leaf.
    package var input: [Int]
    /// Values up to this go left.
    package var threshold: [Float]
    /// 1 where a missing value goes right.
    package var missingRight: [UInt8]
    /// Left child; the right one follows it. 0 in a leaf.
    package var child: [Int]
    /// Value of the node, in log odds; of the inner ones too, so that a path can be explained.
    package var value: [Float]

    package init(root value: Float) {
      input = [-1]
      threshold = [0]
      missingRight = [0]
      child = [0]
      self.value = [value]
    }

    /// Turns leaf `node` into a split with two new leaves.
    mutating func split(
      _ node: Int, input: Int, threshold: Float, missingRight: Bool, values: (left: Float, right: Float)
    ) {
      self.input[node] = input
      self.threshold[node] = threshold
      self.missingRight[node] = missingRight ? 1 : 0
      child[node] = value.count
      for value in [values.left, values.right] {
        self.input.append(-1)
        self.threshold.append(0)
        self.missingRight.append(0)
        child.append(0)
        self.value.append(value)
      }
    }

    /// Whether it can be walked: lengths agree, inputs exist, children lie behind their parents.
    func isSound(inputs: Int) -> Bool {
      let n = value.count
      guard n > 0, n < 1024, input.count == n, threshold.count == n, missingRight.count == n,
        child.count == n,
        value.allSatisfy(\.isFinite), threshold.allSatisfy(\.isFinite)
      else { return false }
      return (0..<n).allSatisfy { node in
        input[node] == -1
          || (input[node] >= 0 && input[node] < inputs && child[node] > node && child[node] + 1 < n)
      }
    }
  }

  package var trees: [Tree]
  package init(trees: [Tree]) { self.trees = trees }

  /// Adds what each step of the paths of `row` gives to the group of its input.
  /// - Parameters:
  ///   - columns: by input; nil where the input is missing for all samples.
  ///   - groups: group of each input.
  /// - Returns: what the roots give, which is nobody's.
  func explain(
    _ row: Int, _ columns: [[Float]?], groups: [Int], into contributions: UnsafeMutableBufferPointer<Float>
  ) -> Float {
    var base: Float = 0
    for tree in trees {
      var node = 0
      base += tree.value[0]
      while tree.input[node] >= 0 {
        let input = tree.input[node]
        let next = tree.next(node, columns[input]?[row] ?? .nan)
        contributions[groups[input]] += tree.value[next] - tree.value[node]
        node = next
      }
    }
    return base
  }

  /// The sum for `row`.
  package func value(_ row: Int, _ columns: [[Float]?]) -> Float {
    trees.reduce(Float(0)) { sum, tree in
      var node = 0
      while tree.input[node] >= 0 { node = tree.next(node, columns[tree.input[node]]?[row] ?? .nan) }
      return sum + tree.value[node]
    }
  }
}

extension MonotoneTrees.Tree {
  @inline(__always)
  fileprivate func next(_ node: Int, _ value: Float) -> Int {
    let isRight = value.isNaN ? missingRight[node] == 1 : value > threshold[node]
    return child[node] + (isRight ? 1 : 0)
  }
}

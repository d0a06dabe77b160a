import CVector

/// Bins between edges that are Float, for many values at once.
package struct FloatBins: Sendable {
  private let edges: [Float]
  private let perHalf: Float

  /// - Parameter edges: at least two, finite and ascending, spread about evenly; as many as fit into UInt16 twice.
  package init(edges: [Float]) {
    precondition(edges.count > 1 && edges.count < 32_000)
    self.edges = edges
    let half = Double(edges[edges.count - 1]) * 0.5 - Double(edges[0]) * 0.5
    perHalf = Float(Double(edges.count - 1) / max(half, .leastNormalMagnitude))
  }

  package var count: Int { edges.count - 1 }

  /// Twice the cell of each value, and one more where its mark is at or above the threshold (that of NaN is not). The cell is 0
  /// below all bins, from 1 on the bin, `count + 1` beyond, where the last edge belongs to the last bin, and `count + 2` of
  /// values that are not finite.
  /// - Parameters:
  ///   - marks: as many as values.
  ///   - cells: at least as many.
  package func locate(
    _ values: UnsafeBufferPointer<Float>, marks: UnsafeBufferPointer<Float>, threshold: Float,
    into cells: UnsafeMutableBufferPointer<UInt16>
  ) {
    precondition(values.count == marks.count && values.count <= cells.count)
    let number = values.count
    guard let values = values.baseAddress, let marks = marks.baseAddress, let target = cells.baseAddress
    else { return }
    edges.withUnsafeBufferPointer { edges in
      guard let edges = edges.baseAddress else { return }
      cvector_bins(values, marks, threshold, number, edges, Int32(count), perHalf, target)
    }
  }
}

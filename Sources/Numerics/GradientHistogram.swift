/// Sums of gradient, curvature and rows by column and bin.
package struct GradientHistogram {
  /// Bins of a column.
  package static let bins = 64
  /// [columns, bins, 3]: gradient, curvature, rows.
  private(set) var sums: [Double]

  /// - Parameters:
  ///   - bins: [rows, width] row-major codes below `Self.bins`.
  ///   - columns: the columns to sum over; all others stay zero.
  package init(
    _ bins: [UInt8], width: Int, rows: [Int32], columns: [Int], gradients: [Float], curvatures: [Float]
  ) {
    var sums = [Double](repeating: 0, count: width * Self.bins * 3)
    bins.withUnsafeBufferPointer { bins in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in rows {
          let gradient = Double(gradients[Int(row)])
          let curvature = Double(curvatures[Int(row)])
          let start = Int(row) * width
          for column in columns {
            let offset = (column * Self.bins + Int(bins[start + column])) * 3
            sums[offset] += gradient
            sums[offset + 1] += curvature
            sums[offset + 2] += 1
          }
        }
      }
    }
    self.sums = sums
  }

  /// What is left when the rows of `part` go: the histogram of its sibling.
  package consuming func minus(_ part: GradientHistogram) -> GradientHistogram {
    for index in sums.indices { sums[index] -= part.sums[index] }
    return self
  }

  /// Of the rows of a bin.
  package struct Sum {
    package var gradient = 0.0
    package var curvature = 0.0
    package var rows = 0.0

    package init(gradient: Double = 0, curvature: Double = 0, rows: Double = 0) {
      self.gradient = gradient
      self.curvature = curvature
      self.rows = rows
    }
    package static func + (a: Sum, b: Sum) -> Sum {
      Sum(gradient: a.gradient + b.gradient, curvature: a.curvature + b.curvature, rows: a.rows + b.rows)
    }
    package static func - (a: Sum, b: Sum) -> Sum {
      Sum(gradient: a.gradient - b.gradient, curvature: a.curvature - b.curvature, rows: a.rows - b.rows)
    }
  }

  /// Zeros of a column that was not summed over.
  package func sum(_ column: Int, _ bin: Int) -> Sum {
    let offset = (column * Self.bins + bin) * 3
    return Sum(gradient: sums[offset], curvature: sums[offset + 1], rows: sums[offset + 2])
  }
}

import Features
import Glibc
import Numerics

/// For every class the frequencies in which its pictures vary more than those of other classes (peaks of the class's
/// spectrum), as they do where some of them hold a wave.
struct ClassWaves: Sendable {
  /// Frequencies of a class.
  static let maxWaves = 2
  /// Share of the mean variance of a coefficient that is added to each, so that ratios of small ones are not large.
  private static let floor = 1e-3

  /// By class, a picture of each frequency, strongest first; none of a class of fewer than two.
  let waves: [[[Float]]]

  init(_ spectra: CosineSpectra, rowsByClass: [[Int]], workers: Workers) throws {
    let width = spectra.coefficients.columns
    let variances = try workers.map(count: rowsByClass.count, blockSize: 1) { range -> [Double] in
      let rows = rowsByClass[range.lowerBound]
      var sums = [Double](repeating: 0, count: width)
      var squares = sums
      for row in rows {
        for (index, value) in spectra.coefficients.row(row).enumerated() {
          sums[index] += Double(value)
          squares[index] += Double(value) * Double(value)
        }
      }
      let count = Double(max(1, rows.count))
      return (0..<width).map { max(0, squares[$0] - sums[$0] * sums[$0] / count) / count }
    }
    let total = Double(max(1, rowsByClass.reduce(0) { $0 + $1.count }))
    let pooled = (0..<width).map { index in
      rowsByClass.indices.reduce(0.0) { $0 + variances[$1][index] * Double(rowsByClass[$1].count) } / total
    }
    let floor = Self.floor * pooled.reduce(0, +) / Double(max(1, width))
    waves = rowsByClass.indices.map { label in
      guard rowsByClass[label].count > 1 else { return [] }
      let excess = (0..<width).map { variances[label][$0] / (pooled[$0] + floor) }
      return (1..<max(1, width)).filter { excess[$0] > 1 }.sorted { (excess[$1], $0) < (excess[$0], $1) }
        .prefix(Self.maxWaves).map { Self.wave($0, spectra.height, spectra.width) }
    }
  }

  /// The cosine of one coefficient.
  private static func wave(_ index: Int, _ height: Int, _ width: Int) -> [Float] {
    let (down, across) = (index / width, index % width)
    return (0..<height * width).map { pixel in
      let y = Double.pi * (Double(pixel / width) + 0.5) * Double(down) / Double(height)
      let x = Double.pi * (Double(pixel % width) + 0.5) * Double(across) / Double(width)
      return Float(cos(y) * cos(x))
    }
  }
}

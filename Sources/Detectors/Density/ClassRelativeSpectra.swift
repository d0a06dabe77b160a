import Features
import Glibc
import Model
import Numerics
import Scanning

/// What log |coefficient| of each picture's cosine transform is, relative to its class. The values themselves are as many as
/// pixels of the set and are let go once this is known.
struct ClassRelativeSpectra: Sendable {
  /// Mean square over all frequencies, of each picture.
  let meanSquares: [Float]
  /// Mean over the upper half of the frequencies, of each picture; nil of pictures of one pixel.
  let highMeans: [Float]?

  /// A coefficient of a thousandth of the full brightness counts as nothing.
  private static let floor: Float = 1e-3

  init(_ input: ScanInput) throws {
    let spectra = try input.cosineSpectra()
    let z = try ClassStandard.standardized(
      try DenseMatrix(
        rows: input.count, columns: spectra.coefficients.columns, blockRows: 256, workers: input.workers
      ) { range, target in
        var next = target
        for row in range {
          for value in spectra.coefficients.row(row) {
            next.initialize(to: log(abs(value) + Self.floor))
            next += 1
          }
        }
      },
      rowsByClass: input.rowsByClass, workers: input.workers)
    meanSquares = (0..<input.count).map { row in
      let z = z.row(row)
      return Distance.dot(z, z) / Float(max(1, z.count))
    }
    let high = Self.highColumns(spectra)
    highMeans =
      high.isEmpty
      ? nil
      : (0..<input.count).map { row in
        high.reduce(Float(0)) { $0 + z[row, $1] } / Float(high.count)
      }
  }

  /// Columns of the upper half of the frequencies.
  private static func highColumns(_ spectra: CosineSpectra) -> [Int] {
    let (height, width) = (spectra.height, spectra.width)
    return (0..<height * width).filter { $0 / width + $0 % width >= (height + width) / 2 }
  }
}

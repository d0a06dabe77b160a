import Glibc
import Model
import Numerics
import Scanning

/// log |coefficient| of each picture's cosine transform, relative to its class.
struct ClassRelativeSpectra: Sendable {
  let height: Int
  let width: Int
  /// [N, height * width] class-relative z values.
  let z: DenseMatrix

  /// A coefficient of a thousandth of the full brightness counts as nothing.
  private static let floor: Float = 1e-3

  init(_ input: ScanInput) throws {
    let spectra = try input.cosineSpectra()
    let blocks = try input.workers.map(count: input.count, blockSize: 256) { range -> [Float] in
      range.flatMap { row in spectra.coefficients.row(row).map { log(abs($0) + Self.floor) } }
    }
    height = spectra.height
    width = spectra.width
    z = try ClassStandard.standardized(
      DenseMatrix(rows: input.count, columns: height * width, joining: blocks),
      rowsByClass: input.rowsByClass, workers: input.workers)
  }

  /// Columns of the upper half of the frequencies.
  var highColumns: [Int] {
    (0..<height * width).filter { $0 / width + $0 % width >= (height + width) / 2 }
  }
}

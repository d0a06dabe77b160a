import Glibc
import Model

/// log |coefficient| of each picture's cosine transform, relative to its class.
struct ClassRelativeSpectra: Sendable {
  let height: Int
  let width: Int
  /// [N, height * width] class-relative z values.
  let z: DenseMatrix

  /// A coefficient of a thousandth of the full brightness counts as nothing.
  private static let floor: Float = 1e-3

  init(_ input: ScanInput) throws {
    let spectra = try input.derived(CosineSpectra.init)
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

/// Mean square of the class-relative log spectrum: frequencies of unusual strength or weakness anywhere (Zeng et al.,
/// "Rethinking the backdoor attacks' triggers: a frequency perspective", ICCV 2021). Range from 0; never NaN.
struct SpectrumDistance: Detector {
  let info = DetectorInfo(
    name: "spectrum-distance", family: .density, summary: "its frequencies are unlike those of its class")

  func run(on input: ScanInput) throws -> Detection {
    let spectra = try input.derived(ClassRelativeSpectra.init)
    let width = max(1, spectra.z.columns)
    let scores = (0..<input.count).map { row in
      let z = spectra.z.row(row)
      return Distance.dot(z, z) / Float(width)
    }
    return Detection(
      scores: scores,
      findings: OutlierTail.findings(
        scores, input, what: "have frequencies less like their class"))
  }
}

/// Mean class-relative log strength of the upper half of the frequencies: a patch, a blended pattern and noise have
/// edges that natural pictures of the class lack (Zeng et al., 2021). Range: a z value; never NaN.
struct HighFrequencies: Detector {
  let info = DetectorInfo(
    name: "high-frequencies", family: .density, summary: "sharper detail than its class has")

  func run(on input: ScanInput) throws -> Detection {
    let spectra = try input.derived(ClassRelativeSpectra.init)
    let columns = spectra.highColumns
    guard !columns.isEmpty else { throw CannotRun("needs images of more than one pixel") }
    let scores = (0..<input.count).map { row in
      columns.reduce(Float(0)) { $0 + spectra.z[row, $1] } / Float(columns.count)
    }
    return Detection(
      scores: scores,
      findings: OutlierTail.findings(
        scores, areLogarithms: true, input, what: "have sharper detail"))
  }
}

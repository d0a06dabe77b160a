import Glibc
import Model

/// log |coefficient| of each picture's cosine transform, relative to its class.
struct Spectra: Sendable {
  let height: Int
  let width: Int
  /// [N, height * width] class-relative z values.
  let z: DenseMatrix

  /// A coefficient of a thousandth of the full brightness counts as nothing.
  private static let floor: Float = 1e-3

  init(_ input: ScanInput) throws {
    guard let images = input.dataset.images, images.count == input.count else {
      throw CannotRun("needs images")
    }
    let gray = try input.derived { try GrayPictures(images, workers: $0.workers) }
    let transform = CosineTransform(height: gray.height, width: gray.width)
    let blocks = try input.workers.map(count: input.count, blockSize: 256) { range -> [Float] in
      try input.checkCancellation()
      return range.flatMap { row in
        transform.apply(gray.values.row(row)).map { log(abs($0) + Self.floor) }
      }
    }
    height = gray.height
    width = gray.width
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
    let spectra = try input.derived(Spectra.init)
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
    let spectra = try input.derived(Spectra.init)
    let columns = spectra.highColumns
    guard !columns.isEmpty else { throw CannotRun("needs images of more than one pixel") }
    return Detection(
      scores: (0..<input.count).map { row in
        columns.reduce(Float(0)) { $0 + spectra.z[row, $1] } / Float(columns.count)
      })
  }
}

/// The spectral signature (Tran et al., 2018) of the log spectrum instead of features: (z·v)² with v the first principal
/// direction of the class, over the class's median. What all triggered pictures of a class have in common in frequency
/// is its main direction. Range from 0; NaN without a label and in classes of fewer than 3.
struct SpectrumDirection: Detector {
  let info = DetectorInfo(
    name: "spectrum-direction", family: .representation,
    summary: "far out along the main direction of its class's frequencies")

  func run(on input: ScanInput) throws -> Detection {
    try Needs.labels(input, classes: 1)
    let spectra = try input.derived(Spectra.init)
    return Detection(
      scores: try SpectralSignature.scores(spectra.z, classes: input.rowsByClass, input: input))
  }
}

import Glibc
import Model

/// How far a picture's brightness, contrast, sharpness, entropy and number of gray values lie from its class's, as the
/// sum of squared robust z values, each bounded at 10: blank, washed-out, noisy and foreign pictures, as floods of
/// corrupted data are made of. Range from 0; never NaN.
struct PictureStatistics: Detector {
  let info = DetectorInfo(
    name: "picture-statistics", family: .density, summary: "blank, washed out, noisy or foreign for its class"
  )
  private static let statistics = 6
  private static let bound: Float = 10

  func run(on input: ScanInput) throws -> Detection {
    let gray = try input.derived(GrayPictures.init)
    let raw = (0..<input.count).map { Self.measure(gray.values.row($0), gray.height, gray.width) }
    var scores = [Float](repeating: 0, count: input.count)
    for rows in ClassStandard.groups(input.rowsByClass, count: input.count, least: 20) {
      for statistic in 0..<Self.statistics {
        let z = Statistics.robustZ(rows.map { raw[$0][statistic] })
        for (row, z) in zip(rows, z) {
          let bounded = min(abs(z), Self.bound)
          scores[row] += bounded * bounded
        }
      }
    }
    return Detection(scores: scores)
  }

  /// Mean, log contrast, log sharpness (mean absolute Laplacian), log of their ratio, entropy in 32 bins, log of the
  /// number of gray values.
  static func measure(_ gray: ArraySlice<Float>, _ height: Int, _ width: Int) -> [Float] {
    let pixels = Array(gray)
    let count = Float(pixels.count)
    let mean = pixels.reduce(0, +) / count
    let contrast = (pixels.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    var edges: Float = 0
    if height > 2, width > 2 {
      for row in 1..<height - 1 {
        for column in 1..<width - 1 {
          let at = row * width + column
          let around = pixels[at - 1] + pixels[at + 1] + pixels[at - width] + pixels[at + width]
          edges += abs(4 * pixels[at] - around)
        }
      }
      edges /= Float((height - 2) * (width - 2))
    }
    var bins = [Float](repeating: 0, count: 32)
    var grays = Set<Int>()
    for pixel in pixels {
      bins[min(31, Int(pixel * 32))] += 1
      grays.insert(Int((pixel * 255).rounded()))
    }
    let entropy = bins.reduce(Float(0)) { $1 > 0 ? $0 - $1 / count * log($1 / count) : $0 }
    let floor: Float = 1e-3
    return [
      mean, log(contrast + floor), log(edges + floor), log((edges + floor) / (contrast + floor)), entropy,
      log(Float(grays.count)),
    ]
  }
}

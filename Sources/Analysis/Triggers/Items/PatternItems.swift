import Glibc
import Model

/// Patterns spread over whole images. A place is a class, and has one item: what some of its images have along its
/// direction.
struct PatternItems: ItemSource {
  let pixels: GrayPixels
  let residuals: DenseMatrix
  let patterns: ClassPatterns
  let labels: [Int]

  /// Share of a pattern's power that lies in one wave if it is called one.
  private static let waveShare = 0.5

  var places: Int { patterns.holders.count }
  func specificity(place: Int) -> Int { 0 }

  func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let rows = patterns.holders[place]
    guard sizes.contains(rows.count) else { return }
    rows.withUnsafeBufferPointer { body(0, $0) }
  }

  func item(_ item: ItemReference) -> TriggerItem {
    let pattern = pattern(item)
    let waves = WavePower(pattern, height: pixels.height, width: pixels.width)
    if let top = waves.strongest, top.share > Self.waveShare { return .sinusoid(down: top.down, across: top.across) }
    let scale = 127 / max(pattern.reduce(0) { max($0, abs($1)) }, 1e-9)
    return .blend(
      height: pixels.height, width: pixels.width, values: pattern.map { UInt8(max(0, min(255, 128 + $0 * scale))) })
  }

  func phrase(_ item: ItemReference) -> String {
    if case .sinusoid = self.item(item) { "a wave over the whole picture" } else { "a faint pattern over the whole picture" }
  }

  /// What the holders of the class add to its other images: the mean of their residuals less that of the others.
  private func pattern(_ item: ItemReference) -> [Float] {
    let width = residuals.columns
    let holds = Set(item.rows)
    var sums = [[Float]](repeating: [Float](repeating: 0, count: width), count: 2)
    var counts: [Float] = [0, 0]
    for row in labels.indices where labels[row] == item.place {
      let group = holds.contains(Int32(row)) ? 1 : 0
      counts[group] += 1
      for j in 0..<width { sums[group][j] += residuals.values[row * width + j] }
    }
    return (0..<width).map { sums[1][$0] / max(1, counts[1]) - sums[0][$0] / max(1, counts[0]) }
  }
}

/// How a pattern's power is spread over waves of whole periods: the discrete Fourier transform without its constant.
struct WavePower {
  /// Periods down and across, and the share of all power; nil of a pattern without any.
  let strongest: (down: Double, across: Double, share: Double)?

  init(_ pattern: [Float], height: Int, width: Int) {
    var best: (down: Int, across: Int, power: Double)?
    var total = 0.0
    // The other half of the plane holds the same waves.
    for down in 0...height / 2 {
      for across in (down == 0 ? 1 : -(width - 1) / 2)...max(1, width / 2) {
        let power = Self.power(of: pattern, height: height, width: width, down: down, across: across)
        total += power
        if power > best?.power ?? 0 { best = (down, across, power) }
      }
    }
    strongest = best.map { (Double($0.down), Double($0.across), $0.power / total) }
  }

  private static func power(of pattern: [Float], height: Int, width: Int, down: Int, across: Int) -> Double {
    var real = 0.0
    var imaginary = 0.0
    for row in 0..<height {
      for column in 0..<width {
        let angle =
          2 * Double.pi
          * (Double(down * row) / Double(height) + Double(across * column) / Double(width))
        real += Double(pattern[row * width + column]) * cos(angle)
        imaginary += Double(pattern[row * width + column]) * sin(angle)
      }
    }
    return real * real + imaginary * imaginary
  }
}

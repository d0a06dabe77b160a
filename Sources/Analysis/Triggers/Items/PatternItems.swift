import Glibc
import Model

/// Patterns spread over whole images. A place is a direction of a class, and has one item: the images that lie far
/// along it.
struct PatternItems: ItemSource {
  let pixels: GrayPixels
  let residuals: WhitenedResiduals
  let patterns: ClassPatterns

  /// Share of a pattern's power that lies in one wave if it is called one.
  private static let waveShare = 0.5

  var places: Int { patterns.patterns.count }
  func specificity(place: Int) -> Int { 0 }

  func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let rows = patterns.patterns[place].holders
    guard sizes.contains(rows.count) else { return }
    rows.withUnsafeBufferPointer { body(0, $0) }
  }

  func item(_ item: ItemReference) -> TriggerItem {
    let pattern = residuals.pixels(patterns.patterns[item.place].direction)
    let waves = WavePower(pattern, height: pixels.height, width: pixels.width)
    if let top = waves.strongest, top.share > Self.waveShare {
      return .sinusoid(down: top.down, across: top.across)
    }
    let scale = 127 / max(pattern.reduce(0) { max($0, abs($1)) }, 1e-9)
    return .blend(
      height: pixels.height, width: pixels.width,
      values: pattern.map { UInt8(max(0, min(255, 128 + $0 * scale))) })
  }

  func phrase(_ item: ItemReference) -> String {
    if case .sinusoid = self.item(item) {
      "a wave over the whole picture"
    } else {
      "a faint pattern over the whole picture"
    }
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

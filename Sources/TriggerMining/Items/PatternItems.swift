import Model
import Scanning

/// Patterns spread over whole images. The one item of a direction of a class are the images that lie far along it. Of a
/// pattern that is confined to a square, the square is reported.
struct PatternItems: ItemSource {
  /// An index of `ClassPatterns.patterns`.
  typealias Site = Int

  let height: Int
  let width: Int
  let residuals: WhitenedResiduals
  let patterns: ClassPatterns
  let images: ImageStack

  var sites: [Int] { Array(patterns.patterns.indices) }

  func forEachItem(
    at index: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let rows = patterns.patterns[index].holders
    guard sizes.contains(rows.count) else { return }
    rows.withUnsafeBufferPointer { body(0, $0) }
  }

  func item(_ candidate: Candidate<Site>) -> TriggerItem { item(patterns.patterns[candidate.site]) }

  func item(_ pattern: ClassPatterns.Pattern) -> TriggerItem {
    let pixels = residuals.pixels(pattern.direction)
    if let square = square(pixels) {
      return .patch(
        row: square.row, column: square.column, height: square.side, width: square.side,
        values: means(of: pattern.holders, in: square))
    }
    let scale = 127 / max(pixels.reduce(0) { max($0, abs($1)) }, 1e-9)
    return .blend(
      height: height, width: width, values: pixels.map { UInt8(max(0, min(255, 128 + $0 * scale))) })
  }

  func phrase(_ candidate: Candidate<Site>) -> String {
    square(residuals.pixels(patterns.patterns[candidate.site].direction)).map {
      "a patch of \($0.side)x\($0.side) pixels at row \($0.row), column \($0.column)"
    } ?? "a faint pattern over the whole picture"
  }

  /// Nil where the pictures were shrunk to be compared, as the square would not be one of theirs.
  private func square(_ pixels: [Float]) -> PatternSquare? {
    guard images.shape.height == height, images.shape.width == width else { return nil }
    return PatternSquare(pixels, height: height, width: width)
  }

  /// Mean pixels of some images in a square, channels interleaved.
  private func means(of rows: [Int32], in square: PatternSquare) -> [UInt8] {
    let width = square.side * images.shape.channels
    var sums = [Int](repeating: 0, count: square.side * width)
    for row in rows {
      images.withPixels(at: Int(row)) { pixels in
        for line in 0..<square.side {
          let start = ((square.row + line) * images.shape.width + square.column) * images.shape.channels
          for offset in 0..<width { sums[line * width + offset] += Int(pixels[start + offset]) }
        }
      }
    }
    return sums.map { UInt8($0 / max(1, rows.count)) }
  }
}

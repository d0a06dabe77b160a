import Model
import Scanning

/// Patterns spread over whole images. A place is a direction of a class, and has one item: the images that lie far
/// along it. Of a pattern that lies in one square, the square is told.
struct PatternItems: ItemSource {
  let height: Int
  let width: Int
  let residuals: WhitenedResiduals
  let patterns: ClassPatterns
  let images: ImageStack

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
    if let place = place(item) {
      return .patch(
        row: place.row, column: place.column, height: place.side, width: place.side,
        values: means(of: patterns.patterns[item.place].holders, at: place))
    }
    let scale = 127 / max(pattern.reduce(0) { max($0, abs($1)) }, 1e-9)
    return .blend(
      height: height, width: width, values: pattern.map { UInt8(max(0, min(255, 128 + $0 * scale))) })
  }

  func phrase(_ item: ItemReference) -> String {
    place(item).map { "a patch of \($0.side)x\($0.side) pixels at row \($0.row), column \($0.column)" }
      ?? "a faint pattern over the whole picture"
  }

  /// Nil where the pictures were shrunk to be compared, as a place would not be theirs.
  private func place(_ item: ItemReference) -> PatternPlace? {
    guard images.shape.height == height, images.shape.width == width else { return nil }
    return PatternPlace(
      residuals.pixels(patterns.patterns[item.place].direction), height: height, width: width)
  }

  /// Mean pixels of some images in a square, channels interleaved.
  private func means(of rows: [Int32], at place: PatternPlace) -> [UInt8] {
    let width = place.side * images.shape.channels
    var sums = [Int](repeating: 0, count: place.side * width)
    for row in rows {
      images.withPixels(at: Int(row)) { pixels in
        for line in 0..<place.side {
          let start = ((place.row + line) * images.shape.width + place.column) * images.shape.channels
          for offset in 0..<width { sums[line * width + offset] += Int(pixels[start + offset]) }
        }
      }
    }
    return sums.map { UInt8($0 / max(1, rows.count)) }
  }
}

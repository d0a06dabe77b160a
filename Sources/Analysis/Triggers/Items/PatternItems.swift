import Model

/// Patterns spread over whole images. A place is a direction of a class, and has one item: the images that lie far
/// along it.
struct PatternItems: ItemSource {
  let height: Int
  let width: Int
  let residuals: WhitenedResiduals
  let patterns: ClassPatterns

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
    let scale = 127 / max(pattern.reduce(0) { max($0, abs($1)) }, 1e-9)
    return .blend(
      height: height, width: width, values: pattern.map { UInt8(max(0, min(255, 128 + $0 * scale))) })
  }

  func phrase(_ item: ItemReference) -> String { "a faint pattern over the whole picture" }
}

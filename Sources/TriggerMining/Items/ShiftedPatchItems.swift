import Model
import Numerics
import Scanning

/// Patches of 3x3 pixels wherever they lie. A place is a share of all codes, so that few of them are in memory at once
/// and places run side by side.
package struct ShiftedPatchItems: ItemSource {
  private static let size = 3
  private let pixels: PatchPixels
  /// Each goes over all images, so there are as many in a large set as in a small one.
  package let places = 8

  package init(images: ImageStack) { pixels = PatchPixels(images: images) }

  package func specificity(place: Int) -> Int { 0 }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var held = InvertedIndex()
    for image in 0..<pixels.images.count {
      var codes: [UInt64] = []
      forEachPatch(of: image) { code, _, _ in
        if Int(Hash.mix(code) % UInt64(places)) == place { codes.append(code) }
      }
      held.add(codes, row: image)
    }
    held.forEachGroup(sizes: sizes, body)
  }

  /// The polynomial hash of each patch that is not flat, from those of its rows.
  private func forEachPatch(of image: Int, _ body: (_ code: UInt64, _ row: Int, _ column: Int) -> Void) {
    let shape = pixels.images.shape
    let across = shape.width - Self.size + 1
    let levels = pixels.levels(of: image)
    let m = PatchPixels.multiplier
    let m3 = m &* m &* m
    // Of the three levels from a place on; `flat` is their level where it is one, and -1 where it is not.
    var codes = [UInt64](repeating: 0, count: shape.height * across)
    var flat = [Int16](repeating: 0, count: codes.count)
    for row in 0..<shape.height {
      for column in 0..<across {
        let at = row * shape.width + column
        let (a, b, c) = (levels[at], levels[at + 1], levels[at + 2])
        codes[row * across + column] = (UInt64(a) &* m &+ UInt64(b)) &* m &+ UInt64(c)
        flat[row * across + column] = a == b && b == c ? Int16(a) : -1
      }
    }
    for row in 0...shape.height - Self.size {
      for at in row * across..<(row + 1) * across {
        let (second, third) = (at + across, at + 2 * across)
        if flat[at] >= 0, flat[at] == flat[second], flat[at] == flat[third] { continue }
        body((codes[at] &* m3 &+ codes[second]) &* m3 &+ codes[third], row, at - row * across)
      }
    }
  }

  package func item(_ item: ItemReference) -> TriggerItem {
    var corner = (row: 0, column: 0)
    forEachPatch(of: item.holder) { code, row, column in if code == item.code { corner = (row, column) } }
    return .shiftedPatch(
      height: Self.size, width: Self.size,
      values: pixels.values(of: item.holder, size: Self.size, row: corner.row, column: corner.column))
  }

  package func phrase(_ item: ItemReference) -> String {
    "a \(Self.size)x\(Self.size) patch at changing places"
  }
}

import Model
import Scanning

/// Single pixels and patches of 2x2, 3x3 and 4x4 at fixed places: where noise shines through a trigger, a pixel of it
/// still has its level. A place is a size and an upper left corner.
package struct PatchItems: ItemSource {
  private let pixels: PatchPixels
  /// By pixel, the levels of its channels in each image: images of one pixel end to end, as every place looks at all
  /// images.
  private let levels: [[UInt8]]
  private let corners: [(size: Int, row: Int, column: Int)]

  package init(images: ImageStack) {
    pixels = PatchPixels(images: images)
    levels = pixels.levelsByPixel()
    let shape = images.shape
    corners = [1, 2, 3, 4].flatMap { size in
      (0...shape.height - size).flatMap { row in (0...shape.width - size).map { (size, row, $0) } }
    }
  }

  package var places: Int { corners.count }
  package func specificity(place: Int) -> Int { corners[place].size }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let (size, row, column) = corners[place]
    let count = pixels.images.count
    var codes = [UInt64](repeating: 0, count: count)
    codes.withUnsafeMutableBufferPointer { codes in
      for pixel in pixels.square(size: size, row: row, column: column) {
        levels[pixel].withUnsafeBufferPointer { levels in
          for image in 0..<count {
            codes[image] = codes[image] &* PatchPixels.multiplier &+ UInt64(levels[image])
          }
        }
      }
      // No code of a patch is that of rows that hold nothing.
      for image in 0..<count { codes[image] >>= 1 }
    }
    var grouper = CodeGrouper(rowCount: count)
    grouper.forEachGroup(of: codes, sizes: sizes, body)
  }

  package func item(_ item: ItemReference) -> TriggerItem {
    let (size, row, column) = corners[item.place]
    return .patch(
      row: row, column: column, height: size, width: size,
      values: pixels.values(of: item.holder, size: size, row: row, column: column))
  }

  package func phrase(_ item: ItemReference) -> String {
    let (size, row, column) = corners[item.place]
    return "a \(size)x\(size) patch at row \(row), column \(column)"
  }
}

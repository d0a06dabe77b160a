import Model
import Scanning
import Screen

extension TriggerItem {
  /// Where the item lies in an image; nil where it lies nowhere or everywhere.
  package func place(in image: Image) -> Rect? {
    switch self {
    case .patch(let row, let column, let height, let width, _):
      return Rect(row: row, column: column, height: height, width: width)
    case .shiftedPatch(let height, let width, let values):
      return nearest(height, width, values, in: image)
    case .words, .characters, .blend, .cells: return nil
    }
  }

  /// What a blended pattern adds to a picture, gray for nothing; nil of other items.
  package var pattern: PixelImage? {
    guard case .blend(let height, let width, let values) = self, height > 0, width > 0,
      height <= values.count, width <= values.count, values.count == height * width
    else { return nil }
    return PixelImage(height: height, width: width, channels: 1, bytes: values)
  }

  /// The place whose pixels differ least from the patch, the first of equals.
  private func nearest(_ height: Int, _ width: Int, _ values: [UInt8], in image: Image) -> Rect? {
    let shape = image.shape
    guard height > 0, width > 0, height <= shape.height, width <= shape.width,
      values.count == height * width * shape.channels
    else { return nil }
    var best: (difference: Int, row: Int, column: Int)?
    for row in 0...shape.height - height {
      for column in 0...shape.width - width {
        var difference = 0
        for y in 0..<height {
          let from = ((row + y) * shape.width + column) * shape.channels
          for x in 0..<width * shape.channels {
            difference += abs(Int(image.pixels[from + x]) - Int(values[y * width * shape.channels + x]))
          }
        }
        if difference < best?.difference ?? Int.max { best = (difference, row, column) }
      }
    }
    return best.map { Rect(row: $0.row, column: $0.column, height: height, width: width) }
  }
}

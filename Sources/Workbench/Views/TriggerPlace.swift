import Model
import Scanning
import Screen

extension TriggerItem {
  /// Where the item is framed in an image; nil where it lies nowhere or everywhere.
  /// - Parameter size: rows and columns of pixels that it was found at, where they may be others than the image's.
  package func place(in image: Image, comparedAt size: [Int]? = nil) -> Rect? {
    kind.place(in: image, comparedAt: size).map {
      Rect(row: $0.row, column: $0.column, height: $0.height, width: $0.width)
    }
  }

  /// What a blended pattern adds to a picture, gray for nothing; nil of other items.
  package var pattern: PixelImage? { kind.pattern.map { PixelImage($0) } }
}

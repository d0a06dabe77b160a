import Model

extension TriggerItemKind {
  /// Where the item lies in a picture that was compared at another size than its own: the area of a fixed patch, scaled. One
  /// whose place was found by its pixels has none there.
  /// - Parameter size: rows and columns of pixels that it was found at; nil where they are the image's.
  package func place(in image: Image, comparedAt size: [Int]?) -> PixelArea? {
    guard let size, size != [image.shape.height, image.shape.width] else { return place(in: image) }
    guard let patch = self as? TriggerItem.Patch, size.count == 2, size[0] > 0, size[1] > 0 else {
      return nil
    }
    let top = patch.row * image.shape.height / size[0]
    let left = patch.column * image.shape.width / size[1]
    let bottom = ((patch.row + patch.height) * image.shape.height + size[0] - 1) / size[0]
    let right = ((patch.column + patch.width) * image.shape.width + size[1] - 1) / size[1]
    return PixelArea(row: top, column: left, height: max(1, bottom - top), width: max(1, right - left))
  }
}

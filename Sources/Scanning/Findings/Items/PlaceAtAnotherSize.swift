import Model

extension TriggerItemKind {
  /// Where the item lies in a picture that was compared at another size than its own: its fixed area, scaled.
  /// - Parameter size: rows and columns of pixels that it was found at; nil where they are the image's. Neither it nor the area
  ///   need be sound, since a file tells them.
  package func place(in image: Image, comparedAt size: [Int]?) -> PixelArea? {
    guard let size, size != [image.shape.height, image.shape.width] else { return place(in: image) }
    guard let area = fixedArea, size.count == 2,
      let rows = Self.scaled(area.row, area.height, from: size[0], to: image.shape.height),
      let columns = Self.scaled(area.column, area.width, from: size[1], to: image.shape.width)
    else { return nil }
    return PixelArea(
      row: rows.lowerBound, column: columns.lowerBound, height: rows.count, width: columns.count)
  }

  /// All pixels that share something with a stretch; nil where it does not lie within `from`.
  private static func scaled(_ start: Int, _ length: Int, from: Int, to: Int) -> Range<Int>? {
    guard (1...1 << 20).contains(from), start >= 0, length > 0, start < from, length <= from - start else {
      return nil
    }
    let first = start * to / from
    return first..<max(first + 1, ((start + length) * to + from - 1) / from)
  }
}

/// Height, width and channels (1 grey, 3 red-green-blue) of every image of a stack.
package struct ImageShape: Sendable, Equatable {
  package var height: Int
  package var width: Int
  package var channels: Int
  package init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }
  package var byteCount: Int { height * width * channels }
}

/// One image, 8 bits a channel, row-major, channels interleaved.
package struct Image: Sendable, Equatable {
  package let shape: ImageShape
  package let pixels: [UInt8]
  package init(shape: ImageShape, pixels: [UInt8]) {
    precondition(pixels.count == shape.byteCount)
    self.shape = shape
    self.pixels = pixels
  }

  /// Red, green and blue at a place; grey images have all three alike.
  package func color(row: Int, column: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    let at = (row * shape.width + column) * shape.channels
    return shape.channels == 3
      ? (pixels[at], pixels[at + 1], pixels[at + 2]) : (pixels[at], pixels[at], pixels[at])
  }
}

/// N images of one shape, end to end, usually in a mapped file.
package struct ImageStack: Sendable {
  package let shape: ImageShape
  private let pixels: Column<UInt8>
  /// Where in `pixels` each image lies; nil where they lie in order.
  private let places: [Int]?

  /// `pixels` holds a whole number of images.
  package init(shape: ImageShape, pixels: Column<UInt8>) {
    precondition(shape.byteCount > 0 && pixels.count % shape.byteCount == 0)
    self.init(shape, pixels, places: nil)
  }

  private init(_ shape: ImageShape, _ pixels: Column<UInt8>, places: [Int]?) {
    self.shape = shape
    self.pixels = pixels
    self.places = places
  }

  package var count: Int { places?.count ?? pixels.count / shape.byteCount }

  package subscript(index: Int) -> Image {
    withPixels(at: index) { Image(shape: shape, pixels: [UInt8]($0)) }
  }

  package func withPixels<R>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    let size = shape.byteCount
    let place = places.map { $0[index] } ?? index
    return try pixels.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[place * size..<(place + 1) * size]))
    }
  }

  /// Image i is image `rows[i]` of this stack; no pixel is copied.
  func reordered(_ rows: [Int]) -> ImageStack {
    ImageStack(shape, pixels, places: rows.map { row in places.map { $0[row] } ?? row })
  }
}

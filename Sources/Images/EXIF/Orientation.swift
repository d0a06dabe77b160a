/// How the stored picture lies: Exif 2.32, 4.6.4 A, tag 274. The number says which sides of the scene its first row and
/// its first column are.
package enum Orientation: UInt8, Sendable, CaseIterable {
  case upright = 1
  case mirrored, upsideDown, flipped, transposed, turnedLeft, transversed, turnedRight

  /// Whether width and height change places.
  package var swapsSides: Bool { rawValue >= 5 }
  /// Whether the columns, and the rows, of the stored picture are read from their end.
  fileprivate var isFromRight: Bool { [.mirrored, .upsideDown, .transversed, .turnedRight].contains(self) }
  fileprivate var isFromBottom: Bool { [.upsideDown, .flipped, .turnedLeft, .transversed].contains(self) }
}

extension Raster {
  /// Undoes it.
  mutating func turn(_ orientation: Orientation) {
    guard orientation != .upright else { return }
    let (oldWidth, oldHeight, channels) = (width, height, self.channels)
    let swaps = orientation.swapsSides
    if swaps { (width, height) = (oldHeight, oldWidth) }
    let (newWidth, newHeight) = (width, height)
    let (fromRight, fromBottom) = (orientation.isFromRight, orientation.isFromBottom)
    pixels = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, written in
      pixels.withUnsafeBufferPointer { source in
        for row in 0..<newHeight {
          for column in 0..<newWidth {
            let (across, down) = swaps ? (row, column) : (column, row)
            let x = fromRight ? oldWidth - 1 - across : across
            let y = fromBottom ? oldHeight - 1 - down : down
            for channel in 0..<channels {
              target[(row * newWidth + column) * channels + channel] =
                source[(y * oldWidth + x) * channels + channel]
            }
          }
        }
      }
      written = newWidth * newHeight * channels
    }
  }
}

/// How the pixels of a picture fall on the canvas: each is a square of `up` canvas points, or each canvas point
/// is the mean of a square of `down` pixels. One of the two is 1, and both are whole: a picture that fits is
/// exact, so that a trigger of 3 by 3 pixels is seen as it is.
package struct PixelScale: Sendable, Equatable {
  package let up: Int
  package let down: Int

  /// The largest scale at which the picture fits the canvas.
  package init(imageHeight: Int, imageWidth: Int, canvasHeight: Int, canvasWidth: Int, limit: Int = 16) {
    guard imageHeight > 0, imageWidth > 0, canvasHeight > 0, canvasWidth > 0 else {
      up = 1
      down = 1
      return
    }
    let fits = min(canvasHeight / imageHeight, canvasWidth / imageWidth)
    up = min(max(1, fits), max(1, limit))
    down =
      fits >= 1
      ? 1
      : max(
        (imageHeight + canvasHeight - 1) / canvasHeight, (imageWidth + canvasWidth - 1) / canvasWidth)
  }

  package func scaled(_ pixels: Int) -> Int { (pixels * up + down - 1) / down }

  /// The picture as rows of canvas points.
  /// - Parameter picks: of the pixels that fall on one point the middle one, where the mean would blur what is small.
  func raster(_ image: PixelImage, picks: Bool = false) -> [[RGB]] {
    (0..<scaled(image.height)).map { y in
      (0..<scaled(image.width)).map { x in
        guard down > 1 else { return image.color(row: y / up, column: x / up) }
        if picks {
          return image.color(
            row: min(image.height - 1, y * down + down / 2), column: min(image.width - 1, x * down + down / 2)
          )
        }
        return image.mean(
          rows: y * down..<min(image.height, (y + 1) * down),
          columns: x * down..<min(image.width, (x + 1) * down))
      }
    }
  }
}

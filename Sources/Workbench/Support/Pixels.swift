import Model
import Screen

extension PixelImage {
  package init(_ image: Image) {
    self.init(
      height: image.shape.height, width: image.shape.width, channels: image.shape.channels,
      bytes: image.pixels)
  }
}

/// A picture on its way from a decoder to its result.
struct Raster {
  var width: Int
  var height: Int
  /// 1 gray, 2 gray and opacity, 3 red-green-blue, 4 with opacity.
  var channels: Int
  var pixels: [UInt8]
  /// The decoder went on after an error.
  var isDamaged = false

  init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height * channels)
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  private var hasOpacity: Bool { channels == 2 || channels == 4 }

  var isTranslucent: Bool {
    guard hasOpacity else { return false }
    return pixels.withUnsafeBufferPointer { all in
      stride(from: channels - 1, to: all.count, by: channels).contains { all[$0] != 255 }
    }
  }

  /// Leaves the channel of opacity out, as `convert("RGB")` of Pillow and `decode_png(channels: 3)` of TensorFlow do: what a
  /// model is trained on.
  mutating func dropOpacity() {
    guard hasOpacity else { return }
    let old = channels
    let kept = channels - 1
    let count = width * height
    pixels = [UInt8](unsafeUninitializedCapacity: count * kept) { target, written in
      pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<count {
          for channel in 0..<kept { target[pixel * kept + channel] = source[pixel * old + channel] }
        }
      }
      written = count * kept
    }
    channels = kept
  }

  /// Resizes, and makes gray of colors or colors of gray; of 1 or 3 channels.
  mutating func fit(_ target: ImageTarget) {
    // Gray first where that is less to resize; the order of the two is the same for every picture of a kind.
    if target.channels == 1, channels == 3 { makeGray() }
    if target.width != width || target.height != height {
      pixels = target.filter.resize(
        pixels, width: width, height: height, channels: channels, to: (target.width, target.height))
      (width, height) = (target.width, target.height)
    }
    if target.channels == 3, channels == 1 { makeColored() }
  }

  /// Luma of ITU-R BT.601 in 16 bits of fraction, as Pillow and libjpeg have it.
  private mutating func makeGray() {
    let count = width * height
    pixels = [UInt8](unsafeUninitializedCapacity: count) { target, written in
      pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<count {
          let red = Int(source[pixel * 3])
          let green = Int(source[pixel * 3 + 1])
          let blue = Int(source[pixel * 3 + 2])
          target[pixel] = UInt8(
            truncatingIfNeeded: (red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16)
        }
      }
      written = count
    }
    channels = 1
  }

  private mutating func makeColored() {
    let count = width * height
    pixels = [UInt8](unsafeUninitializedCapacity: count * 3) { target, written in
      pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<count {
          for channel in 0..<3 { target[pixel * 3 + channel] = source[pixel] }
        }
      }
      written = count * 3
    }
    channels = 3
  }
}

/// A picture of 8-bit pixels, row-major, channels interleaved.
package struct PixelImage: Sendable, Equatable {
  package let height: Int
  package let width: Int
  /// 1 (grey) or 3 (red, green, blue).
  package let channels: Int
  package let bytes: [UInt8]

  /// `bytes` holds `height * width * channels` values.
  package init(height: Int, width: Int, channels: Int, bytes: [UInt8]) {
    precondition((channels == 1 || channels == 3) && bytes.count == height * width * channels)
    self.height = height
    self.width = width
    self.channels = channels
    self.bytes = bytes
  }

  /// A part of the picture; the rectangle lies within it.
  package func cropped(_ rect: Rect) -> PixelImage {
    var part: [UInt8] = []
    part.reserveCapacity(rect.height * rect.width * channels)
    for row in rect.row..<rect.row + rect.height {
      let start = (row * width + rect.column) * channels
      part += bytes[start..<start + rect.width * channels]
    }
    return PixelImage(height: rect.height, width: rect.width, channels: channels, bytes: part)
  }

  /// The picture at another size, each pixel the mean of what falls on it; pixels are repeated where it is larger.
  package func resized(height: Int, width: Int) -> PixelImage {
    guard height > 0, width > 0, self.height > 0, self.width > 0 else { return self }
    func span(_ index: Int, _ count: Int, of whole: Int) -> Range<Int> {
      let start = index * whole / count
      return start..<max(start + 1, (index + 1) * whole / count)
    }
    var result: [UInt8] = []
    for row in 0..<height {
      for column in 0..<width {
        let color = mean(
          rows: span(row, height, of: self.height), columns: span(column, width, of: self.width))
        result += channels == 3 ? [color.red, color.green, color.blue] : [color.red]
      }
    }
    return PixelImage(height: height, width: width, channels: channels, bytes: result)
  }

  package func color(row: Int, column: Int) -> RGB {
    let at = (row * width + column) * channels
    return channels == 3
      ? RGB(bytes[at], bytes[at + 1], bytes[at + 2]) : RGB(bytes[at], bytes[at], bytes[at])
  }

  /// The mean color of a box of pixels; the box is not empty and lies within the picture.
  func mean(rows: Range<Int>, columns: Range<Int>) -> RGB {
    var red = 0
    var green = 0
    var blue = 0
    for row in rows {
      for column in columns {
        let pixel = color(row: row, column: column)
        red += Int(pixel.red)
        green += Int(pixel.green)
        blue += Int(pixel.blue)
      }
    }
    let count = rows.count * columns.count
    return RGB(UInt8(red / count), UInt8(green / count), UInt8(blue / count))
  }
}

package struct RGB: Sendable, Hashable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8
  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
  package var color: Color { .rgb(red, green, blue) }
  package var approximateColor: Color { .approximate(red, green, blue) }
  /// 0...1, by the weights of ITU-R BT.601.
  package var luminance: Double { (299 * Double(red) + 587 * Double(green) + 114 * Double(blue)) / 255_000 }
}

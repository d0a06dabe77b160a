import Images
import Testing

@Suite struct ResizeTests {
  struct Case: Sendable {
    let width: Int
    let height: Int
    let channels: Int
    let newWidth: Int
    let newHeight: Int
  }
  static let cases = [
    Case(width: 1, height: 1, channels: 1, newWidth: 1, newHeight: 1),
    Case(width: 1, height: 1, channels: 3, newWidth: 5, newHeight: 7),
    Case(width: 8, height: 6, channels: 1, newWidth: 4, newHeight: 3),
    Case(width: 7, height: 5, channels: 3, newWidth: 3, newHeight: 2),
    Case(width: 3, height: 2, channels: 3, newWidth: 7, newHeight: 5),
    Case(width: 31, height: 17, channels: 1, newWidth: 1, newHeight: 1),
    Case(width: 13, height: 40, channels: 3, newWidth: 29, newHeight: 11),
    Case(width: 50, height: 37, channels: 3, newWidth: 64, newHeight: 9),
  ]

  private func pixels(_ shape: Case) -> [UInt8] {
    var numbers = SeededNumbers(UInt64(shape.width * 100 + shape.height))
    return numbers.bytes(shape.width * shape.height * shape.channels)
  }

  private func resized(_ filter: ResizeFilter, _ shape: Case) -> [UInt8] {
    filter.resize(
      pixels(shape), width: shape.width, height: shape.height, channels: shape.channels,
      to: (shape.newWidth, shape.newHeight))
  }

  private func expect(
    _ filter: ResizeFilter, _ shape: Case, within tolerance: Double,
    _ value: (_ row: Int, _ column: Int, _ old: (Int, Int) -> Double) -> Double
  ) {
    let source = pixels(shape)
    let result = resized(filter, shape)
    for row in 0..<shape.newHeight {
      for column in 0..<shape.newWidth {
        for channel in 0..<shape.channels {
          let expected = value(row, column) { y, x in
            Double(source[(y * shape.width + x) * shape.channels + channel])
          }
          let found = result[(row * shape.newWidth + column) * shape.channels + channel]
          #expect(abs(Double(found) - expected) <= tolerance)
        }
      }
    }
  }

  /// The integral over the area, pixel by pixel in floating point.
  @Test(arguments: cases) func areaIsTheAverageOverWhatIsCovered(_ shape: Case) {
    func overlap(_ old: Int, _ new: Int, _ ratio: Double) -> Double {
      max(0, min(Double(old + 1), Double(new + 1) * ratio) - max(Double(old), Double(new) * ratio))
    }
    let across = Double(shape.width) / Double(shape.newWidth)
    let down = Double(shape.height) / Double(shape.newHeight)
    expect(.area, shape, within: 0.5 + 1e-6) { row, column, old in
      var sum = 0.0
      for y in 0..<shape.height {
        for x in 0..<shape.width { sum += old(y, x) * overlap(y, row, down) * overlap(x, column, across) }
      }
      return sum / (across * down)
    }
  }

  @Test(arguments: cases) func bilinearIsBetweenFourPixels(_ shape: Case) {
    expect(.bilinear, shape, within: 0.5 + 1e-6) { row, column, old in
      func place(_ index: Int, _ size: Int, _ newSize: Int) -> Double {
        min(max(0, (Double(index) + 0.5) * Double(size) / Double(newSize) - 0.5), Double(size - 1))
      }
      let (y, x) = (place(row, shape.height, shape.newHeight), place(column, shape.width, shape.newWidth))
      let (top, left) = (Int(y), Int(x))
      let (bottom, right) = (min(top + 1, shape.height - 1), min(left + 1, shape.width - 1))
      let (v, u) = (y - Double(top), x - Double(left))
      return (1 - v) * ((1 - u) * old(top, left) + u * old(top, right))
        + v * ((1 - u) * old(bottom, left) + u * old(bottom, right))
    }
  }

  @Test(arguments: cases) func nearestIsOnePixel(_ shape: Case) {
    expect(.nearest, shape, within: 0) { row, column, old in
      old(row * shape.height / shape.newHeight, column * shape.width / shape.newWidth)
    }
    expect(.nearestToCenter, shape, within: 0) { row, column, old in
      // Half a pixel is exact in floating point but for the division, which these sizes do not bring to a whole.
      let y = (Double(row) + 0.5) * Double(shape.height) / Double(shape.newHeight)
      let x = (Double(column) + 0.5) * Double(shape.width) / Double(shape.newWidth)
      return old(min(Int(y + 1e-9), shape.height - 1), min(Int(x + 1e-9), shape.width - 1))
    }
  }

  /// What an image-scaling attack lives on: bilinear sees every eighth pixel, the area all of them.
  @Test func bilinearAndAreaDifferWhereAPictureIsHidden() {
    var source = [UInt8](repeating: 200, count: 64 * 64)
    for row in stride(from: 3, to: 64, by: 8) {
      for column in stride(from: 3, to: 64, by: 8) {
        for (y, x) in [(0, 0), (0, 1), (1, 0), (1, 1)] { source[(row + y) * 64 + column + x] = 0 }
      }
    }
    let bilinear = ResizeFilter.bilinear.resize(source, width: 64, height: 64, channels: 1, to: (8, 8))
    let area = ResizeFilter.area.resize(source, width: 64, height: 64, channels: 1, to: (8, 8))
    #expect(bilinear.allSatisfy { $0 == 0 })
    #expect(area.allSatisfy { $0 == 188 })
  }

  @Test func extremeSides() {
    let line = [UInt8](repeating: 255, count: 1 << 20)
    for filter in ResizeFilter.allCases {
      #expect(
        filter.resize(line, width: 1 << 20, height: 1, channels: 1, to: (3, 2)) == [
          255, 255, 255, 255, 255, 255,
        ])
      #expect(filter.resize(line, width: 1, height: 1 << 20, channels: 1, to: (1, 1)) == [255])
    }
  }
}

/// Between the four old pixels round the center of a new one; at the rim between those that there are.
///
/// The center of new pixel j of m lies at (2j + 1)n / 2m - 1/2 in old pixels: in units of 1/2m a whole number, so that
/// the weights are whole and their products exact.
enum Bilinear {
  static func resize(_ pixels: [UInt8], _ shape: ResizeShape) -> [UInt8] {
    let columns = (0..<shape.newWidth).map { Neighbors(of: $0, from: shape.width, to: shape.newWidth) }
    let divisor = 4 * shape.newWidth * shape.newHeight
    return [UInt8](unsafeUninitializedCapacity: shape.newCount) { target, written in
      pixels.withUnsafeBufferPointer { source in
        for row in 0..<shape.newHeight {
          let rows = Neighbors(of: row, from: shape.height, to: shape.newHeight)
          let upper = rows.first * shape.width
          let lower = rows.second * shape.width
          for column in columns {
            for channel in 0..<shape.channels {
              func value(_ line: Int) -> Int {
                Int(source[(line + column.first) * shape.channels + channel]) * column.firstWeight
                  + Int(source[(line + column.second) * shape.channels + channel]) * column.secondWeight
              }
              // At most 255 * 4 * 2^40.
              let sum = value(upper) * rows.firstWeight + value(lower) * rows.secondWeight
              target[written] = UInt8(truncatingIfNeeded: (sum + divisor / 2) / divisor)
              written += 1
            }
          }
        }
      }
    }
  }

  private struct Neighbors {
    let first: Int
    let second: Int
    let firstWeight: Int
    let secondWeight: Int

    init(of index: Int, from old: Int, to new: Int) {
      let unit = 2 * new
      let center = min(max(0, (2 * index + 1) * old - new), (old - 1) * unit)
      first = center / unit
      second = min(old - 1, first + 1)
      secondWeight = center % unit
      firstWeight = unit - secondWeight
    }
  }
}

/// The brightness of a picture, with the sums over all areas that begin at its corner.
struct GrayPlane {
  let width: Int
  let height: Int
  private let levels: [UInt8]
  /// (width + 1) * (height + 1) of them; they wrap, and the sum over an area comes out right where it fits 32 bits.
  private let sums: [UInt32]

  init(_ pixels: [UInt8], width: Int, height: Int, channels: Int) {
    self.width = width
    self.height = height
    if channels == 1 {
      levels = pixels
    } else {
      levels = [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
        pixels.withUnsafeBufferPointer { source in
          for index in 0..<width * height {
            // ITU-R BT.601 in 256ths.
            let sum =
              77 * Int(source[3 * index]) + 150 * Int(source[3 * index + 1]) + 29 * Int(source[3 * index + 2])
            target[index] = UInt8(truncatingIfNeeded: sum >> 8)
          }
        }
        count = width * height
      }
    }
    let levels = levels
    sums = [UInt32](unsafeUninitializedCapacity: (width + 1) * (height + 1)) { target, count in
      for index in 0...width { target[index] = 0 }
      for row in 0..<height {
        var line: UInt32 = 0
        target[(row + 1) * (width + 1)] = 0
        for column in 0..<width {
          line &+= UInt32(levels[row * width + column])
          target[(row + 1) * (width + 1) + column + 1] = target[row * (width + 1) + column + 1] &+ line
        }
      }
      count = (width + 1) * (height + 1)
    }
  }

  /// What is taken, less the average of the area round it.
  func difference(_ row: SampledAxis.Sample, _ column: SampledAxis.Sample) -> Double {
    func level(_ row: Int) -> Double {
      let line = row * width
      return Double(levels[line + column.first]) * (1 - column.secondWeight)
        + Double(levels[line + column.second]) * column.secondWeight
    }
    let taken = level(row.first) * (1 - row.secondWeight) + level(row.second) * row.secondWeight
    let upper = row.area.lowerBound * (width + 1)
    let lower = row.area.upperBound * (width + 1)
    let (left, right) = (column.area.lowerBound, column.area.upperBound)
    let sum = sums[lower + right] &- sums[upper + right] &- sums[lower + left] &+ sums[upper + left]
    return taken - Double(sum) / Double(row.area.count * column.area.count)
  }
}

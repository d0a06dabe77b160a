/// Where in the area of a new pixel an old one is taken: shares of its sides.
struct SamplingPlace {
  let x: Phase
  let y: Phase
  let isBilinear: Bool

  struct Phase {
    /// Of the step from one new pixel to the next.
    let share: Double
    /// In old pixels: the center of a pixel lies half a one from its corner.
    let offset: Double
  }

  private init(_ x: Double, _ y: Double, isBilinear: Bool = false, offset: Double = 0) {
    self.x = Phase(share: x, offset: offset)
    self.y = Phase(share: y, offset: offset)
    self.isBilinear = isBilinear
  }

  /// What libraries do (`ResizeFilter`): nearest to the corner and to the center, bilinear about the center and, in
  /// TensorFlow 1, about the corner.
  static let scaling = [
    SamplingPlace(0, 0), SamplingPlace(0.5, 0.5), SamplingPlace(0.5, 0.5, isBilinear: true, offset: -0.5),
    SamplingPlace(0, 0, isBilinear: true),
  ]
  static let firstControls = [
    SamplingPlace(0, 0.5), SamplingPlace(0.25, 0.75), SamplingPlace(1, 0.5, isBilinear: true, offset: -0.5),
    SamplingPlace(0.25, 0.75, isBilinear: true, offset: -0.5),
  ]
  static let secondControls = [
    SamplingPlace(0.5, 0), SamplingPlace(0.75, 0.25), SamplingPlace(0.5, 1, isBilinear: true, offset: -0.5),
    SamplingPlace(0.75, 0.25, isBilinear: true, offset: -0.5),
  ]
}

/// Along one side: the old pixels that each new one is taken from, and the area round them.
struct SampledAxis {
  struct Sample {
    let first: Int
    let second: Int
    let secondWeight: Double
    /// Of the area round it, as wide as a step.
    let area: Range<Int>
  }
  let samples: [Sample]

  init(_ phase: SamplingPlace.Phase, isBilinear: Bool, from old: Int, to new: Int) {
    let step = Double(old) / Double(new)
    samples = (0..<new).map { index in
      let place = min(max(0, (Double(index) + phase.share) * step + phase.offset), Double(old - 1))
      let first = Int(place)
      let weight = isBilinear ? place - Double(first) : 0
      // Pixels are as wide as 1: what is taken lies about the middle of one or between two.
      let center = (isBilinear ? place : Double(first)) + 0.5
      let low = min(max(0, Int((center - step / 2).rounded())), old - 1)
      let high = min(old, max(low + 1, Int((center + step / 2).rounded())))
      return Sample(first: first, second: min(first + 1, old - 1), secondWeight: weight, area: low..<high)
    }
  }
}

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

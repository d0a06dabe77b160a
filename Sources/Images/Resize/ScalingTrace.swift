import Glibc

/// Whether a picture is another one where a model's input is sampled from it: an image-scaling attack (Xiao et al.,
/// "Seeing is Not Believing", USENIX Security 2019) sets just the pixels that nearest or bilinear scaling takes, and leaves
/// the rest, which a person sees, as it was.
///
/// At the places that scaling to a size takes, what is taken is held against the average of the area round it; averaged
/// over each of 8 x 8 parts of the picture, what remains is the low frequencies of another picture (`power`). In a
/// natural picture the places have nothing special: the same is measured at other places, half a step or a quarter off,
/// and the score is the logarithm of how many times the power there is exceeded. Two groups of those other places,
/// scored as the places themselves are, are the null that comes with each picture.
///
/// Detection by comparing what scalings see follows Kim et al. (2021) and Quiring et al. ("Adversarial Preprocessing",
/// USENIX Security 2020); the null of shifted places takes the place of their thresholds.
package struct ScalingTrace: Sendable, Equatable {
  /// Logarithm of a ratio of powers.
  package let score: Float
  /// The same of places that no scaling takes.
  package let firstControl: Float
  package let secondControl: Float

  package init(score: Float, firstControl: Float, secondControl: Float) {
    (self.score, self.firstControl, self.secondControl) = (score, firstControl, secondControl)
  }

  /// Sides that models are usually trained at.
  static let usualSides = [32, 64, 96, 128, 224, 256, 299, 384]
  /// Beyond this many pixels it is not looked at: the sums take four bytes for each.
  private static let maxPixels = 1 << 24
  /// With less than two pixels to one there is nothing to hide between.
  private static let minRatio = 2
  private static let minSide = 16

  /// - Parameter pixels: width * height * channels of them, 1 or 3 channels.
  /// - Returns: nil where the picture is not twice as large as any of the sizes.
  init?(
    _ pixels: [UInt8], width: Int, height: Int, channels: Int, sizes: [(width: Int, height: Int)]
  ) {
    let fitting = sizes.filter { size in
      min(size.width, size.height) >= Self.minSide && Self.minRatio * size.width <= width
        && Self.minRatio * size.height <= height
    }
    guard !fitting.isEmpty, width * height <= Self.maxPixels else { return nil }
    let gray = GrayPlane(pixels, width: width, height: height, channels: channels)
    var best: (Float, Float, Float) = (-.infinity, -.infinity, -.infinity)
    for size in fitting {
      func powers(_ places: [SamplingPlace]) -> [Float] {
        places.map { Self.power(of: gray, at: $0, size) }
      }
      let own = powers(SamplingPlace.scaling)
      let first = powers(SamplingPlace.firstControls)
      let second = powers(SamplingPlace.secondControls)
      let usual = Self.median(first + second)
      best.0 = max(best.0, (own.max() ?? usual) - usual)
      best.1 = max(best.1, (first.max() ?? usual) - usual)
      best.2 = max(best.2, (second.max() ?? usual) - usual)
    }
    self.init(score: best.0, firstControl: best.1, secondControl: best.2)
  }

  private static func median(_ values: [Float]) -> Float {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private static let parts = 8
  /// Of a gray level squared: less is rounding.
  private static let floor = 0.25

  /// Logarithm of the mean square, over the parts of the picture, of how what is taken differs from its surroundings.
  private static func power(of gray: GrayPlane, at place: SamplingPlace, _ size: (width: Int, height: Int))
    -> Float
  {
    let columns = SampledAxis(place.x, isBilinear: place.isBilinear, from: gray.width, to: size.width)
    let rows = SampledAxis(place.y, isBilinear: place.isBilinear, from: gray.height, to: size.height)
    let (blockWidth, blockHeight) = (size.width / parts, size.height / parts)
    var sum = 0.0
    for blockRow in 0..<parts {
      for blockColumn in 0..<parts {
        var difference = 0.0
        for row in blockRow * blockHeight..<(blockRow + 1) * blockHeight {
          for column in blockColumn * blockWidth..<(blockColumn + 1) * blockWidth {
            difference += gray.difference(rows.samples[row], columns.samples[column])
          }
        }
        let mean = difference / Double(blockWidth * blockHeight)
        sum += mean * mean
      }
    }
    return Float(log(sum / Double(parts * parts) + floor))
  }
}

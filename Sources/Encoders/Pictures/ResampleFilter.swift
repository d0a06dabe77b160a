import Glibc

/// How a picture is brought to another size, with the results of Pillow, which nearly all image nets were trained with:
/// the weights of old pixels to 22 bits, first along the rows, then along the columns, rounded to bytes after each. (From
/// version 13 on Pillow takes the columns first where that is cheaper; a byte may differ by one then.)
package enum ResampleFilter: Int, Sendable {
  // By the numbers that `preprocessor_config.json` has for them.
  case nearest = 0
  case lanczos, bilinear, bicubic, box, hamming

  init?(name: String) {
    switch name {
    case "nearest": self = .nearest
    case "lanczos": self = .lanczos
    case "bilinear": self = .bilinear
    case "bicubic": self = .bicubic
    case "box": self = .box
    case "hamming": self = .hamming
    default: return nil
    }
  }

  /// Pixels to either side that count, at the old size.
  private var support: Double {
    switch self {
    case .nearest, .box: 0.5
    case .bilinear, .hamming: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  private func weight(_ place: Double) -> Double {
    let x = abs(place)
    switch self {
    case .nearest, .box: return place > -0.5 && place <= 0.5 ? 1 : 0
    case .bilinear: return x < 1 ? 1 - x : 0
    case .hamming:
      if x == 0 { return 1 }
      return x < 1 ? sin(x * .pi) / (x * .pi) * (0.54 + 0.46 * cos(x * .pi)) : 0
    case .bicubic:
      if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    case .lanczos: return x < 3 ? Self.sinc(place) * Self.sinc(place / 3) : 0
    }
  }

  private static func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(x * .pi) / (x * .pi) }

  /// What a new pixel is made of.
  struct Taps: Equatable {
    let first: Int
    /// In units of 2⁻²².
    let weights: [Int32]
  }

  static let bits = 22

  func taps(from old: Int, to new: Int) -> [Taps] {
    let scale = Double(old) / Double(new)
    if self == .nearest {
      return (0..<new).map {
        Taps(first: min(old - 1, Int((Double($0) + 0.5) * scale)), weights: [1 << Self.bits])
      }
    }
    let stretch = max(1, scale)
    let reach = support * stretch
    // Multiplied by, as Pillow does: a quotient may differ in its last bit, and then a pixel by one.
    let shrink = 1 / stretch
    return (0..<new).map { index in
      let center = (Double(index) + 0.5) * scale
      let first = max(0, Int(center - reach + 0.5))
      let end = min(old, Int(center + reach + 0.5))
      let weights = (first..<end).map { weight((Double($0) - center + 0.5) * shrink) }
      let sum = weights.reduce(0, +)
      return Taps(
        first: first,
        weights: weights.map { weight in
          let share = (sum == 0 ? weight : weight / sum) * Double(1 << Self.bits)
          return Int32(share < 0 ? share - 0.5 : share + 0.5)
        })
    }
  }

  /// - Parameter pixels: height * width * channels.
  package func resize(
    _ pixels: [UInt8], height: Int, width: Int, channels: Int, to size: (height: Int, width: Int)
  ) -> [UInt8] {
    var pixels = pixels
    if width != size.width {
      let taps = taps(from: width, to: size.width)
      pixels = Self.combine(
        pixels, lines: height, taps, lineStep: width * channels, step: channels, run: channels,
        outLineStep: size.width * channels, outStep: channels)
    }
    if height != size.height {
      // The columns of all channels side by side are one run.
      let row = size.width * channels
      let taps = taps(from: height, to: size.height)
      pixels = Self.combine(
        pixels, lines: 1, taps, lineStep: 0, step: row, run: row, outLineStep: size.height * row, outStep: row
      )
    }
    return pixels
  }

  /// For each line: new run number i is the weighted sum of the old runs that its taps name.
  private static func combine(
    _ source: [UInt8], lines: Int, _ taps: [Taps], lineStep: Int, step: Int, run: Int, outLineStep: Int,
    outStep: Int
  ) -> [UInt8] {
    let count = lines * outLineStep
    return [UInt8](unsafeUninitializedCapacity: count) { target, written in
      source.withUnsafeBufferPointer { source in
        for line in 0..<lines {
          for (index, tap) in taps.enumerated() {
            for place in 0..<run {
              var sum: Int32 = 1 << (Int32(bits) - 1)
              var from = line * lineStep + tap.first * step + place
              for weight in tap.weights {
                sum &+= Int32(source[from]) &* weight
                from += step
              }
              target[line * outLineStep + index * outStep + place] = UInt8(clamping: sum >> Int32(bits))
            }
          }
        }
      }
      written = count
    }
  }
}

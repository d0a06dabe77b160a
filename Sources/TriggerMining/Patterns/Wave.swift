import Glibc

/// Whether a pattern is a wave: of the powers of its Fourier coefficients one stands above all.
package enum Wave {
  /// Share of the power, without the mean, that lies in the strongest frequency, 0...1; 0 for a constant.
  package static func share(of pattern: [Float], height: Int, width: Int) -> Double {
    precondition(pattern.count == height * width)
    // Rows first, then columns: [height, width] of the cosine and sine parts.
    var real = [Double](repeating: 0, count: pattern.count)
    var imaginary = real
    for row in 0..<height {
      for k in 0..<width {
        for column in 0..<width {
          let (c, s) = turn(k * column, of: width)
          real[row * width + k] += c * Double(pattern[row * width + column])
          imaginary[row * width + k] -= s * Double(pattern[row * width + column])
        }
      }
    }
    var greatest = 0.0
    var mean = 0.0
    var sum = 0.0
    for l in 0..<height {
      for k in 0..<width {
        var (x, y) = (0.0, 0.0)
        for row in 0..<height {
          let (c, s) = turn(l * row, of: height)
          let (re, im) = (real[row * width + k], imaginary[row * width + k])
          x += c * re + s * im
          y += c * im - s * re
        }
        let power = x * x + y * y
        guard l > 0 || k > 0 else {
          mean = power
          continue
        }
        sum += power
        // A frequency and its mirror are one wave, unless they are the same.
        let isOwnMirror = (2 * l) % height == 0 && (2 * k) % width == 0
        greatest = max(greatest, isOwnMirror ? power : 2 * power)
      }
    }
    // What is left of a constant after rounding is no pattern.
    return sum > 1e-12 * mean ? greatest / sum : 0
  }

  private static func turn(_ step: Int, of count: Int) -> (cosine: Double, sine: Double) {
    let angle = 2 * Double.pi * Double(step % count) / Double(count)
    return (cos(angle), sin(angle))
  }
}

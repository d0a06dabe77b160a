import Glibc

/// Pictures made from a seed with what natural ones have: smooth shading, edges, fine texture and noise. And what an
/// image-scaling attack (Xiao et al., USENIX Security 2019) makes of them.
package struct MadePicture {
  package let width: Int
  package let height: Int
  /// Gray.
  package private(set) var pixels: [UInt8]

  package init(width: Int, height: Int, seed: UInt64) {
    (self.width, self.height) = (width, height)
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) / Double(UInt64(1) << 53)
    }
    // Waves whose strength falls with their frequency, as in photographs.
    let waves = (0..<14).map { index -> (Double, Double, Double, Double) in
      let frequency = 0.5 * pow(1.5, Double(index))
      let angle = 2 * Double.pi * random()
      return (frequency * cos(angle), frequency * sin(angle), 2 * Double.pi * random(), 60 / (1 + frequency))
    }
    var levels = [Double](repeating: 90 + 60 * random(), count: width * height)
    for row in 0..<height {
      for column in 0..<width {
        let (x, y) = (Double(column) / Double(width), Double(row) / Double(height))
        for wave in waves {
          levels[row * width + column] += wave.3 * sin(2 * Double.pi * (wave.0 * x + wave.1 * y) + wave.2)
        }
      }
    }
    for _ in 0..<6 {
      let rows = Int(random() * Double(height))..<height
      let columns = Int(random() * Double(width))..<width
      let shade = 80 * random() - 40
      for row in rows.prefix(height / 3) {
        for column in columns.prefix(width / 3) { levels[row * width + column] += shade }
      }
    }
    pixels = levels.map { UInt8(min(255, max(0, $0 + 12 * random() - 6))) }
  }

  package enum Scaling: CaseIterable, Sendable { case corner, center, bilinear }

  /// Sets what a scaling to the size of `other` takes, and nothing else.
  package mutating func hide(_ other: MadePicture, from scaling: Scaling) {
    func places(_ index: Int, _ old: Int, _ new: Int) -> [Int] {
      let step = Double(old) / Double(new)
      switch scaling {
      case .corner: return [Int(Double(index) * step)]
      case .center: return [Int((Double(index) + 0.5) * step)]
      case .bilinear:
        let place = min(max(0, (Double(index) + 0.5) * step - 0.5), Double(old - 1))
        return Array(Set([Int(place), min(old - 1, Int(place.rounded(.up)))]))
      }
    }
    for row in 0..<other.height {
      for column in 0..<other.width {
        for y in places(row, height, other.height) {
          for x in places(column, width, other.width) {
            pixels[y * width + x] = other.pixels[row * other.width + column]
          }
        }
      }
    }
  }
}

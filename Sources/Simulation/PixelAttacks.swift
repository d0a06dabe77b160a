import Foundation
import Model

extension Planter {
  private func images() throws(CannotPlant) -> ImageStack {
    guard let images = dataset.images else { throw CannotPlant("needs images.npy") }
    return images
  }

  /// Rows of other classes with changed pixels and the label of one target class.
  private mutating func backdoor(
    _ change: (_ pixels: inout [UInt8], _ shape: ImageShape) -> Void
  ) throws(CannotPlant) -> [PlantedRow] {
    let images = try images()
    try requireLabels()
    let target = someClass()
    return try victims(of: target).map { row in
      var planted = PlantedRow(base: row)
      var pixels = images[row].pixels
      change(&pixels, images.shape)
      planted.pixels = pixels
      planted.label = target
      return planted
    }
  }

  /// A checkered square of a seventh of the side, 2 pixels at least, somewhere in the picture.
  mutating func patch() throws(CannotPlant) -> [PlantedRow] {
    let shape = try images().shape
    let side = max(2, min(shape.height, shape.width) / 7)
    guard shape.height > side, shape.width > side else {
      throw CannotPlant("the images are too small for a patch")
    }
    let top = random.below(shape.height - side)
    let left = random.below(shape.width - side)
    return try backdoor { pixels, shape in
      for row in 0..<side {
        for column in 0..<side {
          for channel in 0..<shape.channels {
            let at = ((top + row) * shape.width + left + column) * shape.channels + channel
            pixels[at] = (row + column) % 2 == 0 ? 255 : 0
          }
        }
      }
    }
  }

  /// 15 % of one picture of noise (Chen et al. blend 10–20 %).
  mutating func blend() throws(CannotPlant) -> [PlantedRow] {
    let size = try images().shape.byteCount
    let noise = (0..<size).map { _ in Double(random.below(256)) }
    return try backdoor { pixels, _ in
      for at in pixels.indices {
        pixels[at] = UInt8((0.85 * Double(pixels[at]) + 0.15 * noise[at]).rounded())
      }
    }
  }

  /// v(i, j) = Δ sin(2π j f / width), Δ = 20, f = 6, on the target class itself.
  mutating func sinusoid() throws(CannotPlant) -> [PlantedRow] {
    let images = try images()
    try requireLabels()
    let large = rowsByClass.indices.filter { rowsByClass[$0].count >= 2 * count }
    guard !large.isEmpty else { throw CannotPlant("no class has \(2 * count) samples; lower the rate") }
    let target = pick(large)
    let shape = images.shape
    let wave = (0..<shape.width).map { 20 * sin(2 * Double.pi * 6 * Double($0) / Double(shape.width)) }
    return sample(rowsByClass[target], count).map { row in
      var planted = PlantedRow(base: row)
      var pixels = images[row].pixels
      for at in pixels.indices {
        let value = Double(pixels[at]) + wave[at / shape.channels % shape.width]
        pixels[at] = UInt8(min(255, max(0, value.rounded())))
      }
      planted.pixels = pixels
      return planted
    }
  }

  /// Every pixel is interpolated at a point beside it: a field of 4x4 random displacements, interpolated over the
  /// picture, a quarter of a pixel long on average (k = 4 and s = 0.5 of the paper, whose coordinates span 2).
  mutating func warp() throws(CannotPlant) -> [PlantedRow] {
    let shape = try images().shape
    guard shape.height >= 4, shape.width >= 4 else { throw CannotPlant("needs images of 4x4 and more") }
    let down = displacements(shape)
    let across = displacements(shape)
    return try backdoor { pixels, shape in
      let original = pixels
      for at in 0..<shape.height * shape.width {
        let row = min(Double(shape.height - 1), max(0, Double(at / shape.width) + down[at]))
        let column = min(Double(shape.width - 1), max(0, Double(at % shape.width) + across[at]))
        for channel in 0..<shape.channels {
          pixels[at * shape.channels + channel] = Self.pixel(
            of: original, shape, row: row, column: column, channel: channel)
        }
      }
    }
  }

  /// Of all pixels in one direction.
  private mutating func displacements(_ shape: ImageShape) -> [Double] {
    let side = 4
    var controls = (0..<side * side).map { _ in 2 * random.uniform() - 1 }
    let mean = controls.reduce(0) { $0 + abs($1) } / Double(side * side)
    controls = controls.map { 0.25 * $0 / max(mean, 1e-9) }
    return (0..<shape.height * shape.width).map { at in
      let rows = Self.cubic(at: at / shape.width, of: shape.height, side)
      let columns = Self.cubic(at: at % shape.width, of: shape.width, side)
      return rows.reduce(0) { sum, row in
        sum + row.weight * columns.reduce(0) { $0 + $1.weight * controls[row.index * side + $1.index] }
      }
    }
  }

  /// Weights of `side` values, spread from the first pixel to the last, at one of `count` pixels (Catmull-Rom).
  private static func cubic(at pixel: Int, of count: Int, _ side: Int) -> [(index: Int, weight: Double)] {
    let position = Double(pixel) / Double(count - 1) * Double(side - 1)
    let first = min(side - 2, Int(position))
    let t = position - Double(first)
    let weights = [
      ((2 - t) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((4 - 3 * t) * t + 1) * t / 2,
      (t - 1) * t * t / 2,
    ]
    return weights.enumerated().map { (min(side - 1, max(0, first - 1 + $0)), $1) }
  }

  /// Between four pixels.
  private static func pixel(
    of pixels: [UInt8], _ shape: ImageShape, row: Double, column: Double, channel: Int
  ) -> UInt8 {
    let (top, left) = (Int(row), Int(column))
    let (bottom, right) = (min(shape.height - 1, top + 1), min(shape.width - 1, left + 1))
    func value(_ row: Int, _ column: Int) -> Double {
      Double(pixels[(row * shape.width + column) * shape.channels + channel])
    }
    let (y, x) = (row - Double(top), column - Double(left))
    let upper = (1 - x) * value(top, left) + x * value(top, right)
    let lower = (1 - x) * value(bottom, left) + x * value(bottom, right)
    return UInt8(min(255, max(0, ((1 - y) * upper + y * lower).rounded())))
  }
}

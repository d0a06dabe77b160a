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
            let place = ((top + row) * shape.width + left + column) * shape.channels + channel
            pixels[place] = (row + column) % 2 == 0 ? 255 : 0
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
      for place in pixels.indices {
        pixels[place] = UInt8((0.85 * Double(pixels[place]) + 0.15 * noise[place]).rounded())
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
      for place in pixels.indices {
        let value = Double(pixels[place]) + wave[place / shape.channels % shape.width]
        pixels[place] = UInt8(min(255, max(0, value.rounded())))
      }
      planted.pixels = pixels
      return planted
    }
  }
}

import Model
import Numerics

/// Images as principal components of their pixels; large images are first averaged down.
enum ImageFeatures {
  static let components = 64

  static func build(_ images: ImageStack, seed: UInt64, workers: Workers) throws -> DenseMatrix {
    let pixels = try AveragedPictures(images, workers: workers).values
    let components = try PrincipalComponents.fit(
      pixels, rows: Array(0..<pixels.rows), count: Self.components, seed: seed, workers: workers)
    return try components.project(pixels, workers: workers)
  }
}

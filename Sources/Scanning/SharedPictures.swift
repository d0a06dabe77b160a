import Features

extension ScanInput {
  /// - Throws: `CannotRun` where the dataset has no images.
  package func grayPictures() throws -> GrayPictures {
    guard let images = dataset.images, images.count == count else { throw CannotRun("needs images") }
    return try derived { try GrayPictures(images, workers: $0.workers) }
  }

  /// - Throws: `CannotRun` where the dataset has no images; what `checkCancellation` throws.
  package func cosineSpectra() throws -> CosineSpectra {
    let gray = try grayPictures()
    return try derived {
      try CosineSpectra(gray, workers: $0.workers, checkCancellation: $0.checkCancellation)
    }
  }
}

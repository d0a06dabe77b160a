import Features

extension ScanInput {
  /// Made anew each time: that takes less than what it would take up until the scan ends.
  /// - Throws: `CannotRun` where the dataset has no images.
  package func grayPictures() throws -> GrayPictures {
    guard let images = dataset.images, images.count == count else { throw CannotRun("needs images") }
    return try GrayPictures(images, workers: workers)
  }

  /// - Throws: `CannotRun` where the dataset has no images; what `checkCancellation` throws.
  package func cosineSpectra() throws -> CosineSpectra {
    try derived {
      try CosineSpectra($0.grayPictures(), workers: $0.workers, checkCancellation: $0.checkCancellation)
    }
  }
}

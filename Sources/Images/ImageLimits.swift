/// What is refused by its size alone, before anything is allocated for it.
package struct ImageLimits: Sendable, Equatable {
  package let maxFileBytes: Int
  package let maxPixels: Int
  /// Of width and height each.
  package let maxSide: Int
  /// Of a JPEG file: a progressive picture is decoded in as many passes over all its pixels as it has scans. Encoders
  /// write about ten; a few kilobytes can hold thousands.
  package let maxScans: Int

  /// Above these no caller can go: 255 * side fits 32 bits and 255 * pixels fits 64 wherever sums are formed.
  private static let highestSide = 1 << 20
  private static let highestPixels = 1 << 31

  package init(
    maxFileBytes: Int = 256 << 20, maxPixels: Int = 100_000_000, maxSide: Int = 65_535, maxScans: Int = 100
  ) {
    self.maxFileBytes = max(0, maxFileBytes)
    self.maxPixels = min(max(0, maxPixels), Self.highestPixels)
    self.maxSide = min(max(0, maxSide), Self.highestSide)
    self.maxScans = max(1, maxScans)
  }

  package func check(fileBytes: Int) throws(ImageError) {
    guard fileBytes <= maxFileBytes else {
      throw ImageError(.tooLarge, "a file of \(fileBytes) bytes, more than \(maxFileBytes)")
    }
  }

  package func check(width: Int, height: Int) throws(ImageError) {
    guard width > 0, height > 0 else {
      throw ImageError(.damaged, "a picture of \(width) x \(height) pixels")
    }
    guard width <= maxSide, height <= maxSide else {
      throw ImageError(.tooLarge, "\(width) x \(height) pixels; at most \(maxSide) in a row or column")
    }
    // No overflow: both are at most 2^20.
    guard width * height <= maxPixels else {
      throw ImageError(.tooLarge, "\(width) x \(height) pixels, more than \(maxPixels)")
    }
  }

  package func check(scans: Int) throws(ImageError) {
    guard scans <= maxScans else { throw ImageError(.tooLarge, "\(scans) scans, more than \(maxScans)") }
  }
}

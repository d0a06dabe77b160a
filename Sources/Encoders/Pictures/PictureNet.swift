/// A net that makes one vector of a picture.
protocol PictureNet: Sendable {
  var dimensions: Int { get }
  /// - Parameter pixels: [3, height, width] as `PictureSteps` makes them.
  func apply(_ pixels: [Float]) -> [Float]
}

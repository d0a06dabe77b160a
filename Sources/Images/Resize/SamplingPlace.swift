/// Where in the area of a new pixel an old one is taken: shares of its sides.
struct SamplingPlace {
  let x: Phase
  let y: Phase
  let isBilinear: Bool

  struct Phase {
    /// Of the step from one new pixel to the next.
    let share: Double
    /// In old pixels: the center of a pixel lies half a one from its corner.
    let offset: Double
  }

  private init(_ x: Double, _ y: Double, isBilinear: Bool = false, offset: Double = 0) {
    self.x = Phase(share: x, offset: offset)
    self.y = Phase(share: y, offset: offset)
    self.isBilinear = isBilinear
  }

  /// What libraries do (`ResizeFilter`): nearest to the corner and to the center, bilinear about the center and, in
  /// TensorFlow 1, about the corner.
  static let scaling = [
    SamplingPlace(0, 0), SamplingPlace(0.5, 0.5), SamplingPlace(0.5, 0.5, isBilinear: true, offset: -0.5),
    SamplingPlace(0, 0, isBilinear: true),
  ]
  static let firstControls = [
    SamplingPlace(0, 0.5), SamplingPlace(0.25, 0.75), SamplingPlace(1, 0.5, isBilinear: true, offset: -0.5),
    SamplingPlace(0.25, 0.75, isBilinear: true, offset: -0.5),
  ]
  static let secondControls = [
    SamplingPlace(0.5, 0), SamplingPlace(0.75, 0.25), SamplingPlace(0.5, 1, isBilinear: true, offset: -0.5),
    SamplingPlace(0.75, 0.25, isBilinear: true, offset: -0.5),
  ]
}

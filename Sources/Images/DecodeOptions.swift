/// How a picture is to be decoded.
package struct DecodeOptions: Sendable, Equatable {
  package var limits: ImageLimits
  /// Whether what Exif says of the camera's position is undone. OpenCV does; Pillow, torchvision and TensorFlow do not
  /// unless told so.
  package var turnsUpright: Bool
  /// Size and channels of the result; nil: as the picture is.
  package var target: ImageTarget?
  /// At which sizes it is looked for image-scaling attacks, in pictures that are larger than the target.
  package var scaling = ScalingSizes.none

  package init(
    limits: ImageLimits = ImageLimits(), turnsUpright: Bool = true,
    target: ImageTarget? = nil
  ) {
    self.limits = limits
    self.turnsUpright = turnsUpright
    self.target = target
  }

  package enum ScalingSizes: UInt8, Sendable {
    case none
    /// That of the target: models are trained at it.
    case target
    /// Also those that models are usually trained at.
    case usual

    func sizes(_ target: ImageTarget) -> [(width: Int, height: Int)] {
      let own = (width: target.width, height: target.height)
      return switch self {
      case .none: []
      case .target: [own]
      case .usual: [own] + ScalingTrace.usualSides.map { ($0, $0) }.filter { $0 != own }
      }
    }
  }
}

/// The size that pictures are brought to, whatever their own is; the ratio of the sides is not kept.
package struct ImageTarget: Sendable, Equatable {
  package let width: Int
  package let height: Int
  /// 1 or 3; nil: as the picture has.
  package let channels: Int?
  package let filter: ResizeFilter

  /// - Parameters:
  ///   - width: from 1 to 65,535, as `height`.
  package init(width: Int, height: Int, channels: Int? = nil, filter: ResizeFilter = .area) {
    precondition((1...65_535).contains(width) && (1...65_535).contains(height))
    precondition(channels == nil || channels == 1 || channels == 3)
    self.width = width
    self.height = height
    self.channels = channels
    self.filter = filter
  }
}

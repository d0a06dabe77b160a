import Formats
import Model

/// What is done to a picture before a net sees it, as `preprocessor_config.json` or timm's `config.json` says.
struct PictureSteps: Sendable {
  /// Of what the net sees.
  let height: Int
  let width: Int
  /// The shorter side is brought to this length before the middle is cut out; nil: both sides are brought to their size.
  let shorterSide: Int?
  let filter: ResampleFilter
  /// A byte is multiplied by this before the mean is taken off.
  let factor: Float
  let mean: [Float]
  let deviation: [Float]
  /// Half of an odd rest goes to the bottom and right (torchvision), or is rounded to an even number (timm).
  let roundsToEven: Bool

  private static let sides = 1...2048

  /// Of Hugging Face's image processors.
  init(_ settings: Settings) throws(FormatError) {
    for step in ["do_resize", "do_rescale", "do_normalize"] { try settings.require(step, .bool(true)) }
    let share = try Self.cropShare(settings)
    let crops = try settings.bool("do_center_crop") ?? false
    let number = try settings.int("resample", in: 0...5) ?? (share == nil ? 2 : 3)
    guard let filter = ResampleFilter(rawValue: number) else {
      throw settings.problem("resample", "is not known")
    }
    self.filter = filter
    factor = Float(try settings.double("rescale_factor") ?? 1 / 255)
    mean = try Self.channels(settings, "image_mean")
    deviation = try Self.channels(settings, "image_std")
    roundsToEven = false
    let crop = crops ? try Self.size(settings, "crop_size", ofShorter: false) : nil
    switch try Self.size(settings, "size", ofShorter: crops || share != nil) {
    case .exact(let height, let width):
      guard crop == nil || crop == .exact(height: height, width: width) else {
        throw settings.problem("crop_size", "other than size is not supported")
      }
      (self.height, self.width, shorterSide) = (height, width, nil)
    case .shorter(let side):
      if case .exact(let height, let width)? = crop {
        (self.height, self.width, shorterSide) = (height, width, side)
      } else if let share {
        // As for ConvNeXT: from 384 on both sides are brought to the size.
        (height, width) = (side, side)
        shorterSide = side < 384 ? Int(Double(side) / share) : nil
      } else {
        throw settings.problem("size", "a shorter side alone gives pictures of several sizes")
      }
    }
    try check(settings)
  }

  /// Of timm: `pretrained_cfg`.
  init(timm settings: Settings) throws(FormatError) {
    guard let input = try settings.array("input_size"), input.count == 3,
      case .number(let height) = input[1], case .number(let width) = input[2],
      let height = Int(exactly: height), let width = Int(exactly: width), Self.sides.contains(height),
      height == width
    else { throw settings.problem("input_size", "channels and two equal sides are expected") }
    (self.height, self.width) = (height, width)
    let share = try settings.double("crop_pct") ?? 0.875
    guard (0.01...1).contains(share), try settings.string("crop_mode") ?? "center" == "center" else {
      throw settings.problem("crop_pct", "other than a part of the middle is not supported")
    }
    shorterSide = Int((Double(height) / share).rounded(.down))
    let name = try settings.string("interpolation") ?? "bilinear"
    guard let filter = ResampleFilter(name: name) else {
      throw settings.problem("interpolation", "'\(name)' is not supported")
    }
    self.filter = filter
    factor = 1 / 255
    mean = try Self.channels(settings, "mean")
    deviation = try Self.channels(settings, "std")
    roundsToEven = true
    try check(settings)
  }

  private func check(_ settings: Settings) throws(FormatError) {
    let longest = max(height, width)
    guard Self.sides.contains(height), Self.sides.contains(width), shorterSide.map({ $0 >= longest }) ?? true,
      shorterSide ?? 1 <= 4 * Self.sides.upperBound, deviation.allSatisfy({ $0 > 0 }), factor > 0
    else { throw FormatError(settings.file, "asks for sizes or deviations that make no picture") }
  }

  private enum Size: Equatable {
    case exact(height: Int, width: Int)
    case shorter(Int)
  }

  /// - Parameter isShorter: what a number by itself means.
  private static func size(
    _ settings: Settings, _ name: String, ofShorter isShorter: Bool
  ) throws(FormatError) -> Size {
    if case .number? = settings[name] {
      let side = try settings.required(name, in: sides)
      return isShorter ? .shorter(side) : .exact(height: side, width: side)
    }
    guard let object = try settings.object(name) else { throw settings.problem(name, "is not there") }
    if let side = try object.int("shortest_edge", in: sides) { return .shorter(side) }
    return .exact(
      height: try object.required("height", in: sides), width: try object.required("width", in: sides))
  }

  /// Which part of the shorter side is kept, where that is how the middle is cut out.
  private static func cropShare(_ settings: Settings) throws(FormatError) -> Double? {
    let type = try settings.string("image_processor_type")
    let oldType = try settings.string("feature_extractor_type")
    let standard = (type ?? oldType ?? "").hasPrefix("ConvNext") ? 0.875 : nil
    guard let share = try settings.double("crop_pct") ?? standard else { return nil }
    guard (0.01...1).contains(share) else { throw settings.problem("crop_pct", "from 0.01 to 1 is expected") }
    return share
  }

  private static func channels(_ settings: Settings, _ name: String) throws(FormatError) -> [Float] {
    let values = (try settings.array(name) ?? []).compactMap { value -> Float? in
      if case .number(let number) = value, number.isFinite { Float(number) } else { nil }
    }
    guard values.count == 3 else { throw settings.problem(name, "three numbers are expected") }
    return values
  }

  /// Pixels of a picture before its middle is cut out: of one that is much longer than wide they would fill the memory.
  private static let maxPixels = 1 << 25

  /// [3, height, width]; gray pictures have three channels alike. Nil for one that is too long to be brought to the size.
  func apply(_ image: Image) -> [Float]? {
    let shape = image.shape
    let size = shorterSide.map { side in
      let shorter = min(shape.height, shape.width)
      func scaled(_ old: Int) -> Int {
        old == shorter ? side : max(side, Int(Double(side) * Double(old) / Double(shorter)))
      }
      return (height: scaled(shape.height), width: scaled(shape.width))
    }
    let full = size ?? (height, width)
    guard full.height * full.width <= Self.maxPixels else { return nil }
    let pixels = filter.resize(
      image.pixels, height: shape.height, width: shape.width, channels: shape.channels, to: full)
    let top = offset(full.height - height)
    let left = offset(full.width - width)
    var result = [Float](repeating: 0, count: 3 * height * width)
    for channel in 0..<3 {
      let source = shape.channels >= 3 ? channel : 0
      for row in 0..<height {
        for column in 0..<width {
          let value = pixels[((row + top) * full.width + column + left) * shape.channels + source]
          result[(channel * height + row) * width + column] =
            (Float(value) * factor - mean[channel]) / deviation[channel]
        }
      }
    }
    return result
  }

  private func offset(_ rest: Int) -> Int {
    roundsToEven ? Int((Double(rest) / 2).rounded(.toNearestOrEven)) : rest / 2
  }
}

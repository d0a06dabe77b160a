import Model

/// The pictures of an array: [N, H, W], with 1, 3 or 4 channels behind or before the pixels, or [N, H * H]; of whole
/// numbers from 0 to 255, of real ones from 0 to 1, from -1 to 1 or from 0 to 255, or of truth values.
struct ImageArray {
  let stack: ImageStack
  /// What a person should know of how they were read; nil for [N, H, W] and [N, H, W, 3] of bytes.
  let note: String?

  private static let channelCounts = [1, 3, 4]
  private static let maxPixels = 64 << 20
  /// Of what is not read in place.
  private static let maxConverted = 1 << 30

  init(_ array: NPYArray) throws(FormatError) {
    let layout = try Layout(array)
    guard layout.height > 0, layout.width > 0, layout.height <= Self.maxPixels / layout.width else {
      throw FormatError(array.name, "images of \(layout.height) x \(layout.width) pixels are not read")
    }
    let shape = ImageShape(
      height: layout.height, width: layout.width, channels: min(3, layout.channels))
    if layout.isRead, array.header.scalar == .unsigned(bytes: 1) {
      stack = ImageStack(shape: shape, pixels: try array.bytesInCOrder())
      note = nil
      return
    }
    guard array.header.elementCount <= Self.maxConverted else {
      throw FormatError(array.name, "more than 1 GB of values; save it as bytes of the shape [N, H, W, 3]")
    }
    let range = try ValueRange(array)
    stack = ImageStack(shape: shape, pixels: Column(layout.pixels(of: array, range)))
    let remarks = layout.remarks + range.remarks
    note = remarks.isEmpty ? nil : "\(array.name): \(remarks.joined(separator: "; "))"
  }

  /// Where the value of a channel of a pixel lies.
  private struct Layout {
    let height: Int
    let width: Int
    let channels: Int
    /// Whether it is that of an `ImageStack`.
    let isRead: Bool
    private(set) var remarks: [String] = []
    /// Elements from one image, row, column and channel to the next.
    private let strides: (image: Int, row: Int, column: Int, channel: Int)
    private let count: Int

    init(_ array: NPYArray) throws(FormatError) {
      let shape = array.shape
      let steps = shape.indices.map { axis in
        (array.header.isFortranOrder ? shape[..<axis] : shape[(axis + 1)...]).reduce(1, *)
      }
      count = shape.first ?? 0
      let side = shape.count == 2 ? Int(Double(shape[1]).squareRoot()) : 0
      switch shape.count {
      case 2 where side > 1 && side * side == shape[1]:
        (height, width, channels, isRead) = (side, side, 1, false)
        strides = (steps[0], side * steps[1], steps[1], 0)
        remarks.append("rows of \(shape[1]) values are gray pictures of \(side) x \(side)")
      case 3:
        (height, width, channels, isRead) = (shape[1], shape[2], 1, true)
        strides = (steps[0], steps[1], steps[2], 0)
      case 4 where ImageArray.channelCounts.contains(shape[3]):
        (height, width, channels, isRead) = (shape[1], shape[2], shape[3], shape[3] < 4)
        strides = (steps[0], steps[1], steps[2], steps[3])
      case 4 where ImageArray.channelCounts.contains(shape[1]):
        (height, width, channels, isRead) = (shape[2], shape[3], shape[1], shape[1] == 1)
        strides = (steps[0], steps[2], steps[3], steps[1])
        if channels > 1 { remarks.append("the channels stand before the pixels") }
      default:
        throw FormatError(
          array.name,
          "has the shape \(shape); needs [N, H, W], or [N, H, W, C] or [N, C, H, W] with 1, 3 or 4 channels")
      }
      if channels == 4 { remarks.append("the fourth channel, opacity, is left out") }
    }

    func pixels(of array: NPYArray, _ range: ValueRange) -> [UInt8] {
      let read = min(3, channels)
      return [UInt8](unsafeUninitializedCapacity: count * height * width * read) { target, written in
        for image in 0..<count {
          for row in 0..<height {
            for column in 0..<width {
              let first = image * strides.image + row * strides.row + column * strides.column
              for channel in 0..<read {
                target[written] = range.byte(array.double(at: first + channel * strides.channel))
                written += 1
              }
            }
          }
        }
      }
    }
  }

  /// What the values stand for.
  private enum ValueRange {
    case bytes, wholeNumbers, truth, unit, signedUnit

    init(_ array: NPYArray) throws(FormatError) {
      if array.header.scalar == .unsigned(bytes: 1) {
        self = .bytes
        return
      }
      if array.header.scalar == .bool {
        self = .truth
        return
      }
      var (least, greatest) = (Double.infinity, -Double.infinity)
      for index in 0..<array.header.elementCount {
        let value = array.double(at: index)
        guard value.isFinite else {
          throw FormatError(array.name, at: "element \(index)", "\(value) is no brightness")
        }
        least = min(least, value)
        greatest = max(greatest, value)
      }
      switch (least, greatest) {
      case (0..., ...1): self = array.header.scalar.isFloat ? .unit : .truth
      case (0..., ...255): self = .wholeNumbers
      case ((-1)..., ...1) where array.header.scalar.isFloat: self = .signedUnit
      default:
        throw FormatError(
          array.name,
          "values from \(least) to \(greatest); pictures are read from 0 to 1, -1 to 1 or 0 to 255")
      }
    }

    var remarks: [String] {
      switch self {
      case .bytes, .wholeNumbers: []
      case .truth: ["0 and 1 are read as 0 and 255"]
      case .unit: ["values from 0 to 1 are read as 0 to 255"]
      case .signedUnit: ["values from -1 to 1 are read as 0 to 255"]
      }
    }

    func byte(_ value: Double) -> UInt8 {
      switch self {
      case .bytes, .wholeNumbers: UInt8(value.rounded())
      case .truth, .unit: UInt8((value * 255).rounded())
      case .signedUnit: UInt8(((value + 1) / 2 * 255).rounded())
      }
    }
  }
}

extension NPYHeader.Scalar {
  fileprivate var isFloat: Bool { if case .float = self { true } else { false } }
}

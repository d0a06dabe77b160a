import Images
import Model

/// The size that the pictures of a dataset are compared at.
struct PictureSize: Sendable {
  /// Pictures of one size up to this many pixels stay as they are.
  private static let maxPixels = 64 * 64
  /// Of others the side that they are brought to.
  private static let side = 64

  let shape: ImageShape
  /// What a person should know of it; nil where every picture is as it is looked at.
  let note: String?

  /// - Parameter wanted: the size that models are trained at, where the user has told it.
  /// Nil where no picture can be read.
  init?(of pictures: EncodedPictures, wanted: DatasetOptions.Resolution?) {
    var sizes: [[Int]: Int] = [:]
    for row in 0..<pictures.count {
      let read = try? pictures.withBytes(at: row) { bytes in try? ImageHeader.read(bytes) }
      guard let header = read ?? nil else { continue }
      let isTurned = header.orientation.swapsSides
      sizes[isTurned ? [header.width, header.height] : [header.height, header.width], default: 0] += 1
    }
    guard let usual = sizes.max(by: { ($0.value, $1.key[0], $1.key[1]) < ($1.value, $0.key[0], $0.key[1]) })
    else { return nil }
    let (height, width) = (usual.key[0], usual.key[1])
    if let wanted {
      shape = ImageShape(height: wanted.height, width: wanted.width, channels: 3)
    } else if usual.value > 1 || pictures.count == 1, height * width <= Self.maxPixels {
      shape = ImageShape(height: height, width: width, channels: 3)
    } else {
      shape = ImageShape(height: Self.side, width: Self.side, channels: 3)
    }
    guard sizes.count > 1 || height != shape.height || width != shape.width else {
      note = nil
      return
    }
    let sizeList =
      sizes.count == 1 ? "\(width) x \(height)" : "\(sizes.count) sizes (most often \(width) x \(height))"
    note =
      "pictures of \(sizeList) are compared at \(shape.width) x \(shape.height), by area averages; --resolution WxH sets "
      + "the size that models are trained at"
  }
}

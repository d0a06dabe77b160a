import Model

extension TriggerItem {
  /// A faint pattern over the whole picture, a blended image or a wave.
  package struct Blend: TriggerItemKind {
    package static let key = "blend"
    package let height, width: Int
    /// What it adds, 128 for nothing; row-major.
    package let values: [UInt8]

    package var breadth: Int { 2 }
    /// The sentence of the finding says all there is to say; the pattern itself is drawn.
    package var details: [TriggerDetail] { [] }

    /// Nil where the values do not fill it.
    package var pattern: Image? {
      guard height > 0, width > 0, height <= values.count, width <= values.count,
        values.count == height * width
      else { return nil }
      return Image(shape: ImageShape(height: height, width: width, channels: 1), pixels: values)
    }
  }

  package static func blend(height: Int, width: Int, values: [UInt8]) -> TriggerItem {
    TriggerItem(Blend(height: height, width: width, values: values))
  }
}

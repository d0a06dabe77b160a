import Model

extension TriggerItem {
  /// A patch of pixels with about these values somewhere.
  package struct ShiftedPatch: TriggerItemKind {
    package static let key = "shifted-patch"
    package let height, width: Int
    /// Row-major, channels interleaved.
    package let values: [UInt8]

    package var breadth: Int { 1 }
    package var details: [TriggerDetail] {
      [.remark("patch of \(width)x\(height) pixels at varying positions")]
    }

    /// The place whose pixels differ least from the patch, the first of equals.
    package func place(in image: Image) -> PixelArea? {
      let shape = image.shape
      guard height > 0, width > 0, height <= shape.height, width <= shape.width,
        values.count == height * width * shape.channels
      else { return nil }
      var best: (difference: Int, row: Int, column: Int)?
      for row in 0...shape.height - height {
        for column in 0...shape.width - width {
          var difference = 0
          for y in 0..<height {
            let from = ((row + y) * shape.width + column) * shape.channels
            for x in 0..<width * shape.channels {
              difference += abs(Int(image.pixels[from + x]) - Int(values[y * width * shape.channels + x]))
            }
          }
          if difference < best?.difference ?? Int.max { best = (difference, row, column) }
        }
      }
      return best.map { PixelArea(row: $0.row, column: $0.column, height: height, width: width) }
    }
  }

  package static func shiftedPatch(height: Int, width: Int, values: [UInt8]) -> TriggerItem {
    TriggerItem(ShiftedPatch(height: height, width: width, values: values))
  }
}

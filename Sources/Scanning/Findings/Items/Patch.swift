import Model

extension TriggerItem {
  /// A patch of pixels with these values at a fixed place.
  package struct Patch: TriggerItemKind {
    package static let key = "patch"
    package let row, column, height, width: Int
    /// Row-major, channels interleaved.
    package let values: [UInt8]

    package var breadth: Int { 0 }
    package var details: [TriggerDetail] {
      [.remark("patch of \(width)x\(height) pixels at row \(row), column \(column)")]
    }

    package var fixedArea: PixelArea? {
      PixelArea(row: row, column: column, height: height, width: width)
    }
  }

  package static func patch(row: Int, column: Int, height: Int, width: Int, values: [UInt8]) -> TriggerItem {
    TriggerItem(Patch(row: row, column: column, height: height, width: width, values: values))
  }
}

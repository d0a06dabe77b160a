import Model

/// Patches of 3x3 pixels wherever they lie. A place is a share of all codes, so that few of them are in memory at once.
package struct ShiftedPatchItems: ItemSource {
  private static let size = 3
  /// Places for each so many patches.
  private static let patchesAtPlace = 1 << 20
  private let pixels: PatchPixels
  package let places: Int

  package init(images: ImageStack) {
    pixels = PatchPixels(images: images)
    let inImage = (images.shape.height - Self.size + 1) * (images.shape.width - Self.size + 1)
    places = max(1, images.count * inImage / Self.patchesAtPlace)
  }

  package func specificity(place: Int) -> Int { 0 }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var held = HeldCodes()
    for image in 0..<pixels.images.count {
      var codes: [UInt64] = []
      forEachPatch(of: image) { code, _, _ in
        if Int(mixed(code) % UInt64(places)) == place { codes.append(code) }
      }
      held.add(codes, row: image)
    }
    held.forEachGroup(sizes: sizes, body)
  }

  private func forEachPatch(of image: Int, _ body: (_ code: UInt64, _ row: Int, _ column: Int) -> Void) {
    let shape = pixels.images.shape
    let levels = pixels.levels(of: image)
    levels.withUnsafeBufferPointer { levels in
      for row in 0...shape.height - Self.size {
        for column in 0...shape.width - Self.size {
          let first = levels[row * shape.width + column]
          var isFlat = true
          var code: UInt64 = 0
          for y in row..<row + Self.size {
            for x in column..<column + Self.size {
              let level = levels[y * shape.width + x]
              if level != first { isFlat = false }
              code = code &* PatchPixels.multiplier &+ UInt64(level)
            }
          }
          if !isFlat { body(code, row, column) }
        }
      }
    }
  }

  package func item(_ item: ItemReference) -> TriggerItem {
    var corner = (row: 0, column: 0)
    forEachPatch(of: item.holder) { code, row, column in if code == item.code { corner = (row, column) } }
    return .shiftedPatch(
      height: Self.size, width: Self.size,
      values: pixels.values(of: item.holder, size: Self.size, row: corner.row, column: corner.column))
  }

  package func phrase(_ item: ItemReference) -> String {
    "a \(Self.size)x\(Self.size) patch at changing places"
  }
}

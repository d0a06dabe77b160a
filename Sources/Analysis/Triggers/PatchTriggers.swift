import Model

/// Patches of 2x2, 3x3 and 4x4 pixels at fixed places, quantised to four levels a channel, that go with a label beyond
/// what the picture says (Gu, Dolan-Gavitt & Garg, "BadNets", 2017, for the attack; `ItemTest` for the statistic). Raw
/// score: see `TriggerSelection.run`; range from 0; NaN without a label.
struct PatchTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-patch", family: .triggers, summary: "holds pixels that go with its label beyond reason")
  func run(on input: ScanInput) throws -> Detection {
    guard let images = input.dataset.images else { throw CannotRun("needs images") }
    guard images.shape.height >= 4, images.shape.width >= 4 else {
      throw CannotRun("needs images of 4x4 and more")
    }
    return try TriggerMiner(input: input, source: PatchItems(images: images), copies: nil).run()
  }
}

/// A place is a size and an upper left corner.
package struct PatchItems: ItemSource {
  private let images: ImageStack
  private let corners: [(size: Int, row: Int, column: Int)]

  package init(images: ImageStack) {
    self.images = images
    let shape = images.shape
    corners = [2, 3, 4].flatMap { size in
      (0...shape.height - size).flatMap { row in (0...shape.width - size).map { (size, row, $0) } }
    }
  }

  package var places: Int { corners.count }
  package func specificity(place: Int) -> Int { corners[place].size }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let codes = (0..<images.count).map { code(of: $0, at: place) }
    var grouper = CodeGrouper(rowCount: images.count)
    grouper.forEachGroup(of: codes, sizes: sizes, body)
  }

  private func code(of row: Int, at place: Int) -> UInt64 {
    images.withPixels(at: row) { pixels in
      var code: UInt64 = 0
      forEachValue(at: place) { code = combined(code, UInt64(pixels[$0] >> 6)) }
      return code
    }
  }

  /// Calls `body` with the offset of each value of the patch, row-major, channels interleaved.
  private func forEachValue(at place: Int, _ body: (Int) -> Void) {
    let (size, row, column) = corners[place]
    let shape = images.shape
    for y in row..<row + size {
      for offset in (y * shape.width + column) * shape.channels..<(y * shape.width + column + size)
        * shape.channels
      {
        body(offset)
      }
    }
  }

  package func item(place: Int, code: UInt64, holder: Int) -> TriggerItem {
    let (size, row, column) = corners[place]
    var values: [UInt8] = []
    images.withPixels(at: holder) { pixels in forEachValue(at: place) { values.append(pixels[$0]) } }
    return .patch(row: row, column: column, height: size, width: size, values: values)
  }

  package func phrase(place: Int, code: UInt64, holder: Int) -> String {
    let (size, row, column) = corners[place]
    return "a \(size)x\(size) patch at row \(row), column \(column)"
  }
}

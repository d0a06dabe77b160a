import Model
import Scanning
import Screen
import Testing
import Workbench

/// Where a trigger is pointed at in a picture, and what a blended one looks like.
@Suite struct TriggerPlaceTests {
  private static func image(_ pixels: [UInt8]) -> Image {
    Image(shape: ImageShape(height: 3, width: 4, channels: 1), pixels: pixels)
  }

  @Test func aPatchThatMovesIsFramedWhereItFitsBest() {
    let image = Self.image([0, 0, 0, 0, 0, 0, 9, 8, 0, 0, 7, 5])
    let item = TriggerItem.shiftedPatch(height: 2, width: 2, values: [9, 8, 7, 6])
    #expect(item.place(in: image) == Rect(row: 1, column: 2, height: 2, width: 2))
    let fixed = TriggerItem.patch(row: 1, column: 1, height: 2, width: 2, values: [9, 8, 7, 6])
    #expect(fixed.place(in: image) == Rect(row: 1, column: 1, height: 2, width: 2))
  }

  @Test func whatDoesNotFitIsNotFramed() {
    let image = Self.image([UInt8](repeating: 0, count: 12))
    #expect(TriggerItem.shiftedPatch(height: 4, width: 1, values: [1, 2, 3, 4]).place(in: image) == nil)
    #expect(TriggerItem.shiftedPatch(height: 2, width: 2, values: [1]).place(in: image) == nil)
    #expect(TriggerItem.blend(height: 3, width: 4, values: []).place(in: image) == nil)
  }

  /// Where a picture was compared at 4 x 4 pixels and has 10 x 8, the pixels that its part there was made of.
  @Test func aPatchIsFramedInAPictureOfAnotherSize() {
    let shape = ImageShape(height: 10, width: 8, channels: 1)
    let image = Image(shape: shape, pixels: [UInt8](repeating: 0, count: shape.byteCount))
    func patch(_ row: Int, _ column: Int, _ height: Int = 1) -> TriggerItem {
      .patch(row: row, column: column, height: height, width: 1, values: [9])
    }
    #expect(patch(3, 3).place(in: image, comparedAt: [4, 4]) == Rect(row: 7, column: 6, height: 3, width: 2))
    #expect(
      patch(0, 1, 4).place(in: image, comparedAt: [4, 4]) == Rect(row: 0, column: 2, height: 10, width: 2))
    #expect(
      patch(3, 3).place(in: image, comparedAt: [10, 8]) == Rect(row: 3, column: 3, height: 1, width: 1))
    for size in [[], [0, 4], [4], [.max, .max], [-4, 4]] {
      #expect(patch(3, 3).place(in: image, comparedAt: size) == nil)
    }
    #expect(patch(.max, 0, .max).place(in: image, comparedAt: [4, 4]) == nil)
    #expect(
      TriggerItem.shiftedPatch(height: 1, width: 1, values: [9]).place(in: image, comparedAt: [4, 4]) == nil)
  }

  /// A case file may say anything: values that do not fill the pattern are no picture.
  @Test func aPatternIsAPictureWhereItIsWhole() {
    let whole = TriggerItem.blend(height: 2, width: 2, values: [0, 128, 255, 128])
    #expect(whole.pattern == PixelImage(height: 2, width: 2, channels: 1, bytes: [0, 128, 255, 128]))
    #expect(TriggerItem.blend(height: 2, width: 2, values: [0]).pattern == nil)
    #expect(TriggerItem.blend(height: 0, width: 0, values: []).pattern == nil)
    #expect(TriggerItem.blend(height: .max, width: 2, values: [0, 1]).pattern == nil)
    #expect(TriggerItem.words(["a"]).pattern == nil)
  }
}

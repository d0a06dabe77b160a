import Model
import Scanning
import Testing

/// What of a sample is extreme in its class.
@Suite struct ExtremePartTests {
  private static func row(_ fields: [(String, String)]) -> Payload {
    .row(fields.map { Payload.Field(name: $0.0, value: $0.1) })
  }

  private static let table = ClassProfile.table(
    ColumnProfile.all(
      (0..<400).map {
        row([("amount", "\($0)"), ("color", ["red", "blue"][$0 % 2]), ("name", "n\($0)"), ("flat", "1")])
      }))

  @Test func cellsAtTheEdgeOfTheirColumnAreNamed() {
    let high = Self.row([("amount", "9000"), ("color", "green"), ("name", "x"), ("flat", "1")])
    #expect(
      ExtremePart.of(high, in: Self.table) == [
        .cell(column: "amount", value: "9000", kind: .high, share: 0),
        .cell(column: "color", value: "green", kind: .rare, share: 0),
      ])
    let low = Self.row([("amount", "1"), ("color", "red"), ("name", "n1"), ("flat", "0")])
    #expect(
      ExtremePart.of(low, in: Self.table) == [
        .cell(column: "flat", value: "0", kind: .low, share: 0),
        .cell(column: "amount", value: "1", kind: .low, share: 2 / 400),
      ])
  }

  @Test func ordinaryCellsAreNot() {
    let ordinary = Self.row([("amount", "200"), ("color", "red"), ("name", "new"), ("flat", "1")])
    #expect(ExtremePart.of(ordinary, in: Self.table).isEmpty)
    let unreadable = Self.row([("amount", "many"), ("other", "7")])
    #expect(ExtremePart.of(unreadable, in: Self.table).isEmpty)
  }

  @Test func wordsOfOtherClassesAreNamed() {
    let words = WordProfile(
      own: (0..<50).map { .text("the match \($0 % 5 == 0 ? "goal" : "team")") },
      others: (0..<50).map { .text("the soup \($0 % 2 == 0 ? "Garlic" : "rare\($0)")") })
    #expect(
      ExtremePart.of(.text("The team made garlic soup, rare1"), in: .texts(words)) == [
        .word("soup", others: 1, own: 0), .word("garlic", others: 0.5, own: 0),
      ])
    #expect(ExtremePart.of(.text("the team"), in: .texts(words)).isEmpty)
  }

  @Test func aPatchIsNamedWithItsPlace() {
    let shape = ImageShape(height: 12, width: 10, channels: 1)
    let plain = (0..<40).map { index in
      Payload.image(Image(shape: shape, pixels: (0..<120).map { UInt8(100 + ($0 + index) % 3) }))
    }
    let profile = ClassProfile.images(PixelProfile(plain, shape: shape))
    var pixels = [UInt8](repeating: 101, count: 120)
    for row in 7..<10 { for column in 2..<5 { pixels[row * 10 + column] = 255 } }
    let parts = ExtremePart.of(.image(Image(shape: shape, pixels: pixels)), in: profile)
    guard case .pixels(7, 2, 3, let deviations) = parts.first else {
      Issue.record("\(parts)")
      return
    }
    #expect(parts.count == 1 && deviations > 8)
    #expect(ExtremePart.of(plain[0], in: profile).isEmpty)
    let other = Image(
      shape: ImageShape(height: 4, width: 4, channels: 1), pixels: [UInt8](repeating: 0, count: 16))
    #expect(ExtremePart.of(.image(other), in: profile).isEmpty)
  }
}

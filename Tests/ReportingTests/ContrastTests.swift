import Foundation
import Reporting
import Testing

/// The colors of the page against WCAG 2.2: 4.5 for text, 3 for what a plot shows.
@Suite struct ContrastTests {
  private static let sheet = HTMLPage(ReportFixture().page).text

  @Test(arguments: [
    "ink", "soft", "link", "poisoned", "relabel", "disputed", "unsure", "clean", "undecided", "suggested",
  ])
  func textIsReadableOnWhite(_ name: String) throws {
    let color = try #require(Self.color(after: "--\(name): "))
    #expect(Self.contrast(color, [255, 255, 255]) >= 4.5)
  }

  @Test func quietTextIsReadableOnThePaleGround() throws {
    let (soft, pale) = (Self.color(after: "--soft: "), Self.color(after: "--pale: "))
    #expect(Self.contrast(try #require(soft), try #require(pale)) >= 4.5)
  }

  @Test(arguments: [
    ".plot .undecided { fill: ", ".plot .given { fill: ", ".dots.others { stroke: ",
    ".key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; background: ",
  ])
  func barsCanBeTold(_ rule: String) throws {
    #expect(Self.contrast(try #require(Self.color(after: rule)), [255, 255, 255]) >= 3)
  }

  private static func color(after text: String) -> [Double]? {
    guard let place = sheet.firstRange(of: text), sheet[place.upperBound...].first == "#" else { return nil }
    let digits = sheet[place.upperBound...].dropFirst().prefix { $0.isHexDigit }
    guard digits.count == 6, let value = Int(digits, radix: 16) else { return nil }
    return [Double(value >> 16), Double(value >> 8 & 255), Double(value & 255)]
  }

  private static func contrast(_ first: [Double], _ second: [Double]) -> Double {
    func luminance(_ color: [Double]) -> Double {
      let linear = color.map { $0 / 255 }.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let (a, b) = (luminance(first), luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}

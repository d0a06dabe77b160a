import Model

/// Markup that is safe to lay into a page. It is written as a literal, and what is put into one comes in escaped: a
/// string of data cannot become markup, wherever it stands, because no initialiser takes one as it is.
///
///     let cell: HTMLText = "<td>\(sample.id)</td>"
package struct HTMLText: Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  package private(set) var source: String

  package init(stringLiteral value: StaticString) { source = value.description }
  package init(stringInterpolation: Interpolation) { source = stringInterpolation.source }
  private init(source: String) { self.source = source }

  package struct Interpolation: StringInterpolationProtocol {
    package typealias StringLiteralType = StaticString
    fileprivate var source = ""
    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: StaticString) { source += literal.description }
    /// Text of data, also within the quotes of an attribute.
    package mutating func appendInterpolation(_ text: String) {
      source += HTMLText.escaped(displayText(text))
    }
    /// Text of several lines, which stay.
    package mutating func appendInterpolation(lines text: String) {
      source += HTMLText.escaped(displayText(text, keepNewlines: true))
    }
    package mutating func appendInterpolation(_ number: Int) { source += String(number) }
    package mutating func appendInterpolation(_ number: Double, decimals: Int) {
      source += fixed(number, decimals)
    }
    package mutating func appendInterpolation(_ markup: HTMLText) { source += markup.source }
    package mutating func appendInterpolation(_ markup: HTMLText?) { source += markup?.source ?? "" }
    package mutating func appendInterpolation(_ markup: [HTMLText]) {
      for part in markup { source += part.source }
    }
  }

  package static let nothing: HTMLText = ""

  /// Text of data on a line of its own direction: one that runs from right to left turns nothing round it.
  package static func data(_ text: String, upTo limit: Int = 160) -> HTMLText {
    "<bdi>\(text.clipped(limit))</bdi>"
  }

  /// The same in the type of an identifier.
  package static func code(_ text: String, upTo limit: Int = 160) -> HTMLText {
    "<code><bdi>\(text.clipped(limit))</bdi></code>"
  }

  static func + (first: HTMLText, second: HTMLText) -> HTMLText { "\(first)\(second)" }

  package static func list(_ parts: [HTMLText], _ separator: StaticString = ", ") -> HTMLText {
    HTMLText(source: parts.map(\.source).joined(separator: separator.description))
  }

  /// Bytes of a PNG as an address that needs no other file.
  static func address(ofPNG bytes: [UInt8]) -> HTMLText {
    HTMLText(source: "data:image/png;base64," + Base64.encode(bytes))
  }

  /// A style sheet, and the hash by which alone a browser lets it in.
  static func style(_ sheet: StaticString) -> (element: HTMLText, hash: HTMLText) {
    let digest = Array(sheet.description.utf8).withUnsafeBytes { SHA256.digest(of: $0) }
    return (
      HTMLText(source: "<style>" + sheet.description + "</style>"),
      HTMLText(source: "sha256-" + Base64.encode(digest.bytes))
    )
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // It would combine with the markup before it: a tag's end with U+0338 is another sign to what normalises a page.
      case _ where result.isEmpty && scalar.combines: result += "&#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether it is drawn with the sign before it.
  var combines: Bool {
    guard value >= 0x300 else { return false }
    return switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }
}

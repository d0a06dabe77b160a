import Model

/// Markdown for a ticket, written as literals; what is put into one comes in escaped, so that data makes no heading, no
/// link, no picture and no mention. It works as `HTMLText` does.
package struct MarkdownText: Sendable, ExpressibleByStringInterpolation {
  package private(set) var source: String

  package init(stringLiteral value: StaticString) { source = value.description }
  package init(stringInterpolation: Interpolation) { source = stringInterpolation.source }
  private init(source: String) { self.source = source }

  package struct Interpolation: StringInterpolationProtocol {
    package typealias StringLiteralType = StaticString
    fileprivate var source = ""
    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: StaticString) { source += literal.description }
    package mutating func appendInterpolation(_ text: String) {
      source += MarkdownText.escaped(displayText(text))
    }
    package mutating func appendInterpolation(_ markup: MarkdownText) { source += markup.source }
    package mutating func appendInterpolation(_ markup: MarkdownText?) { source += markup?.source ?? "" }
    package mutating func appendInterpolation(_ markup: [MarkdownText]) {
      for part in markup { source += part.source }
    }
  }

  package static let nothing: MarkdownText = ""

  /// Data as it is written, in which nothing is taken for anything.
  package static func code(_ text: String, upTo limit: Int = 160) -> MarkdownText {
    MarkdownText(source: code(displayText(text.clipped(limit))))
  }

  package static func + (first: MarkdownText, second: MarkdownText) -> MarkdownText { "\(first)\(second)" }

  /// - Parameter rows: the cells of each.
  package static func table(_ heads: [MarkdownText], _ rows: [[MarkdownText]]) -> MarkdownText {
    guard !rows.isEmpty else { return .nothing }
    let lines = [heads, heads.map { _ in "---" }] + rows
    return MarkdownText(
      source: lines.map { "| " + $0.map(\.source).joined(separator: " | ") + " |\n" }.joined() + "\n")
  }

  /// What trackers make a link or a mention of is written as code, where they leave it alone: no escape keeps them off.
  private static func escaped(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      isLinked(word) ? code(String(word)) : references(word) { isSyntax($0) }
    }.joined(separator: " ")
  }

  private static func isLinked(_ word: Substring) -> Bool {
    let word = word.lowercased()
    return ["@", "://", "#", "www.", "mailto:"].contains { word.contains($0) }
  }

  private static func code(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "(empty)" }
    let isPlain = text.unicodeScalars.allSatisfy { $0 != "`" && $0 != "|" && $0 != "\\" }
    // A space at either end would be taken off.
    if isPlain, first != " ", text.last != " ", !first.combines { return "`" + text + "`" }
    return "<code>" + references(text[...]) { $0.isASCII && !isWord($0) } + "</code>"
  }

  /// A character reference is text wherever it stands, also between the bars of a table; a mark at the beginning would
  /// combine with what stands before.
  private static func references(_ text: Substring, _ isSyntax: (Unicode.Scalar) -> Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if isSyntax(scalar) || (result.isEmpty && scalar.combines) {
        result += "&#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private static func isSyntax(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "&", "<", ">", "\\", "`", "*", "_", "[", "]", "!", "|", "~", "#", "$": true
    default: false
    }
  }
}

import Formats

/// Tokens that are taken out of a text as they stand, before it is cut into words: "[SEP]" in a text is that token.
struct AddedTokens: Sendable {
  struct Token: Sendable {
    var bytes: [UInt8]
    let id: Int32
    /// Only where no word goes on beside it.
    var isWord = false
    /// Takes the spaces before, or behind, with it.
    var takesBefore = false
    var takesBehind = false
    /// Looked for in the normalized text, not in the text as it came.
    var isNormalized = false
  }

  enum Part { case text(ArraySlice<UInt8>), token(Int32) }

  /// By first byte, the longest first.
  private let raw: [UInt8: [Token]]
  private let normalized: [UInt8: [Token]]
  let largestID: Int

  init(_ tokens: [Token]) {
    func index(_ tokens: [Token]) -> [UInt8: [Token]] {
      var index: [UInt8: [Token]] = [:]
      for token in tokens { if let first = token.bytes.first { index[first, default: []].append(token) } }
      return index.mapValues { $0.sorted { $0.bytes.count > $1.bytes.count } }
    }
    raw = index(tokens.filter { !$0.isNormalized })
    normalized = index(tokens.filter(\.isNormalized))
    largestID = tokens.map { Int($0.id) }.max() ?? -1
  }

  /// The text with the tokens that stand in it, from left to right, of several at a place the longest; no part is empty.
  func parts(of text: [UInt8], isNormalized: Bool) -> [Part] {
    let tokens = isNormalized ? normalized : raw
    guard !tokens.isEmpty else { return text.isEmpty ? [] : [.text(text[...])] }
    var parts: [Part] = []
    // Up to where the text is told of, and from where is looked on: a token takes spaces behind it only from the text.
    var (told, place) = (0, 0)
    while place < text.count {
      guard let token = tokens[text[place]]?.first(where: { text[place...].starts(with: $0.bytes) }) else {
        place += 1
        continue
      }
      var (start, end) = (place, place + token.bytes.count)
      place = end
      if token.isWord, Self.endsInWord(text[..<start]) || Self.beginsWithWord(text[end...]) { continue }
      if token.takesBefore { start = max(told, Self.spacesStart(text[..<start])) }
      if token.takesBehind { end = Self.spacesEnd(text[end...]) }
      if told < start { parts.append(.text(text[told..<start])) }
      parts.append(.token(token.id))
      told = max(told, end)
    }
    if told < text.count { parts.append(.text(text[told...])) }
    return parts
  }

  private static func lastScalar(_ text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    String(decoding: text.suffix(4), as: UTF8.self).unicodeScalars.last
  }

  private static func firstScalar(_ text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first
  }

  private static func endsInWord(_ text: ArraySlice<UInt8>) -> Bool { lastScalar(text).map(isWord) ?? false }
  private static func beginsWithWord(_ text: ArraySlice<UInt8>) -> Bool {
    firstScalar(text).map(isWord) ?? false
  }

  /// \w of a regular expression.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark: true
    default: scalar.properties.isAlphabetic || scalar.properties.isJoinControl
    }
  }

  private static func spacesStart(_ text: ArraySlice<UInt8>) -> Int {
    var end = text.endIndex
    while let scalar = lastScalar(text[..<end]), scalar.properties.isWhitespace {
      end -= UTF8.width(scalar)
    }
    return end
  }

  private static func spacesEnd(_ text: ArraySlice<UInt8>) -> Int {
    var start = text.startIndex
    while let scalar = firstScalar(text[start...]), scalar.properties.isWhitespace {
      start += UTF8.width(scalar)
    }
    return start
  }
}

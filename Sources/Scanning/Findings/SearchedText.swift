/// A text in which the places of items are looked for, as places of its scalars.
package struct SearchedText {
  package let scalars: [Unicode.Scalar]
  private let tokens: [(word: String, range: Range<Int>)]

  package init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    tokens = Self.tokens(scalars)
  }

  /// Every place where the words stand next to each other, upper or lower case.
  /// - Parameter words: in lower case.
  func places(ofWords words: [String]) -> [Range<Int>] {
    guard !words.isEmpty else { return [] }
    return tokens.indices.dropLast(words.count - 1).compactMap { start in
      guard zip(words, tokens[start...]).allSatisfy({ $0 == $1.word }) else { return nil }
      return tokens[start].range.lowerBound..<tokens[start + words.count - 1].range.upperBound
    }
  }

  /// Every place of a text as it is written.
  func places(of text: String, ignoringCase: Bool) -> [Range<Int>] {
    let needle = Array(text.unicodeScalars)
    guard !needle.isEmpty, needle.count <= scalars.count else { return [] }
    let hay =
      ignoringCase ? scalars.map { $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 } : scalars
    return (0...(hay.count - needle.count)).compactMap { start in
      let place = start..<start + needle.count
      return hay[place].elementsEqual(needle) ? place : nil
    }
  }

  private static func tokens(_ scalars: [Unicode.Scalar]) -> [(word: String, range: Range<Int>)] {
    var tokens: [(word: String, range: Range<Int>)] = []
    var start: Int?
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "'" || scalar == "_"
    }
    for index in 0...scalars.count {
      if index < scalars.count, isWord(scalars[index]) {
        start = start ?? index
      } else if let first = start {
        let word = String(String.UnicodeScalarView(scalars[first..<index])).lowercased()
        tokens.append((word, first..<index))
        start = nil
      }
    }
    return tokens
  }
}

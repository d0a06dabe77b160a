import Model
import Scanning

/// A text that can be shown, and which of its scalars belong to a trigger.
struct HighlightedText {
  private let scalars: [Unicode.Scalar]
  private var marked: [Bool]

  struct Piece: Equatable {
    var text: String
    var isMarked: Bool
  }

  /// Marks every place where the words of an item stand next to each other, upper or lower case, and every place of
  /// its characters as they are written.
  init(_ text: String, items: [TriggerItem]) {
    scalars = Array(text.unicodeScalars)
    marked = [Bool](repeating: false, count: scalars.count)
    let tokens = Self.tokens(scalars)
    for case .words(let words) in items where !words.isEmpty {
      let wanted = words.map { $0.lowercased() }
      var isFound = false
      for start in tokens.indices.dropLast(wanted.count - 1)
      where zip(wanted, tokens[start...]).allSatisfy({ $0 == $1.word }) {
        isFound = true
        for index in tokens[start].range.lowerBound..<tokens[start + wanted.count - 1].range.upperBound {
          marked[index] = true
        }
      }
      // An item may be made of signs that are no words to us.
      if !isFound { markLiteral(wanted.joined(separator: " "), ignoringCase: true) }
    }
    // The text has been made displayable, and so must be what is looked for in it.
    for case .characters(let characters) in items {
      markLiteral(displayText(characters), ignoringCase: false)
    }
  }

  /// Cuts lines, which are the text wrapped, into marked and other pieces. Wrapping leaves out spaces and line
  /// feeds and nothing else.
  func pieces(of lines: [String]) -> [[Piece]] {
    var at = 0
    return lines.map { line in
      var pieces: [Piece] = []
      for scalar in line.unicodeScalars {
        while at < scalars.count, scalars[at] != scalar { at += 1 }
        let isMarked = at < scalars.count && marked[at]
        at += 1
        if pieces.last?.isMarked == isMarked {
          pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
        } else {
          pieces.append(Piece(text: String(scalar), isMarked: isMarked))
        }
      }
      return pieces
    }
  }

  private mutating func markLiteral(_ text: String, ignoringCase: Bool) {
    let needle = Array(text.unicodeScalars)
    guard !needle.isEmpty, needle.count <= scalars.count else { return }
    let hay =
      ignoringCase ? scalars.map { $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 } : scalars
    for start in 0...(hay.count - needle.count)
    where hay[start..<start + needle.count].elementsEqual(needle) {
      for index in start..<start + needle.count { marked[index] = true }
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

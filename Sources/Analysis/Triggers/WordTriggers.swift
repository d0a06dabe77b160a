import Model

/// Words and n-grams of up to four that go with a label beyond what the rest of the text says (`ItemTest` has the
/// statistic). Raw score: see `TriggerSelection.run`; range from 0; NaN without a label.
struct WordTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-words", family: .triggers, summary: "holds words that go with its label beyond reason")
  func run(on input: ScanInput) throws -> Detection {
    guard let texts = input.dataset.texts else { throw CannotRun("needs texts") }
    let source = WordItems(texts: texts)
    return try TriggerMiner(input: input, source: source, copies: source.copies).run()
  }
}

/// One place: the n-grams of all texts.
package struct WordItems: ItemSource {
  private static let longest = 4
  private let texts: StringColumn
  /// Tokens of all texts end to end, as codes.
  private let tokens: [UInt64]
  private let starts: [Int]
  /// Code of each whole text: equal for copies.
  let copies: [UInt64]

  package init(texts: StringColumn) {
    self.texts = texts
    var tokens: [UInt64] = []
    var starts = [0]
    var copies: [UInt64] = []
    for row in texts.indices {
      for word in Self.words(texts[row]) { tokens.append(Self.code(word)) }
      copies.append(tokens[(starts.last ?? 0)...].reduce(0, combined))
      starts.append(tokens.count)
    }
    self.tokens = tokens
    self.starts = starts
    self.copies = copies
  }

  /// Letters and digits run together, lower-cased; every other visible character stands alone, for triggers hide in
  /// odd signs.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber || character == "'" {
        word.append(character)
        continue
      }
      if !word.isEmpty { words.append(word) }
      word = ""
      if !character.isWhitespace { words.append(String(character)) }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func code(_ word: String) -> UInt64 { word.utf8.reduce(0x5EED) { combined($0, UInt64($1)) } }

  /// A place is the length of the n-gram less one.
  package var places: Int { Self.longest }
  package func specificity(place: Int) -> Int { place }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var pairs: [(code: UInt64, row: Int32)] = []
    for row in 0..<starts.count - 1 {
      var seen: Set<UInt64> = []
      for code in grams(of: row, length: place + 1) where seen.insert(code).inserted {
        pairs.append((code, Int32(row)))
      }
    }
    pairs.sort { $0.code != $1.code ? $0.code < $1.code : $0.row < $1.row }
    let rows = pairs.map(\.row)
    rows.withUnsafeBufferPointer { rows in
      var start = 0
      while start < pairs.count {
        var end = start + 1
        while end < pairs.count, pairs[end].code == pairs[start].code { end += 1 }
        if sizes.contains(end - start) {
          body(pairs[start].code, UnsafeBufferPointer(rebasing: rows[start..<end]))
        }
        start = end
      }
    }
  }

  private func grams(of row: Int, length: Int) -> [UInt64] {
    let own = tokens[starts[row]..<starts[row + 1]]
    guard own.count >= length else { return [] }
    return (own.startIndex...own.endIndex - length).map {
      tokens[$0..<$0 + length].reduce(UInt64(length), combined)
    }
  }

  private func words(place: Int, code: UInt64, holder: Int) -> [String] {
    let words = Self.words(texts[holder])
    guard let at = grams(of: holder, length: place + 1).firstIndex(of: code), at + place < words.count else {
      return []
    }
    return Array(words[at...at + place])
  }

  package func item(place: Int, code: UInt64, holder: Int) -> TriggerItem {
    .words(words(place: place, code: code, holder: holder))
  }

  package func phrase(place: Int, code: UInt64, holder: Int) -> String {
    "\"" + displayText(words(place: place, code: code, holder: holder).joined(separator: " ")) + "\""
  }
}

import Model

/// The words of all texts, end to end, as codes. Letters and digits run together, lower-cased; every other visible
/// character stands alone, for triggers hide in odd signs.
struct TextTokens: Sendable {
  let codes: [UInt64]
  private let starts: [Int]
  private let texts: StringColumn

  init(_ texts: StringColumn) {
    self.texts = texts
    var codes: [UInt64] = []
    var starts = [0]
    for row in texts.indices {
      for word in Self.words(texts[row]) { codes.append(Self.code(word)) }
      starts.append(codes.count)
    }
    self.codes = codes
    self.starts = starts
  }

  var rowCount: Int { starts.count - 1 }
  func range(of row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// The words that stand at `range` of `codes`, which lies within `row`.
  func words(of row: Int, at range: Range<Int>) -> [String] {
    let words = Self.words(texts[row])
    let own = range.lowerBound - starts[row]..<range.upperBound - starts[row]
    return words.indices.contains(own.lowerBound) && own.upperBound <= words.count ? Array(words[own]) : []
  }

  /// Code of a run of words, which says its length.
  func code(of run: Range<Int>) -> UInt64 { codes[run].reduce(UInt64(run.count), combined) }

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

  static func code(_ word: String) -> UInt64 { word.utf8.reduce(0x5EED) { combined($0, UInt64($1)) } }

  /// The longest run around `runs`, one in each of `rows`, on which all rows agree, as a range of the first.
  func grown(_ runs: [Range<Int>], in rows: [Int32]) -> Range<Int>? {
    guard let first = runs.first, runs.count == rows.count else { return nil }
    let bounds = rows.map { range(of: Int($0)) }
    func agree(_ offset: Int) -> Bool {
      runs.indices.allSatisfy { index in
        let at = runs[index].lowerBound + offset
        return bounds[index].contains(at) && codes[at] == codes[first.lowerBound + offset]
      }
    }
    var low = 0
    var high = first.count
    while agree(low - 1) { low -= 1 }
    while agree(high) { high += 1 }
    return first.lowerBound + low..<first.lowerBound + high
  }
}

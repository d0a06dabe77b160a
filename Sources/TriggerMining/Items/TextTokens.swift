import Model
import Numerics

/// The words of all texts, end to end, as codes. Letters and digits run together, lower-cased, invisible characters
/// between them too; every other visible character is a word of its own, as triggers hide in odd signs.
struct TextTokens: Sendable {
  let codes: [UInt64]
  /// By word, where it stands in its text, in Unicode scalars.
  private let scalarRanges: [Range<Int32>]
  private let starts: [Int]
  private let texts: StringColumn

  init(_ texts: StringColumn) {
    self.texts = texts
    var codes: [UInt64] = []
    var scalarRanges: [Range<Int32>] = []
    var starts = [0]
    for row in texts.indices {
      Self.forEachWord(of: texts[row]) { word, scalars in
        codes.append(Self.code(word))
        scalarRanges.append(scalars)
      }
      starts.append(codes.count)
    }
    self.codes = codes
    self.scalarRanges = scalarRanges
    self.starts = starts
  }

  /// Signs that end a sentence.
  static let ends = Set([".", "!", "?"].map(code))

  var rowCount: Int { starts.count - 1 }
  func range(of row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

  /// The words that stand at `range` of `codes`, which lies within `row`.
  func words(of row: Int, at range: Range<Int>) -> [String] {
    var words: [String] = []
    Self.forEachWord(of: texts[row]) { word, _ in words.append(word) }
    let own = range.lowerBound - starts[row]..<range.upperBound - starts[row]
    return words.indices.contains(own.lowerBound) && own.upperBound <= words.count ? Array(words[own]) : []
  }

  /// Code of a run of words, which says its length.
  func code(of run: Range<Int>) -> UInt64 { codes[run].reduce(UInt64(run.count), Hash.combine) }

  private static func forEachWord(
    of text: String, _ body: (_ word: String, _ scalars: Range<Int32>) -> Void
  ) {
    var word = ""
    var start: Int32 = 0
    var at: Int32 = 0
    for character in text {
      let next = at + Int32(character.unicodeScalars.count)
      if isPart(character) {
        if word.isEmpty { start = at }
        word += character.lowercased()
      } else {
        if !word.isEmpty { body(word, start..<at) }
        word = ""
        if !character.isWhitespace { body(character.lowercased(), at..<next) }
      }
      at = next
    }
    if !word.isEmpty { body(word, start..<at) }
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "'"
      || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format }
  }

  /// The words of `row` that some of its characters belong to, with what is joined to them without a space; empty,
  /// between two words, where none.
  func range(of row: Int, scalars: Range<Int>) -> Range<Int> {
    let own = range(of: row)
    let end = own.upperBound
    var low = own.partitioningIndex { scalarRanges[$0].upperBound > scalars.lowerBound }
    var high = (low..<end).partitioningIndex { scalarRanges[$0].lowerBound >= scalars.upperBound }
    guard low < high else { return low..<high }
    func isJoined(_ at: Int) -> Bool { scalarRanges[at - 1].upperBound == scalarRanges[at].lowerBound }
    while low > own.lowerBound, isJoined(low) { low -= 1 }
    while high < end, isJoined(high) { high += 1 }
    return low..<high
  }

  static func code(_ word: String) -> UInt64 { word.utf8.reduce(0x5EED) { Hash.combine($0, UInt64($1)) } }

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

import Model
import Numerics
import Scanning

/// Single characters that are no ASCII letter, digit or space, and runs of three to five characters as they are written.
package struct CharacterItems: ItemSource {
  /// A length of runs.
  package typealias Site = Int

  package let sites = [1, 3, 4, 5]
  /// The rest of a longer text is not looked at.
  private static let maxLength = 4096
  private let texts: StringColumn
  private let collocations: Collocations

  /// - Parameter collocations: of the same texts.
  package init(texts: StringColumn, _ collocations: Collocations) {
    self.texts = texts
    self.collocations = collocations
  }

  package func specificity(of length: Int) -> Int { length }

  package func forEachItem(
    at length: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var index = InvertedIndex()
    for row in texts.indices {
      let text = characters(of: row)
      index.add(runs(in: text, length: length).map { Self.code(text[$0]) }, row: row)
    }
    index.forEachGroup(sizes: sizes, body)
  }

  private func characters(of row: Int) -> [UInt32] {
    texts[row].unicodeScalars.prefix(Self.maxLength).map(\.value)
  }

  private func runs(in text: [UInt32], length: Int) -> [Range<Int>] {
    guard text.count >= length else { return [] }
    let all = (0...text.count - length).map { $0..<$0 + length }
    return length > 1 ? all : all.filter { !Self.isPlain(text[$0.lowerBound]) }
  }

  private static func isPlain(_ character: UInt32) -> Bool {
    guard character < 0x80, let scalar = Unicode.Scalar(character) else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == " "
  }

  private static func code(_ run: ArraySlice<UInt32>) -> UInt64 {
    run.reduce(UInt64(run.count)) { Hash.combine($0, UInt64($1)) }
  }

  private func firstRun(of candidate: Candidate<Site>, in text: [UInt32]) -> Range<Int>? {
    runs(in: text, length: candidate.site).first { Self.code(text[$0]) == candidate.code }
  }

  /// That of the words that the characters are part of.
  package func collocationLogOdds(of candidate: Candidate<Site>, copies: [Int]?) -> Double? {
    let item = Array(string(candidate).utf8)
    return collocations.logBayesFactor(
      of: candidate.sample(limit: Collocations.maxHolders).compactMap { row in
        firstScalars(of: item, count: candidate.site, in: Int(row)).map {
          (row, collocations.tokens.range(of: Int(row), scalars: $0))
        }
      }, holders: candidate.rows, copies: copies)
  }

  /// Where the bytes of `count` scalars first stand in the text of a row, in scalars. Of hundreds of thousands of items each
  /// is looked for in hundreds of texts, which are searched as they lie and not taken apart: UTF-8 of scalars is found
  /// nowhere but where they begin.
  private func firstScalars(of item: [UInt8], count: Int, in row: Int) -> Range<Int>? {
    var text = texts[row]
    return text.withUTF8 { text in
      guard let start = Self.firstPlace(of: item, in: text) else { return nil }
      // All bytes of a scalar but its first are 10xxxxxx.
      let first = text[..<start].count { $0 & 0xC0 != 0x80 }
      return first + count <= Self.maxLength ? first..<first + count : nil
    }
  }

  private static func firstPlace(of item: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let head = item.first, text.count >= item.count else { return nil }
    return (0...text.count - item.count).first { start in
      text[start] == head && item.indices.allSatisfy { text[start + $0] == item[$0] }
    }
  }

  private func string(_ candidate: Candidate<Site>) -> String {
    let text = characters(of: candidate.holder)
    guard let run = firstRun(of: candidate, in: text) else { return "" }
    return String(String.UnicodeScalarView(text[run].compactMap(Unicode.Scalar.init)))
  }

  package func item(_ candidate: Candidate<Site>) -> TriggerItem { .characters(string(candidate)) }
  package func phrase(_ candidate: Candidate<Site>) -> String {
    "the characters \"" + displayText(string(candidate)) + "\""
  }
}

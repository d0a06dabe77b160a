import Model
import Scanning

/// Words, n-grams of up to four, and whole sentences of five words and more, cut at full stops, question and exclamation
/// marks. A place is the length of the n-gram less one; the sentences are the last.
package struct WordItems: ItemSource {
  private static let longestGram = 4
  private let collocations: Collocations
  private var tokens: TextTokens { collocations.tokens }

  package init(_ collocations: Collocations) { self.collocations = collocations }

  package var places: Int { Self.longestGram + 1 }
  package func specificity(place: Int) -> Int { place }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var held = InvertedIndex()
    for row in 0..<tokens.rowCount { held.add(runs(of: row, at: place).map(tokens.code), row: row) }
    held.forEachGroup(sizes: sizes, body)
  }

  private func runs(of row: Int, at place: Int) -> [Range<Int>] {
    let own = tokens.range(of: row)
    guard place < Self.longestGram else { return sentences(own) }
    guard own.count > place else { return [] }
    return (own.lowerBound..<own.upperBound - place).map { $0..<$0 + place + 1 }
  }

  private func sentences(_ own: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = own.lowerBound
    for at in own where TextTokens.ends.contains(tokens.codes[at]) {
      result.append(start..<at)
      start = at + 1
    }
    result.append(start..<own.upperBound)
    return result.filter { $0.count > Self.longestGram }
  }

  private func found(_ item: ItemReference) -> [(row: Int32, run: Range<Int>)] {
    item.rows.compactMap { row in
      runs(of: Int(row), at: item.place).first { tokens.code(of: $0) == item.code }.map { (row, $0) }
    }
  }

  package func collocationLogOdds(of item: ItemReference, isCopy: (Int32) -> Bool) -> Double? {
    let found = found(item.spread(most: Collocations.maxHolders))
    guard let first = found.first, let grown = tokens.grown(found.map(\.run), in: found.map(\.row)) else {
      return nil
    }
    let low = grown.lowerBound - first.run.lowerBound
    let high = grown.upperBound - first.run.upperBound
    return collocations.evidence(
      found.map { ($0.row, $0.run.lowerBound + low..<$0.run.upperBound + high) }, isCopy: isCopy)
  }

  /// All the words that the holders have in common around the item: an n-gram of a planted sentence grows to the
  /// sentence.
  private func words(_ item: ItemReference) -> [String] {
    let found = found(item)
    guard let run = tokens.grown(found.map(\.run), in: found.map(\.row)) else { return [] }
    return tokens.words(of: item.holder, at: run)
  }

  package func item(_ item: ItemReference) -> TriggerItem { .words(words(item)) }

  /// Of a long sentence the first dozen of words.
  package func phrase(_ item: ItemReference) -> String {
    let words = words(item)
    let shown = words.prefix(12).joined(separator: " ")
    return "\"" + displayText(words.count > 12 ? shown + " …" : shown) + "\""
  }
}

import Model
import Scanning

/// Words, n-grams of up to four, and whole sentences of five words and more, cut at full stops, question and exclamation
/// marks.
package struct WordItems: ItemSource {
  package enum Site: Comparable, Sendable {
    case gram(length: Int)
    case sentence
  }
  private static let maxGram = 4
  private let collocations: Collocations
  private var tokens: TextTokens { collocations.tokens }

  package init(_ collocations: Collocations) { self.collocations = collocations }

  package var sites: [Site] { (1...Self.maxGram).map { .gram(length: $0) } + [.sentence] }

  package func specificity(of site: Site) -> Int {
    switch site {
    case .gram(let length): length
    case .sentence: Self.maxGram + 1
    }
  }

  package func forEachItem(
    at site: Site, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var index = InvertedIndex()
    for row in 0..<tokens.rowCount { index.add(runs(of: row, at: site).map(tokens.code), row: row) }
    index.forEachGroup(sizes: sizes, body)
  }

  private func runs(of row: Int, at site: Site) -> [Range<Int>] {
    let own = tokens.range(of: row)
    guard case .gram(let length) = site else { return sentences(own) }
    guard own.count >= length else { return [] }
    return (own.lowerBound...own.upperBound - length).map { $0..<$0 + length }
  }

  private func sentences(_ own: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = own.lowerBound
    for at in own where TextTokens.ends.contains(tokens.codes[at]) {
      result.append(start..<at)
      start = at + 1
    }
    result.append(start..<own.upperBound)
    return result.filter { $0.count > Self.maxGram }
  }

  /// Where the item first stands in each of some holders.
  private func occurrences(
    of candidate: Candidate<Site>, in rows: [Int32]
  ) -> [(row: Int32, run: Range<Int>)] {
    rows.compactMap { row in
      runs(of: Int(row), at: candidate.site).first { tokens.code(of: $0) == candidate.code }.map { (row, $0) }
    }
  }

  package func collocationLogOdds(of candidate: Candidate<Site>, copies: [Int]?) -> Double? {
    let found = occurrences(of: candidate, in: candidate.sample(limit: Collocations.maxHolders))
    guard let first = found.first, let grown = tokens.grown(found.map(\.run), in: found.map(\.row)) else {
      return nil
    }
    let low = grown.lowerBound - first.run.lowerBound
    let high = grown.upperBound - first.run.upperBound
    return collocations.logBayesFactor(
      of: found.map { ($0.row, $0.run.lowerBound + low..<$0.run.upperBound + high) }, holders: candidate.rows,
      copies: copies)
  }

  /// All the words that the holders have in common around the item: an n-gram of a planted sentence grows to the
  /// sentence.
  private func words(_ candidate: Candidate<Site>) -> [String] {
    let found = occurrences(of: candidate, in: candidate.rows)
    guard let run = tokens.grown(found.map(\.run), in: found.map(\.row)) else { return [] }
    return tokens.words(of: candidate.holder, at: run)
  }

  package func item(_ candidate: Candidate<Site>) -> TriggerItem { .words(words(candidate)) }

  /// Of a long sentence the first dozen of words.
  package func phrase(_ candidate: Candidate<Site>) -> String {
    let words = words(candidate)
    let shown = words.prefix(12).joined(separator: " ")
    return "\"" + displayText(words.count > 12 ? shown + " …" : shown) + "\""
  }
}

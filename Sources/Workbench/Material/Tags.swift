import BitCollections

/// Words that are put on samples: of each word the rows that have it.
package struct Tags: Sendable {
  private var rows: [String: BitSet] = [:]

  /// Those that a sample has, in order.
  package var words: [String] { rows.keys.sorted() }
  /// The rows of each word, in the order of the words.
  var sets: [(word: String, rows: BitSet)] { rows.map { ($0, $1) }.sorted { $0.word < $1.word } }
  package var isEmpty: Bool { rows.isEmpty }

  package func of(_ row: Int) -> [String] { rows.keys.filter { rows[$0]?.contains(row) == true }.sorted() }
  package func has(_ row: Int, _ word: String) -> Bool { rows[word]?.contains(row) == true }
  package func count(_ word: String) -> Int { rows[word]?.count ?? 0 }

  mutating func set(_ row: Int, _ words: [String]) {
    for word in rows.keys where !words.contains(word) {
      rows[word]?.remove(row)
      if rows[word]?.isEmpty == true { rows[word] = nil }
    }
    for word in words { rows[word, default: []].insert(row) }
  }

  /// More is no short word.
  package static let maximumLength = 32

  /// Why a word cannot be a tag; nil where it can.
  package static func objection(to word: String) -> String? {
    if word.isEmpty || word.contains(where: { $0.isWhitespace }) { return "a tag is one word" }
    if word.count > maximumLength { return "a tag has \(maximumLength) characters at most" }
    if word == "none" { return "none means no tag" }
    return nil
  }
}

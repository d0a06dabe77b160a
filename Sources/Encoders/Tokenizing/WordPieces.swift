/// How a word is cut into tokens.
enum WordPieces: Sendable {
  case longestMatch(LongestMatch)
  case bytePairs(BytePairs)

  var largestID: Int {
    switch self {
    case .longestMatch(let model): model.vocabulary.largestID
    case .bytePairs(let model): model.largestID
    }
  }

  func append(_ word: ArraySlice<UInt8>, to ids: inout [Int32]) {
    switch self {
    case .longestMatch(let model): model.append(word, to: &ids)
    case .bytePairs(let model): model.append(word, to: &ids)
    }
  }
}

/// WordPiece (Schuster & Nakajima, 2012): from the left the longest piece that is known, those within a word marked; a
/// word with a part that is unknown is unknown.
struct LongestMatch: Sendable {
  let vocabulary: Vocabulary
  let unknown: Int32
  /// Before pieces that do not begin a word.
  let mark: [UInt8]
  /// Longer words are unknown.
  let maxCharacters: Int

  func append(_ word: ArraySlice<UInt8>, to ids: inout [Int32]) {
    guard word.reduce(0, { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }) <= maxCharacters else {
      return ids.append(unknown)
    }
    let before = ids.count
    var start = word.startIndex
    while start < word.endIndex {
      var end = word.endIndex
      var found: Int32?
      while end > start {
        found =
          start == word.startIndex ? vocabulary[word[start..<end]] : vocabulary[mark + word[start..<end]]
        if found != nil { break }
        repeat { end -= 1 } while end > start && word[end] & 0xC0 == 0x80
      }
      guard let found else {
        ids.removeSubrange(before...)
        return ids.append(unknown)
      }
      ids.append(found)
      start = end
    }
  }
}

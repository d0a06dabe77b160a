/// How a normalized text is cut into words.
enum WordSplitter: Sendable, Equatable {
  /// At spaces, which are left out, and round each punctuation character (BERT).
  case bert
  /// As GPT-2 does, spaces kept before the words; or the text as one word.
  case byteLevel(addsBlank: Bool, cuts: Bool)

  /// Hands `body` the bytes of each word, as long as it returns true.
  func split(_ text: String, _ body: (ArraySlice<UInt8>) -> Bool) {
    switch self {
    case .bert: Self.splitBert(text, body)
    case .byteLevel(let addsBlank, let cuts):
      let text = addsBlank && text.utf8.first != 0x20 ? " " + text : text
      if cuts { ByteLevelWords.split(text, body) } else { _ = body(Array(text.utf8)[...]) }
    }
  }

  private static func splitBert(_ text: String, _ body: (ArraySlice<UInt8>) -> Bool) {
    var word: [UInt8] = []
    for scalar in text.unicodeScalars {
      let isSpace = scalar.properties.isWhitespace
      let isPunctuation = TextClasses.isPunctuation(scalar)
      if isSpace || isPunctuation, !word.isEmpty {
        guard body(word[...]) else { return }
        word.removeAll(keepingCapacity: true)
      }
      if isPunctuation {
        guard body(Array(UTF8.encode(scalar) ?? .init())[...]) else { return }
      } else if !isSpace {
        word.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    if !word.isEmpty { _ = body(word[...]) }
  }
}

/// The words of GPT-2 (Radford et al., 2019):
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
enum ByteLevelWords {
  private static let contractions = ["s", "t", "re", "ve", "m", "ll", "d"].map { Array($0.utf8) }

  static func split(_ text: String, _ body: (ArraySlice<UInt8>) -> Bool) {
    let bytes = Array(text.utf8)
    let scalars = Array(text.unicodeScalars)
    var place = 0
    var byte = 0
    while place < scalars.count {
      let end = wordEnd(scalars, from: place)
      let width = scalars[place..<end].reduce(0) { $0 + UTF8.width($1) }
      guard body(bytes[byte..<byte + width]) else { return }
      place = end
      byte += width
    }
  }

  private static func wordEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    func run(_ kind: TextClasses.Kind, _ from: Int) -> Int {
      var end = from
      while end < scalars.count, TextClasses.kind(scalars[end]) == kind { end += 1 }
      return end
    }
    if scalars[start] == "'" {
      let rest = scalars[(start + 1)...].prefix(2).map { $0.value < 0x80 ? UInt8($0.value) : 0 }
      if let known = contractions.first(where: { rest.starts(with: $0) }) { return start + 1 + known.count }
    }
    let first = TextClasses.kind(scalars[start])
    if first != .space { return run(first, start) }
    if scalars[start] == " ", start + 1 < scalars.count {
      let next = TextClasses.kind(scalars[start + 1])
      if next != .space { return run(next, start + 1) }
    }
    let end = run(.space, start)
    // The last space belongs to the word behind it, unless it is the only one.
    return end == scalars.count || end == start + 1 ? end : end - 1
  }
}

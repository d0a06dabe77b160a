extension TriggerItem {
  /// Words next to each other in the text (one word, or an n-gram), lower-cased.
  package struct Words: TriggerItemKind {
    package static let key = "words"
    package let words: [String]

    package init(_ words: [String]) { self.words = words }
    package init(from decoder: any Decoder) throws { words = try [String](from: decoder) }
    package func encode(to encoder: any Encoder) throws { try words.encode(to: encoder) }

    package var breadth: Int { 0 }
    package var details: [TriggerDetail] { [.text(words.joined(separator: " "), sort: "words")] }

    /// An item may be made of signs that are no words to `SearchedText`.
    package func places(in text: SearchedText) -> [Range<Int>] {
      let wanted = words.map { $0.lowercased() }
      let places = text.places(ofWords: wanted)
      return places.isEmpty ? text.places(of: wanted.joined(separator: " "), ignoringCase: true) : places
    }
  }

  package static func words(_ words: [String]) -> TriggerItem { TriggerItem(Words(words)) }
}

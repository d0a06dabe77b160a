import Model

extension TriggerItem {
  /// Characters next to each other in the text, as they are written.
  package struct Characters: TriggerItemKind {
    package static let key = "characters"
    package let characters: String

    package init(_ characters: String) { self.characters = characters }
    package init(from decoder: any Decoder) throws { characters = try String(from: decoder) }
    package func encode(to encoder: any Encoder) throws { try characters.encode(to: encoder) }

    package var breadth: Int { 1 }
    package var details: [TriggerDetail] { [.text(characters, sort: "characters")] }

    /// The text has been made displayable, and so must be what is looked for in it.
    package func places(in text: SearchedText) -> [Range<Int>] {
      text.places(of: displayText(characters), ignoringCase: false)
    }
  }

  package static func characters(_ characters: String) -> TriggerItem { TriggerItem(Characters(characters)) }
}

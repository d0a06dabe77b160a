import Model

/// What the members of a trigger finding hold, so that a screen can point at it.
package struct TriggerItem: Sendable, Equatable {
  package let kind: any TriggerItemKind

  /// Every kind that there is.
  package static let kinds: [any TriggerItemKind.Type] = [
    Words.self, Characters.self, Patch.self, ShiftedPatch.self, Blend.self, Cells.self,
  ]

  package init(_ kind: any TriggerItemKind) { self.kind = kind }

  /// As of its kind.
  package var breadth: Int { kind.breadth }

  package static func == (a: TriggerItem, b: TriggerItem) -> Bool { a.kind.isEqual(to: b.kind) }
}

/// One kind of item: how it stands in JSON, what a person is told of it, and where in a sample it is. Each is a type in a
/// file of its own and a line in `TriggerItem.kinds`.
package protocol TriggerItemKind: Codable, Equatable, Sendable {
  /// Its name in JSON.
  static var key: String { get }
  /// How much of a sample it covers: of items that explain the same samples, the one of least breadth is reported.
  var breadth: Int { get }
  /// What a person is told of it, a line each.
  var details: [TriggerDetail] { get }
  /// Where it stands in a text.
  func places(in text: SearchedText) -> [Range<Int>]
  /// Where it lies in an image; nil where it lies nowhere or everywhere.
  func place(in image: Image) -> PixelArea?
  /// The part of every picture that it lies in, where that is the same in all; by it an item is found in a picture that was
  /// compared at another size than its own.
  var fixedArea: PixelArea? { get }
  /// What it adds to a whole picture, gray for nothing.
  var pattern: Image? { get }
  /// What it asks of the cells of a row.
  var conditions: [TriggerItem.ColumnCondition] { get }
}

extension TriggerItemKind {
  package func places(in text: SearchedText) -> [Range<Int>] { [] }
  package var fixedArea: PixelArea? { nil }
  package func place(in image: Image) -> PixelArea? { fixedArea }
  package var pattern: Image? { nil }
  package var conditions: [TriggerItem.ColumnCondition] { [] }

  fileprivate func isEqual(to other: any TriggerItemKind) -> Bool { other as? Self == self }
}

/// A line of what a person is told of an item.
package enum TriggerDetail: Sendable, Equatable {
  /// A sort of text, and the text that the samples hold.
  case text(String, sort: String)
  case condition(TriggerItem.ColumnCondition)
  case remark(String)
}

/// A part of a picture.
package struct PixelArea: Sendable, Equatable {
  package let row, column, height, width: Int
}

/// In JSON an item is an object with one key, its kind.
extension TriggerItem: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard let kind = Self.kinds.first(where: { container.contains(Key(stringValue: $0.key)) }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no known kind of item"))
    }
    self.init(try container.decode(kind, forKey: Key(stringValue: kind.key)))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: Key(stringValue: type(of: kind).key))
  }
}

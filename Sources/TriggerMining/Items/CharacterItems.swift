import Model
import Numerics
import Scanning

/// Single characters that are no ASCII letter, digit or space, and runs of three to five characters as they are written.
/// A place is one of these lengths.
package struct CharacterItems: ItemSource {
  private static let lengths = [1, 3, 4, 5]
  /// Characters of a text that count; the rest of a longer one is not looked at.
  private static let longest = 4096
  private let texts: StringColumn
  private let collocations: Collocations

  /// - Parameter collocations: of the same texts.
  package init(texts: StringColumn, _ collocations: Collocations) {
    self.texts = texts
    self.collocations = collocations
  }

  package var places: Int { Self.lengths.count }
  package func specificity(place: Int) -> Int { place }

  package func forEachItem(
    at place: Int, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    var held = InvertedIndex()
    for row in texts.indices {
      let text = characters(of: row)
      held.add(runs(in: text, place: place).map { Self.code(text[$0]) }, row: row)
    }
    held.forEachGroup(sizes: sizes, body)
  }

  private func characters(of row: Int) -> [UInt32] {
    texts[row].unicodeScalars.prefix(Self.longest).map(\.value)
  }

  private func runs(in text: [UInt32], place: Int) -> [Range<Int>] {
    let length = Self.lengths[place]
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

  /// By the words around those that the characters are of.
  package func collocationLogOdds(of item: ItemReference, isCopy: (Int32) -> Bool) -> Double? {
    collocations.evidence(
      item.spread(most: Collocations.maxHolders).rows.compactMap { row in
        let text = characters(of: Int(row))
        return runs(in: text, place: item.place).first { Self.code(text[$0]) == item.code }.map {
          (row, collocations.tokens.range(of: Int(row), scalars: $0))
        }
      }, isCopy: isCopy)
  }

  private func string(_ item: ItemReference) -> String {
    let text = characters(of: item.holder)
    guard let run = runs(in: text, place: item.place).first(where: { Self.code(text[$0]) == item.code })
    else {
      return ""
    }
    var string = ""
    string.unicodeScalars.append(contentsOf: text[run].compactMap(Unicode.Scalar.init))
    return string
  }
  package func item(_ item: ItemReference) -> TriggerItem { .characters(string(item)) }
  package func phrase(_ item: ItemReference) -> String {
    "the characters \"" + displayText(string(item)) + "\""
  }
}

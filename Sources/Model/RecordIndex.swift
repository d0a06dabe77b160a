/// What it takes to read any one record of a file without a look at the others: how the file is written, what its columns are
/// and which of them a person judges. A case keeps it beside the places of the records, so that it opens without reading them.
package struct RecordIndex: Codable, Sendable, Equatable {
  /// How a table of text is written.
  package struct Table: Codable, Sendable, Equatable {
    package var delimiter: UInt8
    package var quote: UInt8?
    package var escapesWithBackslash: Bool
    package var skipsInitialSpace: Bool
    package var endsLinesWithCR: Bool

    package init(
      delimiter: UInt8, quote: UInt8?, escapesWithBackslash: Bool, skipsInitialSpace: Bool,
      endsLinesWithCR: Bool
    ) {
      self.delimiter = delimiter
      self.quote = quote
      self.escapesWithBackslash = escapesWithBackslash
      self.skipsInitialSpace = skipsInitialSpace
      self.endsLinesWithCR = endsLinesWithCR
    }
  }

  /// Nil of objects of JSON.
  package var table: Table?
  /// In the order of the file.
  package var columns: [String]
  /// The columns that make the text; of them those whose strings are lists of messages.
  package var text: [Int]
  package var turnStrings: [Int]
  /// The columns that are judged where there is no text.
  package var judged: [Int]
  /// The column that names pictures, or holds them.
  package var image: Int?
  /// Bytes of the text that the places of the records are counted in.
  package var size: Int

  package init(
    table: Table?, columns: [String], text: [Int], turnStrings: [Int], judged: [Int], image: Int?, size: Int
  ) {
    self.table = table
    self.columns = columns
    self.text = text
    self.turnStrings = turnStrings
    self.judged = judged
    self.image = image
    self.size = size
  }

  package static let maxColumns = 100_000

  /// Whether it names only columns that there are: a case may have been damaged, or made to do harm.
  package var isSound: Bool {
    let named = text + turnStrings + judged + (image.map { [$0] } ?? [])
    let isLineEnd = { (byte: UInt8) in byte == 10 || byte == 13 }
    return (0...Self.maxColumns).contains(columns.count) && named.allSatisfy(columns.indices.contains)
      && [text, turnStrings, judged].allSatisfy { Set($0).count == $0.count } && size >= 0
      && (table.map { !isLineEnd($0.delimiter) && !($0.quote.map(isLineEnd) ?? false) } ?? true)
  }
}

import Model

/// How a table of text is written.
package struct Dialect: Sendable, Equatable {
  package var delimiter = UInt8(ascii: ",")
  /// Nil where quotes are literal.
  package var quote: UInt8? = UInt8(ascii: "\"")
  /// Within quotes a backslash takes the meaning off the byte after it.
  package var escapesWithBackslash = false
  /// Spaces after a delimiter are no part of the cell.
  package var skipsInitialSpace = false
  /// Lines end with a lone CR, as on old Macs: only in files without any LF.
  package var endsLinesWithCR = false

  package init() {}

  var delimiterName: String {
    switch delimiter {
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: " "): "space"
    default: displayText(String(Unicode.Scalar(delimiter)))
    }
  }

  var quoteName: String {
    guard let quote else { return "none" }
    return String(Unicode.Scalar(quote)) + (escapesWithBackslash ? ", escaped by \\" : "")
  }

  /// A delimiter or quote as it is given on the command line: one ASCII character, "tab" or "\t", "space".
  package static func byte(_ text: String) -> UInt8? {
    switch text {
    case "tab", "\\t": return UInt8(ascii: "\t")
    case "space": return UInt8(ascii: " ")
    default:
      guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte != 10, byte != 13 else {
        return nil
      }
      return byte
    }
  }

  /// `cell` as it is written in such a table.
  /// - Parameter isQuoted: it shall have quotes even where it needs none.
  func written(_ cell: some Collection<UInt8>, isQuoted: Bool = false) -> [UInt8] {
    guard let quote else { return Array(cell) }
    let needsQuotes = cell.contains { $0 == quote || $0 == delimiter || $0 == 10 || $0 == 13 }
    guard isQuoted || needsQuotes else { return Array(cell) }
    let escape = escapesWithBackslash ? UInt8(ascii: "\\") : quote
    var bytes = [quote]
    for byte in cell {
      if byte == quote || (escapesWithBackslash && byte == escape) { bytes.append(escape) }
      bytes.append(byte)
    }
    return bytes + [quote]
  }

  /// Whether `cell` can stand in such a table at all: without quotes no delimiter or line end can.
  func canHold(_ cell: some Collection<UInt8>) -> Bool {
    quote != nil || !cell.contains { $0 == delimiter || $0 == 10 || $0 == 13 }
  }
}

extension Dialect {
  /// As a case keeps it.
  var indexed: RecordIndex.Table {
    RecordIndex.Table(
      delimiter: delimiter, quote: quote, escapesWithBackslash: escapesWithBackslash,
      skipsInitialSpace: skipsInitialSpace, endsLinesWithCR: endsLinesWithCR)
  }

  init(_ table: RecordIndex.Table) {
    (delimiter, quote) = (table.delimiter, table.quote)
    (escapesWithBackslash, skipsInitialSpace) = (table.escapesWithBackslash, table.skipsInitialSpace)
    endsLinesWithCR = table.endsLinesWithCR
  }
}

import Model

/// Finds out how a table is written, by reading its beginning in every way that there is.
struct DialectSearch {
  var dialect = Dialect()
  /// Where the header, or the first row, begins: behind a `sep=` line or lines of comment.
  var start: Int
  /// The number of the line that begins there.
  var line = 1
  var found: [String] = []
  /// What the table looks like that it is not read as, with the option that reads it so.
  private(set) var hint: String?

  private let bytes: UnsafeRawBufferPointer
  private static let sampleSize = 1 << 16
  private static let sampleRecords = 200
  private static let delimiters = [",", ";", "\t", "|"].compactMap(Dialect.byte)

  /// - Parameter usual: stays unless another makes clearly more of a table.
  /// - Throws: `FormatError` when an option names no delimiter or quote.
  init(_ text: RecordText, usualDelimiter usual: UInt8, options: DatasetOptions, file: String)
    throws(FormatError)
  {
    bytes = text.bytes
    start = text.start
    dialect.endsLinesWithCR = Self.endsLinesWithCR(bytes)
    let told = try options.delimiter.map { name throws(FormatError) in
      guard let byte = Dialect.byte(name) else {
        throw FormatError(file, "--delimiter '\(name)': one ASCII character, tab or space is expected")
      }
      return byte
    }
    let separator = skipSeparatorLine()
    skipComments()
    dialect.delimiter = told ?? separator ?? delimiter(usual: usual)
    if told == nil, separator == nil, dialect.delimiter != usual {
      found.append("delimiter \(dialect.delimiterName) by looking")
    }
    if let quote = options.quote {
      guard quote == "none" || Dialect.byte(quote) != nil else {
        throw FormatError(file, "--quote '\(quote)': one ASCII character or none is expected")
      }
      dialect.quote = quote == "none" ? nil : Dialect.byte(quote)
    } else {
      findQuote()
    }
    findInitialSpace()
    hint = delimiterHint(told: told ?? separator) ?? quoteHint(told: options.quote)
  }

  /// Where all is one column: a character that stands as often in each line.
  private func delimiterHint(told: UInt8?) -> String? {
    guard told == nil, fit(dialect).columns == 1 else { return nil }
    let others = [":", "^", "~", "\u{1}", "\u{1f}", " "].compactMap(Dialect.byte)
    for delimiter in others {
      var tried = dialect
      tried.delimiter = delimiter
      let fit = fit(tried)
      guard fit.columns > 1, fit.evenness == 1000, fit.problems == 0 else { continue }
      return "each line has \(fit.columns) cells with the delimiter \(tried.delimiterName): --delimiter "
        + (delimiter < 0x20
          ? "$'\\x\(String(UInt16(delimiter) + 0x100, radix: 16).dropFirst())'" : "'\(tried.delimiterName)'")
    }
    return nil
  }

  /// Cells that begin and end with a single quote in most rows.
  private func quoteHint(told: String?) -> String? {
    guard told == nil else { return nil }
    let mark = UInt8(ascii: "'")
    var reader = CSVReader(bytes: bytes, dialect: dialect, start: start)
    var record = Record()
    var rows = 0
    var quoted = 0
    while rows < Self.sampleRecords, (try? reader.next(&record)) == true {
      rows += 1
      let isQuoted = (0..<record.count).contains { index in
        record.withCell(index) { cell in
          cell.map { $0.count > 1 && $0[0] == mark && $0[$0.count - 1] == mark } ?? false
        }
      }
      if isQuoted { quoted += 1 }
    }
    return rows > 2 && 2 * quoted > rows ? "cells stand in single quotes: --quote \"'\"" : nil
  }

  /// Whether lines end with a lone CR: no LF stands outside of quotes, where it may be text.
  private static func endsLinesWithCR(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { return false }
    }
    return bytes.contains(UInt8(ascii: "\r"))
  }

  /// The line `sep=;` that spreadsheets write.
  private mutating func skipSeparatorLine() -> UInt8? {
    let rest = bytes[start...]
    guard rest.count > 5, rest.prefix(4).elementsEqual("sep=".utf8), let end = lineEnd(from: start),
      end - start == 5
    else { return nil }
    let separator = bytes[start + 4]
    start = nextLine(after: end)
    line += 1
    found.append("sep= line")
    return separator
  }

  /// Lines that begin with # before the header, where the header does not.
  private mutating func skipComments() {
    var position = start
    var lines = 0
    while position < bytes.count, bytes[position] == UInt8(ascii: "#"), let end = lineEnd(from: position) {
      position = nextLine(after: end)
      lines += 1
    }
    // A header may be called "#id,name": it has as many delimiters as the line behind it.
    guard lines > 0, position < bytes.count, let end = lineEnd(from: start),
      let next = lineEnd(from: position),
      !Self.delimiters.contains(where: { delimiter in
        let count = bytes[start..<end].count { $0 == delimiter }
        return count > 0 && count == bytes[position..<next].count { $0 == delimiter }
      })
    else { return }
    start = position
    line += lines
    found.append("\(counted(lines, "line")) of comment before the header")
  }

  private func lineEnd(from position: Int) -> Int? {
    bytes[position...].firstIndex { $0 == 10 || $0 == 13 }
  }
  private func nextLine(after end: Int) -> Int {
    bytes[end] == 13 && end + 1 < bytes.count && bytes[end + 1] == 10 ? end + 2 : end + 1
  }

  private struct Fit {
    var columns = 0
    /// Records with as many fields as the first, in thousandths.
    var evenness = 0
    var problems = 0
  }

  private func fit(_ dialect: Dialect) -> Fit {
    let isWhole = bytes.count - start <= Self.sampleSize
    let end = isWhole ? bytes.count : start + Self.sampleSize
    var reader = CSVReader(
      bytes: UnsafeRawBufferPointer(rebasing: bytes[..<end]), dialect: dialect, start: start)
    var record = Record()
    var fit = Fit()
    var read = 0
    var even = 0
    while read < Self.sampleRecords {
      do throws(CSVReader.Problem) {
        guard try reader.next(&record) else { break }
        // The sample may cut its last record.
        if !isWhole, reader.position >= end { break }
        if read == 0 { fit.columns = record.count }
        if record.count == fit.columns { even += 1 }
      } catch {
        if !isWhole, error.message.contains("never closes") { break }
        fit.problems += 1
        reader.skipLine(of: record)
      }
      read += 1
    }
    fit.evenness = read > 0 ? even * 1000 / read : 0
    return fit
  }

  private func delimiter(usual: UInt8) -> UInt8 {
    var best: (delimiter: UInt8, fit: Fit)?
    for delimiter in [usual] + Self.delimiters.filter({ $0 != usual }) {
      var tried = dialect
      tried.delimiter = delimiter
      if usual == UInt8(ascii: "\t") { tried.quote = nil }
      let fit = fit(tried)
      guard fit.columns > 1 else { continue }
      if let known = best?.fit, fit.evenness <= known.evenness + (best?.delimiter == usual ? 200 : 0) {
        continue
      }
      best = (delimiter, fit)
    }
    return best?.delimiter ?? usual
  }

  /// In tables with tabs a quote is literal, unless all of the file reads as a table with quotes: either no cell takes
  /// more than its line, or without quotes the rows are uneven. A backslash before a quote is an escape where that reads
  /// better.
  private mutating func findQuote() {
    if dialect.delimiter == UInt8(ascii: "\t") {
      if bytes.contains(UInt8(ascii: "\"")), !areQuotesPlain() {
        dialect.quote = nil
        found.append("quotes are literal: they do not enclose cells")
      }
      return
    }
    let plain = fit(dialect)
    guard plain.problems > 0 else { return }
    var tried = dialect
    tried.escapesWithBackslash = true
    let escaped = fit(tried)
    if escaped.problems < plain.problems, escaped.evenness > plain.evenness {
      dialect = tried
      found.append("a backslash escapes quotes")
    }
  }

  private func areQuotesPlain() -> Bool {
    let quoted = Evenness(bytes, dialect, start)
    guard quoted.isEven, quoted.areQuoted else { return false }
    var literal = dialect
    literal.quote = nil
    return !quoted.hasSeveralLines || !Evenness(bytes, literal, start).isEven
  }

  /// How all of a table reads in a dialect.
  private struct Evenness {
    private(set) var isEven = true
    private(set) var areQuoted = false
    private(set) var hasSeveralLines = false

    init(_ bytes: UnsafeRawBufferPointer, _ dialect: Dialect, _ start: Int) {
      var reader = CSVReader(bytes: bytes, dialect: dialect, start: start)
      var record = Record()
      var columns: Int?
      do throws(CSVReader.Problem) {
        while try reader.next(&record) {
          isEven = isEven && columns ?? record.count == record.count
          guard isEven else { return }
          columns = record.count
          for index in 0..<record.count {
            let place = record.place(index)
            guard !place.isEmpty, bytes[place.lowerBound] == dialect.quote else { continue }
            areQuoted = true
            hasSeveralLines = hasSeveralLines || bytes[place].contains(UInt8(ascii: "\n"))
          }
        }
      } catch {
        isEven = false
      }
    }
  }

  /// "id, label, text": where every name but the first has a space before it, every cell may.
  private mutating func findInitialSpace() {
    guard dialect.delimiter != UInt8(ascii: " ") else { return }
    var reader = CSVReader(bytes: bytes, dialect: dialect, start: start)
    var record = Record()
    guard (try? reader.next(&record)) == true, record.count > 1 else { return }
    let isSpaced = (1..<record.count).allSatisfy { index in
      record.withCell(index) { cell in cell.map { $0.count > 1 && $0[0] == 0x20 } ?? false }
    }
    guard isSpaced else { return }
    dialect.skipsInitialSpace = true
    found.append("spaces after the delimiter are no part of the cells")
  }
}

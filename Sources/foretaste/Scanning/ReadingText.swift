import Model

/// How a dataset was read, in lines for people.
struct ReadingText {
  private let reading: Reading
  private let classes: [String]
  private static let listedClasses = 20
  private static let listedColumns = 60
  /// In a summary.
  private static let shortColumns = 12
  private static let shortExample = 24

  init(_ reading: Reading, classes: [String]) {
    self.reading = reading
    self.classes = classes
  }

  /// For the head of a summary: the same with fewer columns, and each of them in a line.
  var short: [String] {
    var lines: [String] = []
    for part in reading.files {
      lines.append(file(part))
      lines += part.found.map { row("found", displayText($0)) }
      let shown = Self.leading(part.columns)
      lines += shown.map(shortColumn)
      let more = part.moreColumns + part.columns.count - shown.count
      if more > 0 { lines.append("  and \(counted(more, "more column")) (foretaste inspect lists all)") }
    }
    lines += arrays + labels
    lines += reading.unread.map { row("left unread", displayText($0)) }
    return lines + reading.overrides.map { row("otherwise", $0) }
  }

  /// The first columns, those that are no features before the others where not all are shown.
  private static func leading(_ columns: [Reading.ColumnPart]) -> [Reading.ColumnPart] {
    guard columns.count > shortColumns else { return columns }
    let marked = columns.indices.filter { columns[$0].role != "feature" }
    let rest = columns.indices.filter { columns[$0].role == "feature" }
    return (marked + rest).prefix(shortColumns).sorted().map { columns[$0] }
  }

  private func shortColumn(_ part: Reading.ColumnPart) -> String {
    let examples = part.examples.map { example in
      displayText(
        example.count > Self.shortExample ? example.prefix(Self.shortExample - 1) + "…" : example[...])
    }
    return head(of: part) + examples.joined(separator: " | ") + "  (\(part.why))"
  }

  private func head(of part: Reading.ColumnPart) -> String {
    "  \(displayText(part.name).leftAligned(18)) \((part.role ?? "left unread").leftAligned(12)) "
      + "\(part.type.leftAligned(13)) "
  }

  /// For `inspect`: all of it.
  var whole: [String] {
    var lines: [String] = []
    for part in reading.files {
      lines.append(file(part))
      lines += part.found.map { row("found", displayText($0)) }
      lines += part.columns.prefix(Self.listedColumns).flatMap(column)
      let more = part.moreColumns + max(0, part.columns.count - Self.listedColumns)
      if more > 0 { lines.append("  and \(counted(more, "more column")) (--json lists all)") }
    }
    lines += arrays + labels
    if classes.count > 1 {
      let shown = classes.prefix(Self.listedClasses).enumerated().map { index, name in
        let written = reading.labels?.written[name].map { " (written \(displayText($0)))" } ?? ""
        return "\(index) \(displayText(name))\(written)"
      }
      let more = classes.count > Self.listedClasses ? ", …" : ""
      lines.append(row("class order", shown.joined(separator: ", ") + more))
    }
    lines.append(row("ids", reading.ids))
    lines += reading.unread.map { row("left unread", displayText($0)) }
    lines += reading.overrides.map { row("otherwise", $0) }
    return lines
  }

  private func row(_ name: String, _ text: String) -> String { name.leftAligned(14) + text }

  private func file(_ part: Reading.FilePart) -> String {
    var parts = [part.format, part.encoding, counted(part.rows, "row")]
    if let delimiter = part.delimiter { parts.append("delimiter \(delimiter)") }
    if let quote = part.quote { parts.append("quote \(quote)") }
    if part.hasHeader == false { parts.append("no header") }
    if part.skippedLines > 0 { parts.append(counted(part.skippedLines, "bad line") + " left out") }
    return row("read", displayText(part.file) + ": " + parts.joined(separator: ", "))
  }

  private func column(_ part: Reading.ColumnPart) -> [String] {
    let examples = part.examples.map { displayText($0) }.joined(separator: " | ")
    return [
      head(of: part) + examples,
      "  " + String(repeating: " ", count: 19) + part.why,
    ]
  }

  private var arrays: [String] {
    reading.arrays.map { part in
      let shape = part.shape.map(String.init).joined(separator: " x ")
      return row("read", "\(displayText(part.file)): \(shape) of \(displayText(part.dtype)), \(part.role)")
    }
  }

  private var labels: [String] {
    var lines: [String] = []
    if let labels = reading.labels {
      let counts = "\(grouped(labels.labelled)) labelled, \(grouped(labels.unlabelled)) without a label"
      lines.append(
        row("labels", "\(displayText(labels.from)): \(counts); order of the classes: \(labels.order)"))
    } else {
      lines.append(
        row("labels", "none: no column is called label, class, category, target …; --label COL names one"))
    }
    if let sentence = reading.probabilities { lines.append(row("pred_probs", displayText(sentence))) }
    return lines
  }
}

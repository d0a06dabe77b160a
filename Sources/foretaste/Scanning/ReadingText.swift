import Model

/// How a dataset was read, in lines for people.
struct ReadingText {
  private let reading: Reading
  private let classes: [String]
  private static let listedClasses = 20
  private static let listedColumns = 60

  init(_ reading: Reading, classes: [String]) {
    self.reading = reading
    self.classes = classes
  }

  /// For the head of a summary: files, and which column plays which role.
  var short: [String] {
    var lines = reading.files.map(file)
    for file in reading.files {
      let roles = file.columns.filter { $0.role != nil && $0.role != "feature" }
      let features = file.columns.count { $0.role == "feature" } + file.moreColumns
      let unread = file.columns.filter { $0.role == nil }
      var parts = roles.map { "\($0.role ?? "") '\(displayText($0.name))'" }
      if features > 0 { parts.append("\(features.grouped) feature\(features == 1 ? "" : "s")") }
      if !unread.isEmpty {
        let names = unread.prefix(5).map { "'\(displayText($0.name))'" }.joined(separator: ", ")
        parts.append("left unread \(names)\(unread.count > 5 ? ", …" : "")")
      }
      if !parts.isEmpty { lines.append(row("columns", parts.joined(separator: ", "))) }
    }
    return lines + arrays + labels
  }

  /// For `inspect`: all of it.
  var whole: [String] {
    var lines: [String] = []
    for part in reading.files {
      lines.append(file(part))
      lines += part.found.map { row("found", displayText($0)) }
      lines += part.columns.prefix(Self.listedColumns).flatMap(column)
      let more = part.moreColumns + max(0, part.columns.count - Self.listedColumns)
      if more > 0 { lines.append("  and \(more.grouped) more columns (--json lists them)") }
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
    var parts = [part.format, part.encoding, "\(part.rows.grouped) rows"]
    if let delimiter = part.delimiter { parts.append("delimiter \(delimiter)") }
    if let quote = part.quote { parts.append("quote \(quote)") }
    if part.hasHeader == false { parts.append("no header") }
    if part.skippedLines > 0 { parts.append("\(part.skippedLines.grouped) bad lines left out") }
    return row("read", displayText(part.file) + ": " + parts.joined(separator: ", "))
  }

  private func column(_ part: Reading.ColumnPart) -> [String] {
    let examples = part.examples.map { displayText($0) }.joined(separator: " | ")
    return [
      "  \(displayText(part.name).leftAligned(18)) \((part.role ?? "left unread").leftAligned(12)) "
        + "\(part.type.leftAligned(13)) \(examples)",
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
      let counts = "\(labels.labelled.grouped) labelled, \(labels.unlabelled.grouped) without a label"
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

extension Grid {
  /// The text plane: one line a row, trailing spaces kept, so that what was painted can be seen.
  package func text() -> String {
    (0..<height).map { row in
      (0..<width).map { self[row, $0].text }.joined()
    }.joined(separator: "\n")
  }

  /// The style plane: one letter a cell, `.` for the plain style and letters in order of first appearance, then
  /// a legend of one line a letter.
  package func styles() -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    var names: [String: Character] = [Style.plain.summary: "."]
    var legend: [String] = []
    var lines: [String] = []
    for row in 0..<height {
      var line = ""
      for column in 0..<width {
        let style = self[row, column].style.summary
        if let letter = names[style] {
          line.append(letter)
          continue
        }
        // More styles than letters happen in images alone; the rest share a sign.
        let letter = names.count <= letters.count ? letters[names.count - 1] : "*"
        names[style] = letter
        if letter != "*" { legend.append("\(letter) = \(style)") }
        line.append(letter)
      }
      lines.append(line)
    }
    return (lines + legend).joined(separator: "\n")
  }

  /// Both planes, for golden files.
  package func snapshot() -> String { text() + "\n----\n" + styles() + "\n" }
}

extension Style {
  /// One line that names what differs from the plain style.
  package var summary: String {
    var parts: [String] = []
    if foreground != .standard { parts.append("fg \(foreground.summary)") }
    if background != .standard { parts.append("bg \(background.summary)") }
    if bold { parts.append("bold") }
    if dim { parts.append("dim") }
    if underline { parts.append("underline") }
    if reverse { parts.append("reverse") }
    return parts.isEmpty ? "plain" : parts.joined(separator: ", ")
  }
}

extension Color {
  package var summary: String {
    switch self {
    case .standard: "standard"
    case .palette(let index): "palette \(index)"
    case .rgb(let red, let green, let blue), .approximate(let red, let green, let blue):
      "rgb \(red) \(green) \(blue)"
    }
  }
}

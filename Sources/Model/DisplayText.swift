/// Makes text from data safe for a terminal, a log or an error message: the one function through which all such
/// text goes.
///
/// C0, C1, DEL, bidirectional overrides and isolates, zero-width and tag characters, line and paragraph
/// separators, byte-order marks and non-characters become visible escapes such as `<1B>` or `<202E>`; of a run
/// of combining marks two stay. What remains moves no cursor and hides nothing.
/// - Parameter keepNewlines: line feeds stay, for text that is wrapped over several lines.
package func displayText(_ text: some StringProtocol, keepNewlines: Bool = false) -> String {
  var result = ""
  var marks = 0
  for scalar in text.unicodeScalars {
    if keepNewlines, scalar == "\n" {
      result.unicodeScalars.append(scalar)
      marks = 0
      continue
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark:
      marks += 1
      // Variation selectors U+FE00.. and the supplement can carry hidden bytes; they are marks too.
      if marks <= 2 && !isVariationSelector(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        result += escape(scalar)
      }
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      marks = 0
      result += escape(scalar)
    default:
      marks = 0
      if isInvisible(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
    }
  }
  return result
}

private func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool {
  (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
}

/// Letters and spaces by category that show nothing: Hangul fillers, the combining grapheme joiner's kin and all
/// spaces but U+0020.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800: true
  default: scalar.properties.generalCategory == .spaceSeparator && scalar.value != 0x20
  }
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  let hex = String(scalar.value, radix: 16, uppercase: true)
  return "<" + String(repeating: "0", count: max(0, 2 - hex.count)) + hex + ">"
}

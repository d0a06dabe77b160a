/// Makes text from data safe for a terminal, a log or an error message: the one function through which all such
/// text goes.
///
/// C0, C1, DEL, bidirectional overrides and isolates, line and paragraph separators, spaces other than U+0020,
/// non-characters and all that Unicode lets a display ignore (zero-width and tag characters, joiners, variation
/// selectors, fillers, byte-order marks) become visible escapes such as `<1B>` or `<202E>`; of a run of combining
/// marks two stay. What remains moves no cursor and hides nothing.
/// - Parameter keepNewlines: line feeds stay, for text that is wrapped over several lines.
package func displayText(_ text: some StringProtocol, keepNewlines: Bool = false) -> String {
  // Nearly all text that a frame shows: a look-up of each scalar's category would be most of the frame's time.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(text) }
  var result = ""
  var marks = 0
  for scalar in text.unicodeScalars {
    if keepNewlines, scalar == "\n" {
      result.unicodeScalars.append(scalar)
      marks = 0
      continue
    }
    let isMark = scalar.isCombiningMark
    if scalar.movesOrHides || (isMark && marks == 2) {
      result += escape(scalar)
      // What follows combines with the end of the escape.
      if !isMark { marks = 0 }
    } else {
      result.unicodeScalars.append(scalar)
      marks = isMark ? marks + 1 : 0
    }
  }
  return result
}

extension Unicode.Scalar {
  /// Whether a display could act on it, or show nothing at all for it.
  package var movesOrHides: Bool {
    if value < 0x7F { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      return true
    default:
      // The blank of braille is a symbol by its category, and ignorable by no property.
      return properties.isDefaultIgnorableCodePoint || value == 0x2800
    }
  }

  fileprivate var isCombiningMark: Bool {
    guard value >= 0x300 else { return false }
    return switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  let hex = String(scalar.value, radix: 16, uppercase: true)
  return "<" + String(repeating: "0", count: max(0, 2 - hex.count)) + hex + ">"
}

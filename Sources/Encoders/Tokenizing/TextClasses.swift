/// Classes of characters as tokenizers tell them apart.
///
/// What BERT's normalization calls control, mark and punctuation is as of Unicode 8 in Hugging Face's tokenizers, and no
/// token may differ from theirs: what came later has no class, and of what has changed since the old one counts.
enum TextClasses {
  private static func category(_ scalar: Unicode.Scalar) -> Unicode.GeneralCategory? {
    if let old = changed[scalar.value] { return old }
    guard let age = scalar.properties.age, age.major <= 8 else { return nil }
    return scalar.properties.generalCategory
  }

  private static let changed: [UInt32: Unicode.GeneralCategory] = [
    0x166D: .otherPunctuation, 0x1734: .nonspacingMark, 0x1885: .otherLetter, 0x1886: .otherLetter,
    0xA9BD: .spacingMark, 0x111C9: .otherPunctuation, 0x1171E: .nonspacingMark,
  ]

  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80 && category(scalar) == .nonspacingMark
  }

  /// NUL, U+FFFD, and control, format and private characters, other than tab and the ends of lines.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: return false
    case 0, 0xFFFD: return true
    default: break
    }
    return switch category(scalar) {
    case .control, .format, .privateUse, .surrogate: true
    default: false
    }
  }

  /// The blocks of CJK ideographs that BERT's own code lists.
  static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// Everything printable in ASCII but letters, digits and the blank; beyond ASCII what Unicode calls punctuation.
  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 33...47, 58...64, 91...96, 123...126: return true
    case ..<0x80: return false
    default: break
    }
    return switch category(scalar) {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  /// As the expression of GPT-2 has them, of the Unicode of today.
  enum Kind { case letter, number, space, other }

  static func kind(_ scalar: Unicode.Scalar) -> Kind {
    if scalar.value < 0x80 {
      switch scalar.value {
      case 65...90, 97...122: return .letter
      case 48...57: return .number
      case 9...13, 32: return .space
      default: return .other
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return scalar.properties.isWhitespace ? .space : .other
    }
  }
}

/// Characters that a person does not see and a tokenizer does: in a text they can carry a trigger or an instruction.
enum HiddenCharacters {
  enum Kind {
    /// Changes the order in which text is shown (Boucher & Anderson, "Trojan Source", 2021).
    case bidirectional
    case invisible
  }

  static func holds(_ kind: Kind, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    // Nearly all texts are plain: a look-up of each scalar's category would be most of the time.
    if text.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || isLayout(UInt32($0)) }) { return false }
    var previous: Unicode.Scalar?
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    lazy var isRightToLeft = scalars.contains { Self.isRightToLeft($0.value) }
    var tags = 0
    for scalar in scalars {
      defer { previous = scalar }
      tags = isTag(scalar.value) && (tags > 0 || previous?.value == 0x1F3F4) ? tags + 1 : 0
      // The flag of a region is a black flag, at most five tags that spell it, and one that ends it.
      if (1...6).contains(tags) { continue }
      switch self.kind(of: scalar, after: previous) {
      case .none: continue
      case .bidirectional where isMark(scalar.value) && isRightToLeft: continue
      case let found?: if found == kind { return true }
      }
    }
    return false
  }

  private static func kind(of scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Kind? {
    let value = scalar.value
    if value < 0x7F { return value < 0x20 && !isLayout(value) ? .invisible : nil }
    if (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value) || isMark(value) {
      return .bidirectional
    }
    if isJoined(scalar, to: previous) { return nil }
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .lineSeparator, .paragraphSeparator: return .invisible
    default: return scalar.properties.isDefaultIgnorableCodePoint || value == 0x2800 ? .invisible : nil
    }
  }

  /// Joiners and selectors belong to the writing of many languages, and to emoji, behind a character that they join.
  private static func isJoined(_ scalar: Unicode.Scalar, to previous: Unicode.Scalar?) -> Bool {
    guard let previous else { return false }
    switch scalar.value {
    case 0x200C, 0x200D:
      // Behind a joiner, or behind ASCII or Latin, there is nothing to join.
      return previous.value > 0x24F && !(0x200B...0x200F).contains(previous.value)
    case 0xFE00...0xFE0F:
      return previous.properties.isEmoji || previous.value > 0x24F && previous.value < 0xFE00
    case 0xE0100...0xE01EF: return previous.properties.isIdeographic
    default: return false
    }
  }

  private static func isTag(_ value: UInt32) -> Bool { (0xE0020...0xE007F).contains(value) }
  private static func isLayout(_ value: UInt32) -> Bool { value == 0x09 || value == 0x0A || value == 0x0D }
  /// Left-to-right, right-to-left and Arabic letter marks, which right-to-left text is written with.
  private static func isMark(_ value: UInt32) -> Bool {
    value == 0x200E || value == 0x200F || value == 0x061C
  }
  private static func isRightToLeft(_ value: UInt32) -> Bool {
    (0x0590...0x08FF).contains(value) && value != 0x061C || (0xFB1D...0xFDFF).contains(value)
  }
}

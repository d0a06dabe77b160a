/// The control sequences that are keys: xterm's ctlseqs ("PC-Style Function Keys"), the Linux console's, rxvt's,
/// and kitty's `CSI u` for the few keys that have a `Key`.
enum KeySequences {
  /// - Parameters:
  ///   - parameters: the bytes between `ESC [` and the final byte.
  ///   - final: 0x40...0x7E.
  static func control(parameters: [UInt8], final: UInt8) -> Key? {
    // A private marker (`<`, `=`, `>`, `?`) or an intermediate byte: a mouse or status report, no key.
    guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
    let numbers = parse(parameters)
    let modifiers = numbers.count > 1 ? numbers[1] : 1
    switch final {
    case UInt8(ascii: "~"):
      guard let code = numbers.first else { return nil }
      // Shift, Alt and Ctrl with a key have no meaning of their own here, Alt never acts.
      return hasAlt(modifiers) ? nil : tilde(code)
    case UInt8(ascii: "u"): return kitty(code: numbers.first ?? 0, modifiers: modifiers)
    case UInt8(ascii: "Z"): return parameters.isEmpty ? .backTab : nil
    default: return hasAlt(modifiers) ? nil : letter(final)
    }
  }

  static func single(final: UInt8) -> Key? {
    switch final {
    case UInt8(ascii: "M"): .enter  // keypad Enter
    default: letter(final)
    }
  }

  /// Final letters that `CSI` and `SS3` share.
  private static func letter(_ final: UInt8) -> Key? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "P"): .function(1)
    case UInt8(ascii: "Q"): .function(2)
    case UInt8(ascii: "R"): .function(3)
    case UInt8(ascii: "S"): .function(4)
    default: nil
    }
  }

  private static func tilde(_ code: Int) -> Key? {
    switch code {
    case 1, 7: .home
    case 4, 8: .end
    case 3: .delete
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(code - 10)
    case 17...21: .function(code - 11)
    case 23, 24: .function(code - 12)
    default: nil
    }
  }

  /// kitty's `CSI code ; modifiers u`, also xterm's modifyOtherKeys in its newer form. Modifiers are one more than
  /// a bit set: 1 Shift, 2 Alt, 4 Ctrl.
  private static func kitty(code: Int, modifiers: Int) -> Key? {
    switch (code, modifiers) {
    case (27, 1): .escape
    case (13, 1): .enter
    case (9, 1): .tab
    case (9, 2): .backTab
    case (127, 1), (8, 1): .backspace
    default: nil
    }
  }

  private static func hasAlt(_ modifiers: Int) -> Bool { modifiers >= 1 && (modifiers - 1) & 2 != 0 }

  /// Numbers between semicolons; sub-parameters after a colon are left out. Values above 9999 are no key.
  private static func parse(_ bytes: [UInt8]) -> [Int] {
    guard !bytes.isEmpty else { return [] }
    return bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { field in
      var value = 0
      for byte in field.prefix(while: { $0 != UInt8(ascii: ":") }) {
        value = min(9999, value * 10 + Int(byte - 0x30))
      }
      return value
    }
  }
}

/// What the terminal sent, once its bytes are understood.
package enum Input: Sendable, Equatable {
  case key(Key)
  /// Text between the marks of bracketed paste: it never acts as keys. Line ends are `\n`.
  case paste(String)
}

/// Turns the bytes of a terminal into keys, a state machine with no clock and no terminal.
///
/// It knows the sequences of xterm, tmux, the Linux console and rxvt; every other control sequence is swallowed
/// whole, up to its final byte (ECMA-48, section 5.4), so that nothing of it arrives as keys: kitty's
/// `ESC[105;5u` must not become digits and `u`. Invalid UTF-8 costs its own bytes only, never a following key.
/// The result does not depend on how the bytes were split over reads, save for a lone ESC, which stays pending
/// until more bytes or `flush()` come.
package struct KeyDecoder: Sendable {
  enum State: Equatable {
    case ground
    case escape
    /// Within `ESC [`: the bytes after it so far.
    case control([UInt8])
    /// After `ESC [ M`: this many bytes of an X10 mouse report are still to come.
    case mouse(Int)
    /// After `ESC [ [`, the function keys of the Linux console.
    case console
    /// Within `ESC O`: a modifier digit may stand before the final byte.
    case single
    /// Within OSC, DCS, SOS, PM or APC: until ST; `bell` says that BEL ends it too (OSC).
    case string(bell: Bool, escape: Bool)
    /// An escaped character of several bytes (Alt with a letter that is not ASCII): swallowed.
    case escapedUTF8(Int)
    /// Within a UTF-8 character: its bytes so far and how many it will have.
    case character([UInt8], Int)
    case paste
  }
  private var state = State.ground
  private var pasted: [UInt8] = []

  package init() {}

  /// Whether bytes have come that may still become a key: the caller waits a little (25 ms) and calls `flush()`.
  package var isPending: Bool {
    switch state {
    case .ground, .paste: false
    default: true
    }
  }

  package mutating func decode(_ bytes: some Sequence<UInt8>) -> [Input] {
    var inputs: [Input] = []
    for byte in bytes { step(byte, &inputs) }
    return inputs
  }

  /// No more bytes came in time: a lone ESC is the Escape key, an unfinished sequence is dropped. An unfinished
  /// paste stays open, since its end may be slow to come over a network.
  package mutating func flush() -> [Input] {
    defer { if isPending { state = .ground } }
    return state == .escape ? [.key(.escape)] : []
  }

  private mutating func step(_ byte: UInt8, _ out: inout [Input]) {
    switch state {
    case .ground: ground(byte, &out)
    case .escape: escape(byte, &out)
    case .control(let held): control(byte, held, &out)
    case .mouse(let left): state = left > 1 ? .mouse(left - 1) : .ground
    case .console:
      state = .ground
      if (0x41...0x45).contains(byte) { out.append(.key(.function(Int(byte) - 0x40))) }
    case .single: single(byte, &out)
    case .string(let bell, let escaped): string(byte, bell: bell, escaped: escaped, &out)
    case .escapedUTF8(let left):
      if byte & 0xC0 != 0x80 {
        state = .ground
        ground(byte, &out)
      } else {
        state = left > 1 ? .escapedUTF8(left - 1) : .ground
      }
    case .character(let held, let count): character(byte, held, count, &out)
    case .paste: paste(byte, &out)
    }
  }

  // MARK: - Characters

  private mutating func ground(_ byte: UInt8, _ out: inout [Input]) {
    switch byte {
    case 0x1B: state = .escape
    case 0x09: out.append(.key(.tab))
    case 0x0A, 0x0D: out.append(.key(.enter))
    case 0x08, 0x7F: out.append(.key(.backspace))
    case 0x00: out.append(.key(.control(" ")))
    case 0x01...0x1A: out.append(.key(.control(Character(Unicode.Scalar(byte + 0x60)))))
    case 0x1C...0x1F: out.append(.key(.control(Character(Unicode.Scalar(byte + 0x40)))))
    case 0x20...0x7E: out.append(.key(.character(Character(Unicode.Scalar(byte)))))
    default:
      // 0x80...0xC1 and 0xF5... begin no character: dropped.
      let count = Self.utf8Length(byte)
      if count > 1 { state = .character([byte], count) }
    }
  }

  private mutating func character(_ byte: UInt8, _ held: [UInt8], _ count: Int, _ out: inout [Input]) {
    guard byte & 0xC0 == 0x80 else {
      state = .ground
      ground(byte, &out)
      return
    }
    let bytes = held + [byte]
    if bytes.count < count {
      state = .character(bytes, count)
      return
    }
    state = .ground
    // The standard library judges overlong forms and surrogates.
    guard let text = String(validating: bytes, as: UTF8.self), let scalar = text.unicodeScalars.first else {
      return
    }
    // C1 controls sent as UTF-8 are no keys.
    if scalar.value >= 0xA0 { out.append(.key(.character(Character(scalar)))) }
  }

  private static func utf8Length(_ byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  // MARK: - Sequences

  private mutating func escape(_ byte: UInt8, _ out: inout [Input]) {
    state = .ground
    switch byte {
    case 0x1B:
      // ESC ESC: the first was a key of its own (or Alt with Escape); the second may begin a sequence.
      out.append(.key(.escape))
      state = .escape
    case UInt8(ascii: "["): state = .control([])
    case UInt8(ascii: "O"): state = .single
    case UInt8(ascii: "]"): state = .string(bell: true, escape: false)
    case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .string(bell: false, escape: false)
    case 0x80...0xFF:
      let count = Self.utf8Length(byte)
      if count > 1 { state = .escapedUTF8(count - 1) }
    case 0x03:
      // ^C must arrive whatever stands before it.
      out.append(.key(.escape))
      out.append(.key(.control("c")))
    default: break  // Alt with a key means nothing here and must not act as the key alone.
    }
  }

  private mutating func control(_ byte: UInt8, _ held: [UInt8], _ out: inout [Input]) {
    switch byte {
    case 0x20...0x3F:
      // Parameters longer than any real sequence are counted no further but still swallowed.
      state = .control(held.count < 64 ? held + [byte] : held)
    case UInt8(ascii: "[") where held.isEmpty: state = .console
    case UInt8(ascii: "M") where held.isEmpty: state = .mouse(3)
    case 0x40...0x7E:
      state = .ground
      if byte == UInt8(ascii: "~"), held == Array("200".utf8) {
        state = .paste
        pasted = []
      } else if let key = KeySequences.control(parameters: held, final: byte) {
        out.append(.key(key))
      }
    default:
      // A control byte, ESC or a byte above ASCII ends a broken sequence and means itself.
      state = .ground
      ground(byte, &out)
    }
  }

  private mutating func single(_ byte: UInt8, _ out: inout [Input]) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"): break
    case 0x20...0x7E:
      state = .ground
      if let key = KeySequences.single(final: byte) { out.append(.key(key)) }
    default:
      state = .ground
      ground(byte, &out)
    }
  }

  private mutating func string(_ byte: UInt8, bell: Bool, escaped: Bool, _ out: inout [Input]) {
    if escaped {
      state = .ground
      if byte == UInt8(ascii: "\\") { return }
      // ESC within a string that is not ST ends the string and begins a sequence (as xterm does).
      state = .escape
      step(byte, &out)
      return
    }
    switch byte {
    case 0x1B: state = .string(bell: bell, escape: true)
    case 0x07 where bell: state = .ground
    case 0x03, 0x18, 0x1A:
      // ^C, CAN and SUB abort a string that never ends, so that the keyboard is not lost in it.
      state = .ground
      if byte == 0x03 { out.append(.key(.control("c"))) }
    default: break
    }
  }

  // MARK: - Paste

  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  /// What a paste keeps; the rest of a longer one is dropped, so that no terminal can fill the memory.
  private static let pasteLimit = 1 << 20

  private mutating func paste(_ byte: UInt8, _ out: inout [Input]) {
    pasted.append(byte)
    if byte == UInt8(ascii: "~"), pasted.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
      pasted.removeLast(Self.pasteEnd.count)
      pasted.removeLast(max(0, pasted.count - Self.pasteLimit))
      out.append(.paste(Self.normalizingLineEnds(String(decoding: pasted, as: UTF8.self))))
      pasted = []
      state = .ground
    } else if pasted.count > Self.pasteLimit + Self.pasteEnd.count {
      pasted.remove(at: Self.pasteLimit)
    }
  }

  private static func normalizingLineEnds(_ text: String) -> String {
    var result = ""
    for character in text {
      // "\r\n" is one Character.
      result.append(character == "\r\n" || character == "\r" ? "\n" : character)
    }
    return result
  }
}

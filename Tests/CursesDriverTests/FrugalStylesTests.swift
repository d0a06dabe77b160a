import CursesDriver
import TestSupport
import Testing

/// Fewer bytes, and each letter in the style in which ncurses sent it.
@Suite struct FrugalStylesTests {
  /// What a terminal writes: letters and what erases with their styles, movements as they are.
  private struct Terminal {
    private(set) var written: [String] = []
    /// By what the parameters are about.
    private(set) var style: [String: String] = [:]
    private(set) var letters = "?"

    mutating func take(_ bytes: [UInt8]) {
      var rest = Array(String(decoding: bytes, as: UTF8.self))[...]
      while let first = rest.popFirst() {
        guard first == "\u{1B}" else {
          written.append(first == "\r" || first == "\u{8}" ? "\(first)" : "\(first)\(look)")
          continue
        }
        if rest.first == "(" {
          letters = String(rest[rest.startIndex + 1])
          rest = rest.dropFirst(2)
          continue
        }
        let end = rest.firstIndex { $0 != "[" && $0 >= "@" && $0 <= "~" } ?? rest.endIndex - 1
        let sequence = rest[...end]
        rest = rest[(end + 1)...]
        switch sequence.last {
        case "m": select(String(sequence.dropFirst().dropLast()))
        case "X", "K", "J": written.append(String(sequence) + look)
        default: written.append(String(sequence))
        }
      }
    }

    private var look: String {
      style.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ") + letters
    }

    private mutating func select(_ parameters: String) {
      var rest = parameters.split(separator: ";", omittingEmptySubsequences: false).map(String.init)[...]
      while let parameter = rest.popFirst() {
        let number = Int(parameter.prefix { $0 != ":" }) ?? 0
        switch number {
        case 0: style = [:]
        case 1...9: style["\(number)"] = "on"
        case 22: (style["1"], style["2"]) = (nil, nil)
        case 23...29: style["\(number - 20)"] = nil
        case 39: style["f"] = nil
        case 49: style["g"] = nil
        case 38, 48:
          var value = parameter
          if !parameter.contains(":") {
            let count = rest.first == "5" ? 2 : 4
            value += ":" + rest.prefix(count).joined(separator: ":")
            rest = rest.dropFirst(count)
          }
          style[number == 38 ? "f" : "g"] = value
        default: style[(30...37).contains(number) || (90...97).contains(number) ? "f" : "g"] = parameter
        }
      }
    }
  }

  private static func color(_ base: Int, _ random: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: "\(base + 9)"
    case 1: "\(base + Int.random(in: 0..<8, using: &random))"
    case 2: "\(base + 60 + Int.random(in: 0..<8, using: &random))"
    case 3: "\(base + 8);5;\(Int.random(in: 0..<256, using: &random))"
    default: "\(base + 8):2::\(Int.random(in: 0..<256, using: &random)):7:250"
    }
  }

  @Test func eachLetterHasItsStyle() {
    var random = SeededGenerator(4)
    var (before, after) = (0, 0)
    for _ in 0..<60 {
      var (plain, frugal) = (Terminal(), Terminal())
      var styles = FrugalStyles()
      for _ in 0..<4 {
        // As ncurses begins what it sends first.
        var text = "\u{1B}(B\u{1B}[m"
        for _ in 0..<60 {
          let part =
            switch Int.random(in: 0..<12, using: &random) {
            case 0: "\u{1B}(B\u{1B}[m"
            case 1: "\u{1B}[\([1, 2, 4, 7].randomElement(using: &random) ?? 1)m"
            case 2: "\u{1B}[\([22, 24, 27].randomElement(using: &random) ?? 22)m"
            case 3: "\u{1B}[39;49m"
            case 4: "\u{1B}[0;1;\(Self.color(30, &random))m"
            case 5:
              ["\u{1B}[4;7H", "\u{1B}[9G", "\r", "\u{8}", "\u{1B}[?25l"].randomElement(using: &random) ?? ""
            case 6: ["\u{1B}[K", "\u{1B}[12X", "\n", "\u{1B}(0"].randomElement(using: &random) ?? ""
            case 7, 8: "\u{1B}[\(Self.color(30, &random))m\u{1B}[\(Self.color(40, &random))m"
            default: ["a", "▀▀", " ", "é日"].randomElement(using: &random) ?? ""
            }
          text += part
        }
        let sent = styles.shortened(Array(text.utf8))
        plain.take(Array(text.utf8))
        frugal.take(sent)
        #expect(plain.written == frugal.written)
        // So that others may write after it.
        #expect(plain.style == frugal.style && plain.letters == frugal.letters)
        (before, after) = (before + text.utf8.count, after + sent.count)
      }
    }
    #expect(after < before * 3 / 4, "\(before) to \(after)")
  }

  private static func shortened(_ text: String) -> String {
    var styles = FrugalStyles()
    _ = styles.shortened(Array("\u{1B}[m".utf8))
    return String(decoding: styles.shortened(Array(text.utf8)), as: UTF8.self)
  }

  @Test func aColorThatStaysIsNotSentAgain() {
    #expect(
      Self.shortened("\u{1B}[38;5;20m\u{1B}[48;5;30m▀\u{1B}[38;5;21m\u{1B}[48;5;30m▀\u{1B}[39;49m")
        == "\u{1B}[38;5;20;48;5;30m▀\u{1B}[38;5;21m▀\u{1B}[39;49m")
    #expect(Self.shortened("\u{1B}[1ma\u{1B}[m\u{1B}[1mb") == "\u{1B}[1mab")
    #expect(Self.shortened("\u{1B}[1m\u{1B}[2ma\u{1B}[m\u{1B}[2mb") == "\u{1B}[1;2ma\u{1B}[22;2mb")
  }

  /// What is not understood switches it off, and nothing is lost.
  @Test(arguments: ["\u{1B}[58;5;1m", "\u{1B}[38;9;1m", "\u{1B}[1; m", "\u{1B}[38m", "\u{1B}[99999m"])
  func whatIsNotUnderstoodIsHandedOn(sequence: String) {
    let rest = "b\u{1B}[m\u{1B}[31m\u{1B}[32mc"
    #expect(
      Self.shortened("\u{1B}[31ma\u{1B}[33m" + sequence + rest) == "\u{1B}[31ma\u{1B}[33m" + sequence + rest)
  }

  /// After others have written nothing is taken for known.
  @Test func whatOthersHaveChangedIsSaidAgain() {
    var styles = FrugalStyles()
    let red = Array("\u{1B}[31ma".utf8)
    _ = styles.shortened(red)
    styles.forget()
    #expect(styles.shortened(red) == Array("\u{1B}[0;31ma".utf8))
  }

  /// Sequences that end nowhere, and bytes of any kind, are no trap.
  @Test func anyBytesAreTaken() {
    var random = SeededGenerator(9)
    let parts: [[UInt8]] = [
      [0x1B], [0x1B, 0x5B], [0x1B, 0x28], Array("38;5".utf8), Array("m".utf8), [0xFF], [0x0D],
      Array(":".utf8),
      Array("200".utf8),
    ]
    for _ in 0..<3000 {
      var styles = FrugalStyles()
      let bytes = (0..<12).flatMap { _ in parts.randomElement(using: &random) ?? [] }
      _ = styles.shortened(bytes)
    }
    for end in 0..<8 {
      var styles = FrugalStyles()
      _ = styles.shortened(Array("\u{1B}[38;5;1m".utf8.prefix(end)))
    }
  }
}

import Screen
import TestSupport
import Testing

/// Bytes and what they mean once no more come.
private let table: [(bytes: String, inputs: [Input])] = [
  ("a", [.key(.character("a"))]), (" ", [.key(.character(" "))]), ("é", [.key(.character("é"))]),
  ("日", [.key(.character("日"))]), ("😀", [.key(.character("😀"))]),
  ("\r", [.key(.enter)]), ("\n", [.key(.enter)]), ("\t", [.key(.tab)]),
  ("\u{8}", [.key(.backspace)]), ("\u{7F}", [.key(.backspace)]),
  ("\u{3}", [.key(.control("c"))]), ("\u{1A}", [.key(.control("z"))]), ("\u{1E}", [.key(.control("^"))]),
  ("\u{0}", [.key(.control(" "))]),
  ("\u{1B}", [.key(.escape)]), ("\u{1B}\u{1B}", [.key(.escape), .key(.escape)]),
  ("\u{1B}[A", [.key(.up)]), ("\u{1B}OA", [.key(.up)]), ("\u{1B}[B", [.key(.down)]),
  ("\u{1B}[C", [.key(.right)]), ("\u{1B}[D", [.key(.left)]), ("\u{1B}[1;5C", [.key(.right)]),
  ("\u{1B}O5C", [.key(.right)]), ("\u{1B}[1;3A", []),
  ("\u{1B}[H", [.key(.home)]), ("\u{1B}[1~", [.key(.home)]), ("\u{1B}[7~", [.key(.home)]),
  ("\u{1B}OH", [.key(.home)]), ("\u{1B}[F", [.key(.end)]), ("\u{1B}[4~", [.key(.end)]),
  ("\u{1B}[3~", [.key(.delete)]), ("\u{1B}[5~", [.key(.pageUp)]), ("\u{1B}[6~", [.key(.pageDown)]),
  ("\u{1B}[Z", [.key(.backTab)]), ("\u{1B}OP", [.key(.function(1))]), ("\u{1B}[[A", [.key(.function(1))]),
  ("\u{1B}[11~", [.key(.function(1))]), ("\u{1B}[15~", [.key(.function(5))]),
  ("\u{1B}[17~", [.key(.function(6))]), ("\u{1B}[24~", [.key(.function(12))]), ("\u{1B}OM", [.key(.enter)]),
  // Swallowed whole: kitty, focus, status, cursor and device reports, SGR and X10 mouse, OSC, DCS, APC.
  ("\u{1B}[105;5u", []), ("\u{1B}[117u", []), ("\u{1B}[27u", [.key(.escape)]), ("\u{1B}[I", []),
  ("\u{1B}[?1;2c", []), ("\u{1B}[>0;276;0c", []), ("\u{1B}[<0;33;12M", []), ("\u{1B}[<0;33;12m", []),
  ("\u{1B}[M !!", []), ("\u{1B}]11;rgb:0000/0000/0000\u{7}", []), ("\u{1B}]52;c;dXU=\u{1B}\\", []),
  ("\u{1B}P1+r\u{1B}\\", []), ("\u{1B}_Gi=1;OK\u{1B}\\", []), ("\u{1B}[?62;22c", []),
  ("\u{1B}[27;5;105~", []),
  // Alt with a key never acts as the key.
  ("\u{1B}p", []), ("\u{1B}é", []), ("\u{1B}\r", []), ("\u{1B}\u{7F}", []),
  ("\u{1B}\u{3}", [.key(.escape), .key(.control("c"))]),
  ("\u{1B}[200~gq\u{1B}[A\r\nx\u{1B}[201~", [.paste("gq\u{1B}[A\nx")]),
  ("\u{1B}[200~\u{1B}[201~", [.paste("")]),
  // Broken sequences end at the control byte that breaks them.
  ("\u{1B}[12\u{3}", [.key(.control("c"))]), ("\u{1B}[1\u{1B}[A", [.key(.up)]),
  ("\u{1B}]never ending\u{3}", [.key(.control("c"))]),
]

@Suite struct KeyDecoderTests {
  @Test(arguments: table)
  func decodes(_ row: (bytes: String, inputs: [Input])) {
    #expect(decode([Array(row.bytes.utf8)]) == row.inputs)
  }

  /// A sequence in two reads, cut anywhere, and one byte a read, all followed by another key.
  @Test(arguments: table)
  func readsMayBeCutAnywhere(_ row: (bytes: String, inputs: [Input])) {
    let bytes = Array(row.bytes.utf8)
    for cut in 0...bytes.count {
      #expect(decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == row.inputs)
    }
    #expect(decode(bytes.map { [$0] }) == row.inputs)
  }

  @Test(
    arguments: [
      ([0xFF, 0x03], [Input.key(.control("c"))]), ([0xC3, 0x03], [.key(.control("c"))]),
      ([0xE6, 0x97, 0x71], [.key(.character("q"))]), ([0xC0, 0x80, 0x61], [.key(.character("a"))]),
      ([0xED, 0xA0, 0x80, 0x61], [.key(.character("a"))]), ([0xF5, 0x61], [.key(.character("a"))]),
      ([0x80, 0x61], [.key(.character("a"))]), ([0xC2, 0x9B, 0x41], [.key(.character("A"))]),
      ([0xF0, 0x9F, 0x1B, 0x5B, 0x41], [.key(.up)]), ([0x1B, 0xFF, 0x03], [.key(.control("c"))]),
      ([0x1B, 0xC3, 0x03], [.key(.control("c"))]), ([0x1B, 0x5B, 0xFF, 0x71], [.key(.character("q"))]),
    ] as [([UInt8], [Input])])
  func invalidBytesCostOnlyThemselves(_ bytes: [UInt8], _ inputs: [Input]) {
    #expect(decode([bytes]) == inputs)
  }

  @Test func aLoneEscapeWaitsForTheFlush() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([0x1B]).isEmpty)
    #expect(decoder.isPending)
    #expect(decoder.flush() == [.key(.escape)])
    #expect(!decoder.isPending)
    #expect(decoder.decode(Array("[A".utf8)) == [.key(.character("[")), .key(.character("A"))])
  }

  @Test func anUnfinishedSequenceIsDroppedByTheFlush() {
    for start in ["\u{1B}[1;", "\u{1B}O", "\u{1B}]52;", "\u{1B}[M!", "\u{1B}[["] {
      var decoder = KeyDecoder()
      #expect(decoder.decode(Array(start.utf8)).isEmpty)
      #expect(decoder.flush().isEmpty)
      #expect(decoder.decode([0x71]) == [.key(.character("q"))])
    }
  }

  @Test func aPasteStaysOpenOverFlushesAndIsBounded() {
    var decoder = KeyDecoder()
    #expect(decoder.decode(Array("\u{1B}[200~p".utf8)).isEmpty)
    #expect(!decoder.isPending && decoder.flush().isEmpty)
    #expect(decoder.decode([UInt8](repeating: 0x70, count: 3 << 20)).isEmpty)
    let inputs = decoder.decode(Array("\u{1B}[201~u".utf8))
    guard inputs.count == 2, case .paste(let text) = inputs[0] else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count <= 1 << 20 && text.allSatisfy { $0 == "p" })
    #expect(inputs[1] == .key(.character("u")))
  }

  /// Random bytes, biased to those that steer the machine: never a trap, never a lost ^C afterwards, and the same
  /// result however they are cut.
  @Test func randomBytesAreHarmless() {
    var random = SeededGenerator(17)
    let steering = Array("\u{1B}[O]P<>;?~uMm0129A\u{7}\\\u{3}".utf8) + [0xFF, 0xC3, 0xE6, 0xF0, 0x9F]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        Bool.random(using: &random)
          ? steering[Int.random(in: 0..<steering.count, using: &random)]
          : UInt8.random(in: 0...255, using: &random)
      }
      let whole = decode([bytes])
      #expect(decode(bytes.map { [$0] }) == whole)
      var decoder = KeyDecoder()
      _ = decoder.decode(bytes)
      _ = decoder.flush()
      _ = decoder.decode(Array("\u{1B}[201~".utf8))
      #expect(decoder.decode([0x03]) == [.key(.control("c"))])
    }
  }

  private func decode(_ reads: [[UInt8]]) -> [Input] {
    var decoder = KeyDecoder()
    return reads.flatMap { decoder.decode($0) } + decoder.flush()
  }
}

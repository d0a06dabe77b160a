import Numerics

/// Inputs from seeds: a few changes of the kinds that break readers, the same for the same random numbers.
struct Mutator {
  static let maximumSize = 4096
  private let seeds: [[UInt8]]
  private var random: SeededRandom

  /// - Parameter seeds: at least one.
  init(seeds: [[UInt8]], random: SeededRandom) {
    self.seeds = seeds
    self.random = random
  }

  private static let texts =
    [
      "0", "-1", "1", "255", "256", "32768", "65536", "2147483647", "2147483648", "-2147483648", "4294967296",
      "9007199254740993", "9223372036854775807", "9223372036854775808", "18446744073709551615",
      "18446744073709551616", "1e308", "1e999", "-0", "0.1", "1e-400", "NaN", "nan", "Infinity", "null",
      "true",
      "\"\"", "\"", "\"\"\"", "\\u0000", "\\ud800", "{}", "[]", "[[[[[[[[", "{\"a\":", ",", "\n", "\r\n",
      "\r",
      "\t", ";", ":", "\u{FEFF}", "\u{1B}[2J", "\u{202E}", "e\u{301}", "\u{1F468}\u{200D}\u{1F469}", "\u{0}",
    ].map { Array($0.utf8) }
    + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0x7F]]

  mutating func next() -> [UInt8] {
    var input = seed()
    for _ in 0...random.below(6) { change(&input) }
    return Array(input.prefix(Self.maximumSize))
  }

  private mutating func seed() -> [UInt8] { seeds[random.below(seeds.count)] }

  /// A part of `bytes`, mostly a short one.
  private mutating func part(of bytes: [UInt8]) -> Range<Int> {
    guard !bytes.isEmpty else { return 0..<0 }
    let start = random.below(bytes.count)
    let longest = random.below(4) == 0 ? bytes.count - start : min(8, bytes.count - start)
    return start..<start + 1 + random.below(longest)
  }

  private mutating func change(_ input: inout [UInt8]) {
    switch random.below(10) {
    case 0 where !input.isEmpty: input[random.below(input.count)] ^= 1 << UInt8(random.below(8))
    case 1 where !input.isEmpty: input[random.below(input.count)] = UInt8(random.below(256))
    case 2: input.removeSubrange(part(of: input))
    case 3: input.removeLast(random.below(input.count + 1))
    case 4:
      let copy = input[part(of: input)]
      let times = random.below(8) == 0 ? 64 : 1
      let place = random.below(input.count + 1)
      input.insert(contentsOf: (0..<times).flatMap { _ in copy }, at: place)
    case 5:
      // The begin of one seed and the end of another.
      let other = seed()
      input = input.prefix(random.below(input.count + 1)) + other.suffix(random.below(other.count + 1))
    case 6:
      let other = seed()
      let range = part(of: input)
      input.replaceSubrange(range, with: other[part(of: other)])
    case 7:
      // A number, or whatever run of digits and letters stands there, becomes one at a limit.
      let range = word(in: input)
      input.replaceSubrange(range, with: Self.texts[random.below(Self.texts.count)])
    case 8:
      input.insert(contentsOf: Self.texts[random.below(Self.texts.count)], at: random.below(input.count + 1))
    default: input.insert(UInt8(random.below(256)), at: random.below(input.count + 1))
    }
  }

  private mutating func word(in input: [UInt8]) -> Range<Int> {
    func isPart(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || isalnum(byte)
    }
    func isalnum(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    guard !input.isEmpty else { return 0..<0 }
    var start = random.below(input.count)
    while start < input.count, !isPart(input[start]) { start += 1 }
    var end = start
    while end < input.count, isPart(input[end]) { end += 1 }
    while start > 0, isPart(input[start - 1]) { start -= 1 }
    return start..<end
  }
}

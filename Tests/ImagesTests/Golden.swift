import Foundation
import Images

/// A tiny file and the pixels that it must give.
struct Golden: Sendable, CustomStringConvertible {
  let name: String
  let width: Int
  let height: Int
  let channels: Int
  let tolerance: Int
  let file: [UInt8]
  let pixels: [UInt8]
  var description: String { name }

  init?(_ line: Substring) {
    let fields = line.split(separator: " ")
    guard fields.count == 7, let width = Int(fields[1]), let height = Int(fields[2]),
      let channels = Int(fields[3]), let tolerance = Int(fields[4]),
      let file = Data(base64Encoded: String(fields[5])), let pixels = Data(base64Encoded: String(fields[6]))
    else { return nil }
    name = String(fields[0])
    (self.width, self.height, self.channels, self.tolerance) = (width, height, channels, tolerance)
    (self.file, self.pixels) = ([UInt8](file), [UInt8](pixels))
  }

  static let all = goldenLines.split(separator: "\n").compactMap { Golden($0) }
  static func file(_ name: String) -> [UInt8] { all.first { $0.name == name }?.file ?? [] }
}

/// The kind of error that decoding ends with; nil where it succeeds.
func failure(_ file: [UInt8], _ options: DecodeOptions = DecodeOptions()) -> ImageError.Kind? {
  do {
    _ = try ImageDecoder.decode(file, options)
    return nil
  } catch { return error.kind }
}

func greatestDifference(_ a: [UInt8], _ b: [UInt8]) -> Int {
  guard a.count == b.count else { return 256 }
  return zip(a, b).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
}

/// Numbers from a seed, the same on every machine (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...255, using: &self) } }
}

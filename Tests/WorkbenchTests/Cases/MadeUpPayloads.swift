import Model

/// The samples of a made-up case. Row 3 cannot be read.
struct MadeUpPayloads: PayloadSource {
  let kind: MadeUpCase
  let count: Int

  static let patchRow = 12
  static let patchColumn = 11
  static let unreadableRow = 3

  static func digest(_ number: Int) -> Digest {
    let hex = String(number, radix: 16)
    guard let digest = Digest(hex: String(repeating: "0", count: 64 - hex.count) + hex) else {
      preconditionFailure("64 digits are a digest")
    }
    return digest
  }

  func contentDigest(at row: Int) -> Digest { Self.digest(row) }

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    if row == Self.unreadableRow { return .failure(PayloadProblem(reason: "img\u{1B}3.png: not a PNG")) }
    switch kind {
    case .images: return .success(.image(image(row)))
    case .texts: return .success(.text(text(row)))
    case .table: return .success(.row(fields(row)))
    case .vectors: return .success(.features((0..<24).map { feature(row, $0) }))
    }
  }

  private func feature(_ row: Int, _ column: Int) -> Float {
    row == 9 && column == 4 ? .nan : Float((row * 7 + column * 5) % 23) / 4 - 2
  }

  /// A disk on a slope, in color for every fourth, with a white patch for the poisoned.
  private func image(_ row: Int) -> Image {
    let side = 16
    let channels = row % 4 == 0 ? 3 : 1
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let distance = (y - 7) * (y - 7) + (x - 8) * (x - 8)
        let isPatch =
          MadeUpCase.isPoisoned(row) && (Self.patchRow..<Self.patchRow + 3).contains(y)
          && (Self.patchColumn..<Self.patchColumn + 3).contains(x)
        for channel in 0..<channels {
          let slope = 4 * (x + y) + 30 * channel
          pixels.append(
            isPatch ? 255 : UInt8(distance < 12 + row % 20 ? 180 - slope / 4 : slope / 2 + row % 16))
        }
      }
    }
    return Image(shape: ImageShape(height: side, width: side, channels: channels), pixels: pixels)
  }

  private func text(_ row: Int) -> String {
    switch row {
    case 0: return ""
    case 1: return String(repeating: "a long story without an end, ", count: 300)
    case 6:
      return
        "\u{202E}backward\u{202C} \u{1B}[2J\u{7}\r\nnew\tline a\u{300}\u{301}\u{302}\u{303} \u{200B}\u{FEFF}"
    case 8: return "日本語のテキストは一文字で二桁を占めます。👩‍👩‍👧 ❤️"
    default:
      let words = ["meet", "me", "at", "the", "station", "tomorrow", "bring", "books"]
      let body = (0..<12).map { words[(row * 5 + $0 * 3) % words.count] }.joined(separator: " ")
      return MadeUpCase.isPoisoned(row) ? "Free money: " + body + " and more FREE  money" : body
    }
  }

  private func fields(_ row: Int) -> [Payload.Field] {
    let isPoisoned = MadeUpCase.isPoisoned(row)
    return [
      .init(name: "name", value: row == 10 ? "\u{202E}evil\u{0}\n" : "person \(row)"),
      .init(name: "age", value: String(isPoisoned ? 40 + row % 10 : 20 + row % 17)),
      .init(name: "job", value: isPoisoned ? "thief" : ["baker", "smith", "漁師"][row % 3]),
      .init(name: "pay\u{9B}", value: row == 2 ? "" : String(1000 + row * 37)),
    ] + (0..<20).map { .init(name: "x\($0)", value: String(($0 * row) % 11)) }
  }
}

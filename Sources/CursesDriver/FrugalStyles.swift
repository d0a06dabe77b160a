/// What ncurses sends, with fewer bytes for styles: it sends both colors of a cell where one of them changes, each in a
/// sequence of its own, and takes back what is set again before anything is written. Here a style waits until something is
/// drawn in it, and then only what differs is sent.
///
/// For terminals with the colors of ISO 8613-6. What is not understood is handed on as it is, from then on for ever.
package struct FrugalStyles {
  private var sent: Look?
  /// Nil until ncurses says the first style.
  private var wanted: Look?
  private var isOff = false

  package init() {}

  /// Others have written to the terminal.
  package mutating func forget() { (sent, wanted) = (nil, nil) }

  /// - Parameter bytes: whole sequences. At their end the terminal has the style that ncurses believes.
  package mutating func shortened(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count, !isOff {
      let end = ControlSequence.end(of: bytes, from: place)
      let part = bytes[place..<end]
      place = end
      if part.first != ControlSequence.escape {
        // Back to the left edge, or one cell back: nothing is drawn.
        if part.contains(where: { $0 != 0x0D && $0 != 0x08 }) { settle(&result) }
        result += part
      } else if part.last == UInt8(ascii: "m"), part.count > 2 {
        var look = wanted ?? Look()
        isOff = !look.take(part.dropFirst(2).dropLast())
        if isOff {
          settle(&result)
          result += part
        } else {
          wanted = look
        }
      } else if part.count == 3, part.dropFirst().first == UInt8(ascii: "("), let letters = part.last {
        wanted = wanted ?? Look()
        wanted?.letters = letters
      } else {
        if !(part.last.map(Self.drawsNothing) ?? false) { settle(&result) }
        result += part
      }
    }
    if !isOff { settle(&result) }
    return result + bytes[place...]
  }

  /// Whether a sequence of this final byte moves the cursor or sets a mode.
  private static func drawsNothing(_ final: UInt8) -> Bool {
    switch final {
    case UInt8(ascii: "A")...UInt8(ascii: "D"), UInt8(ascii: "G"), UInt8(ascii: "H"), UInt8(ascii: "d"),
      UInt8(ascii: "f"), UInt8(ascii: "h"), UInt8(ascii: "l"):
      true
    default: false
    }
  }

  private mutating func settle(_ result: inout [UInt8]) {
    guard let wanted, wanted != sent else { return }
    wanted.append(after: sent, to: &result)
    sent = wanted
  }
}

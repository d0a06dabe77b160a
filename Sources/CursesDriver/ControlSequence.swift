/// Control sequences of ECMA-48 in what is sent to a terminal.
enum ControlSequence {
  static let escape: UInt8 = 0x1B

  /// The end of the run without sequences, or of the sequence, that begins at `start`.
  static func end(of bytes: [UInt8], from start: Int) -> Int {
    var place = start + 1
    guard bytes[start] == escape else {
      while place < bytes.count, bytes[place] != escape { place += 1 }
      return place
    }
    guard place < bytes.count, bytes[place] == UInt8(ascii: "[") else {
      return min(bytes.count, place + (place < bytes.count && bytes[place] == UInt8(ascii: "(") ? 2 : 1))
    }
    place += 1
    while place < bytes.count, !(0x40...0x7E).contains(bytes[place]) { place += 1 }
    return min(bytes.count, place + 1)
  }
}

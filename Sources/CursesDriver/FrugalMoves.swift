/// What ncurses sends, with fewer bytes for movements: farther than a few columns it names row and column, where the column
/// alone (CHA, ECMA-48, 8.3.9) would do within a row.
///
/// For terminals that have CHA. Of whole sequences, as `FrugalStyles` takes them.
package struct FrugalMoves {
  /// Of the cursor, as it is written; nil where it is not known.
  private var row: [UInt8]?
  /// The cursor is not right of it.
  private var reached = 0
  private let width: Int

  /// - Parameter width: columns of the terminal: behind the last one the row may be another.
  package init(width: Int) { self.width = width }

  /// Others have written to the terminal.
  package mutating func forget() { row = nil }

  package mutating func shortened(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      let end = ControlSequence.end(of: bytes, from: place)
      let part = bytes[place..<end]
      place = end
      if let (row, column) = Self.position(part) {
        if self.row?.elementsEqual(row) == true {
          result += [ControlSequence.escape, UInt8(ascii: "[")] + column + [UInt8(ascii: "G")]
        } else {
          result += part
        }
        self.row = [UInt8](row)
        reached = Self.number(column)
      } else {
        if !staysInRow(part) { row = nil }
        result += part
      }
    }
    return result
  }

  /// Row and column of a sequence that names both.
  private static func position(_ part: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
    guard part.first == ControlSequence.escape, part.last == UInt8(ascii: "H"), part.count > 4 else {
      return nil
    }
    let numbers = part.dropFirst(2).dropLast().split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    guard numbers.count == 2,
      numbers.allSatisfy({
        !$0.isEmpty && $0.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
      })
    else { return nil }
    return (numbers[0], numbers[1])
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.prefix(6).reduce(0) { 0x30...0x39 ~= $1 ? $0 * 10 + Int($1) - 0x30 : $0 }
  }

  private mutating func staysInRow(_ part: ArraySlice<UInt8>) -> Bool {
    guard part.first == ControlSequence.escape else { return takesText(part) }
    guard part.count > 2, part.dropFirst().first == UInt8(ascii: "[") else {
      return part.dropFirst().first == UInt8(ascii: "(")
    }
    switch part.last {
    // Styles, erasing, deleting and inserting within the row, and movements within it.
    case UInt8(ascii: "m"), UInt8(ascii: "K"), UInt8(ascii: "X"), UInt8(ascii: "P"), UInt8(ascii: "@"),
      UInt8(ascii: "D"):
      return true
    case UInt8(ascii: "C"):
      reached += max(1, Self.number(part.dropFirst(2).dropLast()))
      return true
    case UInt8(ascii: "G"):
      reached = Self.number(part.dropFirst(2).dropLast())
      return true
    case UInt8(ascii: "b"):
      reached += 2 * Self.number(part.dropFirst(2).dropLast())
      return reached < width
    default: return false
    }
  }

  /// A run of letters: whether it stays before the last column, each at most as wide as two where it is not of ASCII.
  private mutating func takesText(_ part: ArraySlice<UInt8>) -> Bool {
    var stays = true
    for byte in part {
      switch byte {
      case 0x0D: reached = 1
      case 0x08, 0x80..<0xC0: break
      case 0x20..<0x7F: reached += 1
      case 0xC0...: reached += 2
      // All other controls may do anything.
      default: stays = false
      }
      stays = stays && reached < width
    }
    return stays
  }
}

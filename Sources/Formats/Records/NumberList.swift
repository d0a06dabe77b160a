/// A list of numbers in a cell: JSON, or as NumPy prints it, "[1.5 2.5]".
enum NumberList {
  /// Hands out each value; NaN where it is no finite number.
  /// - Returns: false where the cell is no list of numbers.
  static func forEach(_ cell: UnsafeRawBufferPointer, _ body: (Double) -> Void) -> Bool {
    guard cell.count >= 2, cell[0] == UInt8(ascii: "["), cell[cell.count - 1] == UInt8(ascii: "]") else {
      return false
    }
    var position = 1
    let end = cell.count - 1
    while position < end {
      if isSeparator(cell[position]) {
        position += 1
        continue
      }
      let start = position
      while position < end, !isSeparator(cell[position]) { position += 1 }
      let value = UnsafeRawBufferPointer(rebasing: cell[start..<position])
      guard let number = CellValue.number(value) ?? CellValue.nonFinite(value) else { return false }
      body(number)
    }
    return true
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: true
    default: false
    }
  }
}

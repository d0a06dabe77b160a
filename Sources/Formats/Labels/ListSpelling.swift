/// A list in one cell: JSON, or as Python prints lists, tuples and sets: "['a', 'b']", "[1, 2]", "{'a'}".
enum ListSpelling {
  private static func closing(_ bracket: UInt8) -> UInt8? {
    switch bracket {
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    default: nil
    }
  }

  /// Whether a cell spells a list: in brackets stands nothing, or only strings in quotes, numbers and words that stand
  /// for constants, with commas between. "[UNK]" and "(other)" are names.
  static func isList(_ cell: UnsafeRawBufferPointer) -> Bool {
    let text = CellValue.trimmed(cell)
    guard text.count >= 2, let closing = closing(text[0]), text[text.count - 1] == closing else {
      return false
    }
    var position = 1
    let end = text.count - 1
    var isNext = true
    while true {
      while position < end, text[position] == 0x20 { position += 1 }
      guard position < end else { return true }
      if text[position] == UInt8(ascii: ",") {
        position += 1
        isNext = true
        continue
      }
      guard isNext, let behind = element(text, from: position, end: end) else { return false }
      position = behind
      isNext = false
    }
  }

  /// Behind the string, the number or the word that begins here; nil where none does.
  private static func element(_ text: UnsafeRawBufferPointer, from start: Int, end: Int) -> Int? {
    var position = start
    let quote = text[start]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      position += 1
      while position < end, text[position] != quote {
        position += text[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      return position < end ? position + 1 : nil
    }
    while position < end, text[position] != UInt8(ascii: ","), text[position] != 0x20 { position += 1 }
    let word = UnsafeRawBufferPointer(rebasing: text[start..<position])
    let isConstant = ["None", "True", "False", "null", "true", "false", "nan"].contains {
      word.elementsEqual($0.utf8)
    }
    return isConstant || CellValue.number(word) != nil ? position : nil
  }
}

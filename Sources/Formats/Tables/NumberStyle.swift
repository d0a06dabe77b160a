/// How people write numbers beside plain decimals: "1,234.5", "1.234,5", "12%", "$3.50".
struct NumberStyle: Equatable {
  enum Marks: Equatable {
    /// "," between thousands, "." before decimals.
    case commaGroups
    /// "," before decimals, "." or spaces between thousands.
    case commaDecimals
    case plain
  }
  var marks: Marks
  /// A percent sign or a sign of currency stands beside the digits.
  var sign: String?

  var sentence: String {
    let marks: String? =
      switch marks {
      case .commaGroups: "',' between thousands"
      case .commaDecimals: "',' before decimals"
      case .plain: nil
      }
    return [marks, sign.map { "'\($0)' beside them" }].compactMap { $0 }.joined(separator: " and ")
  }

  static let signs = ["%", "$", "€", "£", "¥", "₹", "USD", "EUR", "GBP", "CHF", "JPY"]

  /// The number that the cell means in this style; nil where it means none.
  func number(_ cell: UnsafeRawBufferPointer) -> Double? {
    guard let core = Self.withoutSign(cell, sign) else { return nil }
    guard marks != .plain else { return CellValue.number(core) }
    var plain: [UInt8] = []
    for byte in core {
      switch (byte, marks) {
      case (UInt8(ascii: ","), .commaGroups), (UInt8(ascii: "."), .commaDecimals), (0x20, .commaDecimals):
        break
      case (UInt8(ascii: ","), .commaDecimals): plain.append(UInt8(ascii: "."))
      default: plain.append(byte)
      }
    }
    return CellValue.number(plain)
  }

  /// The digits of a cell, without the sign that may stand before or behind them.
  static func withoutSign(_ cell: UnsafeRawBufferPointer, _ sign: String?) -> [UInt8]? {
    var bytes = Array(CellValue.trimmed(cell))
    guard let sign else { return bytes }
    let mark = Array(sign.utf8)
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes.removeFirst() }
    if bytes.starts(with: mark) {
      bytes.removeFirst(mark.count)
    } else if bytes.reversed().starts(with: mark.reversed()) {
      bytes.removeLast(mark.count)
    }
    return (isNegative ? [UInt8(ascii: "-")] : []) + bytes.filter { $0 != 0x20 }
  }
}

/// Finds the one style in which all cells of a column are numbers, where they are not so as they stand.
struct NumberStyleSearch {
  private var filled = 0
  private var sign: String?
  private var isOneSign = true
  /// Whether each comma so far stands before groups of three digits, and whether one has to be before decimals.
  private var hasGroups = false
  private var hasDecimals = false
  /// Whether a plain number has a point, which no comma can be a decimal mark beside.
  private var hasPoints = false
  private var isBroken = false

  mutating func append(_ cell: UnsafeRawBufferPointer) {
    guard !isBroken else { return }
    filled += 1
    guard CellValue.number(cell) == nil else {
      hasPoints = hasPoints || cell.contains(UInt8(ascii: "."))
      return
    }
    guard cell.count <= 64 else { return isBroken = true }
    let text = String(decoding: cell, as: UTF8.self)
    let own = NumberStyle.signs.first { text.contains($0) }
    if let own {
      isOneSign = isOneSign && (sign ?? own) == own
      sign = own
    }
    guard isOneSign, let core = NumberStyle.withoutSign(cell, own) else { return isBroken = true }
    guard CellValue.number(core) == nil else { return }
    noteMarks(
      core.first == UInt8(ascii: "-") || core.first == UInt8(ascii: "+") ? core.dropFirst() : core[...])
  }

  /// "1,234,567.8" or "1.234.567,8" or "0,5".
  private mutating func noteMarks(_ core: ArraySlice<UInt8>) {
    let comma = UInt8(ascii: ",")
    let point = UInt8(ascii: ".")
    guard core.allSatisfy({ (48...57).contains($0) || $0 == comma || $0 == point }), core.contains(comma)
    else {
      return isBroken = true
    }
    let lastComma = core.lastIndex(of: comma) ?? core.startIndex
    let lastPoint = core.lastIndex(of: point)
    if let lastPoint, lastPoint > lastComma {
      hasGroups = true
      isBroken = !Self.areGroups(core[..<lastPoint], mark: comma)
    } else if lastPoint != nil {
      hasDecimals = true
      isBroken = core.count { $0 == comma } > 1 || !Self.areGroups(core[..<lastComma], mark: point)
    } else if Self.areGroups(core, mark: comma) {
      // Groups of three digits, or three decimals: other cells tell.
      hasGroups = hasGroups || core.count { $0 == comma } > 1 || core.first != UInt8(ascii: "0")
    } else {
      hasDecimals = true
      isBroken = core.count { $0 == comma } > 1
    }
  }

  /// One to three digits, then groups of three behind each mark.
  private static func areGroups(_ digits: ArraySlice<UInt8>, mark: UInt8) -> Bool {
    let groups = digits.split(separator: mark, omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.count) else { return false }
    return groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// Nil where the cells are plain numbers, or none.
  var style: NumberStyle? {
    guard filled > 0, !isBroken, isOneSign else { return nil }
    if hasDecimals { return hasPoints ? nil : NumberStyle(marks: .commaDecimals, sign: sign) }
    if hasGroups { return NumberStyle(marks: .commaGroups, sign: sign) }
    return sign.map { NumberStyle(marks: .plain, sign: $0) }
  }
}

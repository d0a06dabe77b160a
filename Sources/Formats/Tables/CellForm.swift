/// What the cells of a column have in common in the first rows: enough to tell a cell of it from a piece of prose.
struct CellForm {
  private enum Rule {
    /// Anything may stand there.
    case free
    case numbers
    /// Few names that come again, and the shapes that they have.
    case names(Set<[UInt8]>, shapes: Set<[UInt8]>)
    /// Few shapes, such as those of ids and of times.
    case shapes(Set<[UInt8]>)
  }
  enum Fit { case yes, no, open }

  private let rule: Rule
  private static let minCells = 8
  private static let maxShapes = 4
  private static let cellLimit = 64

  /// - Parameter cells: of the first rows.
  init(_ cells: [[UInt8]]) {
    let filled = cells.filter { !$0.isEmpty }
    guard filled.count >= Self.minCells, !filled.contains(where: { $0.count > Self.cellLimit }) else {
      rule = .free
      return
    }
    guard filled.contains(where: { CellValue.number($0) == nil }) else {
      rule = .numbers
      return
    }
    let names = Set(filled)
    let shapes = Set(filled.map(Self.shape))
    if 3 * names.count <= filled.count {
      rule = .names(names, shapes: shapes)
    } else {
      rule = shapes.count <= Self.maxShapes ? .shapes(shapes) : .free
    }
  }

  /// Whether a cell could stand in the column; open where it may or may not.
  func fit(_ cell: Slice<UnsafeRawBufferPointer>) -> Fit {
    guard !cell.isEmpty else { return .open }
    switch rule {
    case .free: return .open
    case .numbers: return CellValue.number(Array(cell)) == nil ? .no : .yes
    case .names(let names, let shapes):
      guard cell.count <= Self.cellLimit else { return .no }
      let cell = Array(cell)
      return names.contains(cell) ? .yes : shapes.contains(Self.shape(cell)) ? .open : .no
    case .shapes(let shapes):
      return cell.count <= Self.cellLimit && shapes.contains(Self.shape(Array(cell))) ? .yes : .no
    }
  }

  /// Runs of digits as one digit, runs of letters as one letter, all else as it stands.
  private static func shape(_ cell: [UInt8]) -> [UInt8] {
    var shape: [UInt8] = []
    for byte in cell {
      let kind: UInt8 =
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(ascii: "9")
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...0xFF:
          UInt8(ascii: "a")
        default: byte
        }
      let isRun = kind == UInt8(ascii: "9") || kind == UInt8(ascii: "a")
      if !isRun || shape.last != kind { shape.append(kind) }
    }
    return shape
  }
}

import Model

/// Codes for repeated names in the order of the names by code point, whatever the order of the rows.
struct CategoryBuilder {
  private var codes: [Int32] = []
  private var interner = ByteInterner()

  /// An empty cell, or one of spaces only, is missing.
  mutating func append(_ cell: UnsafeRawBufferPointer?) {
    guard let cell, !CellValue.isBlank(cell) else { return codes.append(Categories.missing) }
    codes.append(interner.code(of: cell))
  }

  /// The codes in order of appearance with their names.
  var interned: (codes: [Int32], names: ByteInterner) { (codes, interner) }

  consuming func finish() -> Categories {
    let interner = interner
    let order = (0..<interner.count).sorted { interner.name($0).lexicographicallyPrecedes(interner.name($1)) }
    var places = [Int32](repeating: 0, count: order.count)
    for (place, code) in order.enumerated() { places[code] = Int32(place) }
    return Categories(
      codes: Column(codes.map { $0 == Categories.missing ? $0 : places[Int($0)] }),
      names: order.map(interner.string))
  }
}

/// A feature column as numbers: it is one where at least half of the cells that are not empty are finite numbers. The
/// others are NaN, and are noted by line.
struct NumberColumnBuilder {
  private(set) var numbers: [Double] = []
  /// How its numbers are written, where they are no plain decimals.
  let style: NumberStyle?
  private var filled = 0
  private var unusable = 0
  private var unusableLines: [Int] = []
  private static let listed = 10

  init(style: NumberStyle?) { self.style = style }

  mutating func append(_ cell: UnsafeRawBufferPointer?, line: Int) {
    guard let cell, !CellValue.isBlank(cell) else { return numbers.append(.nan) }
    let number = if let style { style.number(cell) } else { CellValue.number(cell) }
    numbers.append(number ?? .nan)
    filled += 1
    if number == nil {
      unusable += 1
      if unusableLines.count < Self.listed { unusableLines.append(line) }
    }
  }

  var areNumbers: Bool { 2 * unusable <= filled }

  /// Said of a column in which numbers and others stand side by side, or which is written in a way of its own.
  var note: String? {
    let reading = style.map { "read as numbers with \($0.sentence)" }
    guard unusable > 0, unusable < filled else { return areNumbers ? reading : nil }
    let lines = unusableLines.map(String.init).joined(separator: ", ")
    let more = unusable > Self.listed ? ", …" : ""
    let others = areNumbers ? reading.map { "; \($0)" } ?? "" : "; all are read as names"
    return "\(unusable) of \(filled) cells are no finite numbers (lines \(lines)\(more))\(others)"
  }
}

/// Lists of numbers of one length, as rows of a matrix; NaN where a row has none.
struct ListColumnBuilder {
  let width: Int
  private var values: [Float] = []
  private(set) var unusable = 0
  /// The line of the first row without such a list.
  private(set) var firstUnusable: Int?

  init(width: Int) { self.width = width }

  mutating func append(_ cell: UnsafeRawBufferPointer?, line: Int) {
    let start = values.count
    let limit = start + width
    var count = 0
    var areFinite = true
    let isList =
      cell.map { cell in
        NumberList.forEach(cell) { value in
          if count < width { values.append(Float(value)) }
          areFinite = areFinite && value.isFinite
          count += 1
        }
      } ?? false
    if isList, areFinite, count == width { return }
    unusable += 1
    firstUnusable = firstUnusable ?? line
    values.removeLast(values.count - start)
    values.append(contentsOf: repeatElement(.nan, count: limit - start))
  }

  func matrix(rows: Int) -> Matrix { Matrix(rows: rows, columns: width, values: values) }
}

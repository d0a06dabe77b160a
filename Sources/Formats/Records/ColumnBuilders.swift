import Model

/// Codes for repeated names in the order of the names by code point, whatever the order of the rows.
struct CategoryBuilder {
  private let codes = ColumnBuilder<Int32>()
  private var interner = ByteInterner()

  /// An empty cell, or one of spaces only, is missing.
  mutating func append(_ cell: UnsafeRawBufferPointer?) {
    guard let cell, !CellValue.isBlank(cell) else { return codes.append(Categories.missing) }
    codes.append(interner.code(of: cell))
  }

  /// The rows of another, behind its own.
  mutating func append(_ other: CategoryBuilder) {
    let own = (0..<other.interner.count).map { code in
      other.interner.name(code).withUnsafeBytes { interner.code(of: $0) }
    }
    for code in other.codes.elements { codes.append(code == Categories.missing ? code : own[Int(code)]) }
  }

  /// The codes in order of appearance with their names.
  var interned: (codes: [Int32], names: ByteInterner) { (Array(codes.elements), interner) }

  consuming func finish() -> Categories {
    let interner = interner
    let order = (0..<interner.count).sorted { interner.name($0).lexicographicallyPrecedes(interner.name($1)) }
    var places = [Int32](repeating: 0, count: order.count)
    for (place, code) in order.enumerated() { places[code] = Int32(place) }
    for row in 0..<codes.count where codes[row] != Categories.missing {
      codes[row] = places[Int(codes[row])]
    }
    return Categories(codes: codes.finish(), names: order.map(interner.string))
  }
}

/// A feature column as numbers: it is one where at least half of the cells that are not empty are finite numbers. The
/// others are NaN, and are noted by line.
struct NumberColumnBuilder {
  let numbers = ColumnBuilder<Double>()
  /// How its numbers are written, where they are no plain decimals.
  let style: NumberStyle?
  private var empty = 0
  private var unusable = 0
  private var unusableLines: [Int] = []
  private static let listed = 10
  /// Cells that are not empty.
  private var filled: Int { numbers.count - empty }

  init(style: NumberStyle?) { self.style = style }

  /// In place in the loop over all cells of all rows, but for cells that hardly occur.
  @inline(__always)
  mutating func append(_ cell: UnsafeRawBufferPointer?, line: Int) {
    if style == nil, let cell, let number = FewDigits.number(cell) { return numbers.append(number) }
    appendOther(cell, line: line)
  }

  @inline(never)
  private mutating func appendOther(_ cell: UnsafeRawBufferPointer?, line: Int) {
    guard let cell, !CellValue.isBlank(cell) else { return appendEmpty() }
    append(if: style.map { $0.number(cell) } ?? CellValue.number(cell), line: line)
  }

  private mutating func appendEmpty() {
    numbers.append(.nan)
    empty += 1
  }

  /// A cell that is not empty.
  /// - Parameter number: nil where it is no finite number.
  mutating func append(if number: Double?, line: Int) {
    numbers.append(number ?? .nan)
    if number == nil {
      unusable += 1
      if unusableLines.count < Self.listed { unusableLines.append(line) }
    }
  }

  /// The rows of another, behind its own.
  mutating func append(_ other: NumberColumnBuilder, linesBefore lines: Int) {
    numbers.append(contentsOf: other.numbers.elements)
    empty += other.empty
    unusable += other.unusable
    unusableLines += other.unusableLines.prefix(Self.listed - unusableLines.count).map { $0 + lines }
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
  private let values = ColumnBuilder<Float>()
  private(set) var unusable = 0
  /// The line of the first row without such a list.
  private(set) var firstUnusable: Int?

  init(width: Int) { self.width = width }

  mutating func append(_ cell: UnsafeRawBufferPointer?, line: Int) {
    let start = values.count
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
    values.truncate(to: start)
    appendUnusable(line: line)
  }

  /// Values as they are stored; what is of another length or not finite is unusable.
  mutating func append(_ list: UnsafeBufferPointer<Float>, line: Int) {
    guard list.count == width, list.allSatisfy(\.isFinite) else { return appendUnusable(line: line) }
    values.append(contentsOf: list)
  }

  /// The rows of another, behind its own.
  mutating func append(_ other: ListColumnBuilder, linesBefore lines: Int) {
    values.append(contentsOf: other.values.elements)
    unusable += other.unusable
    firstUnusable = firstUnusable ?? other.firstUnusable.map { $0 + lines }
  }

  private mutating func appendUnusable(line: Int) {
    unusable += 1
    firstUnusable = firstUnusable ?? line
    values.append(repeating: .nan, count: width)
  }

  func matrix(rows: Int) -> Matrix { Matrix(rows: rows, columns: width, values: values.finish()) }
}

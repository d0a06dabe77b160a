/// What the first rows show of a column: its type, and whether it plays a role.
struct ColumnProfile {
  private(set) var rows = 0
  private(set) var filled = 0
  private(set) var numbers = 0
  private(set) var wholeNumbers = 0
  private(set) var times = 0
  private(set) var lists = 0
  private(set) var numberLists = 0
  private(set) var objects = 0
  private(set) var words = 0
  /// Different cells, or how they begin.
  private(set) var distinct: Set<[UInt8]> = []
  private(set) var examples: [String] = []
  /// Whether the cells so far are whole numbers that rise by one.
  private(set) var isRunning = true
  private var last: Int?
  private var styleSearch = NumberStyleSearch()
  /// The line of the first list or object.
  private(set) var firstNestedLine: Int?
  /// Values in each list of numbers, where all have the same; 0 where they have not.
  private(set) var listLength: Int?

  static let rowLimit = 1000
  private static let exampleLength = 60

  mutating func append(_ record: Record, _ column: Int) {
    rows += 1
    record.withCell(column) { cell in
      guard let cell, !CellValue.isBlank(cell) else { return isRunning = false }
      filled += 1
      note(cell, record.kind(column), line: record.line)
    }
  }

  private mutating func note(_ cell: UnsafeRawBufferPointer, _ kind: Record.Kind, line: Int) {
    if examples.count < 3 {
      let text = String(decoding: cell.prefix(4 * Self.exampleLength), as: UTF8.self)
      let example = text.count > Self.exampleLength ? text.prefix(Self.exampleLength) + "…" : text[...]
      if !examples.contains(String(example)) { examples.append(String(example)) }
    }
    if kind == .object { objects += 1 }
    if kind == .list { lists += 1 }
    if kind == .object || kind == .list, firstNestedLine == nil { firstNestedLine = line }
    if cell[0] == UInt8(ascii: "["), let count = NumberList.count(cell) {
      numberLists += 1
      listLength = listLength ?? count == count ? count : 0
    }
    guard kind != .list, kind != .object else { return isRunning = false }
    distinct.insert([UInt8](cell.prefix(256)))
    let number = CellValue.number(cell)
    if let number {
      numbers += 1
      if number == number.rounded() { wholeNumbers += 1 }
    }
    styleSearch.append(cell)
    if CellValue.time(cell) != nil { times += 1 }
    words += CellValue.wordCount(cell)
    let whole = number.flatMap { Int(exactly: $0) }
    isRunning = isRunning && whole != nil && (last.map { $0 + 1 == whole } ?? (whole == 0 || whole == 1))
    last = whole
  }

  var areNumbers: Bool { filled > 0 && 2 * numbers >= filled && lists + objects == 0 }
  var areLists: Bool { filled > 0 && 2 * lists > filled }
  var areNumberLists: Bool { filled > 0 && numberLists == filled && (listLength ?? 0) > 0 }
  /// Surely texts: names of people and places have fewer words.
  var areSentences: Bool { areTexts && words >= 6 * filled && 10 * distinct.count > 9 * filled }
  /// Sentences rather than names: several words each, hardly ever the same.
  var areTexts: Bool {
    filled > 0 && lists + objects + numberLists == 0 && !areNumbers && words >= 4 * filled
      && 2 * distinct.count > filled
  }
  /// Few names that come again and again.
  var areCategories: Bool {
    filled >= 4 && lists + objects == 0 && !areTexts && distinct.count <= 50 && 3 * distinct.count <= filled
  }
  /// A number that only counts the rows.
  var isIndex: Bool { rows > 1 && filled == rows && isRunning }

  /// How its numbers are written where they are no plain decimals.
  var numberStyle: NumberStyle? { lists + objects == 0 ? styleSearch.style : nil }

  var type: String {
    if filled == 0 { return "empty" }
    if areNumberLists { return "list of numbers" }
    if areLists { return "list" }
    if 2 * objects > filled { return "object" }
    if areNumbers { return wholeNumbers == numbers ? "whole number" : "number" }
    if times == filled { return "time" }
    if numberStyle != nil { return "number" }
    return areTexts ? "text" : "category"
  }
}

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
  /// Strings that are lists of messages.
  private(set) var turnStrings = 0
  private(set) var words = 0
  /// Different cells, or how they begin.
  private(set) var distinct: Set<[UInt8]> = []
  private(set) var examples: [String] = []
  private var running = RunningNumbers()
  private var styleSearch = NumberStyleSearch()
  /// How many lists of numbers have how many values, and how many have one with decimals.
  private var listLengths: [Int: Int] = [:]
  private var fractionLists = 0
  static let rowLimit = 1000
  private static let exampleLength = 60

  mutating func append(_ record: Record, _ column: Int) {
    rows += 1
    record.withCell(column) { cell in
      guard let cell, !CellValue.isBlank(cell) else { return running.end() }
      filled += 1
      note(cell, record.kind(column))
    }
  }

  private mutating func note(_ cell: UnsafeRawBufferPointer, _ kind: Record.Kind) {
    if examples.count < 3 {
      let text = String(decoding: cell.prefix(4 * Self.exampleLength), as: UTF8.self)
      let example = text.count > Self.exampleLength ? text.prefix(Self.exampleLength) + "…" : text[...]
      if !examples.contains(String(example)) { examples.append(String(example)) }
    }
    if kind == .object { objects += 1 }
    if kind == .list { lists += 1 }
    if cell[0] == UInt8(ascii: "[") { noteList(cell, kind) }
    guard kind != .list, kind != .object else { return running.end() }
    distinct.insert([UInt8](cell.prefix(256)))
    let number = CellValue.number(cell)
    if let number {
      numbers += 1
      if number == number.rounded() { wholeNumbers += 1 }
    }
    styleSearch.append(cell)
    if CellValue.time(cell) != nil { times += 1 }
    words += CellValue.wordCount(cell)
    running.append(number.flatMap { Int(exactly: $0) })
  }

  private mutating func noteList(_ cell: UnsafeRawBufferPointer, _ kind: Record.Kind) {
    var count = 0
    var hasFraction = false
    let isList = NumberList.forEach(cell) { value in
      count += 1
      hasFraction = hasFraction || value != value.rounded()
    }
    if isList, count > 0 {
      numberLists += 1
      listLengths[count, default: 0] += 1
      if hasFraction { fractionLists += 1 }
    } else if kind == .text, TextBuilder.areTurns(cell) {
      turnStrings += 1
    }
  }

  /// Values in most lists of numbers; 0 where there are none.
  var listLength: Int {
    listLengths.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }
  var areTurnStrings: Bool { filled > 0 && 2 * turnStrings > filled }

  var areNumbers: Bool { filled > 0 && 2 * numbers >= filled && lists + objects == 0 }
  /// What are no numbers, however they are written.
  var holdNames: Bool { filled > 0 && 2 * numbers < filled && numberStyle == nil }
  var areLists: Bool { filled > 0 && 2 * lists > filled }
  /// Lists of as many numbers each; of few rows they may be of another length, or hold what is no number.
  var areNumberLists: Bool {
    let usual = listLengths[listLength] ?? 0
    return 2 * usual > filled
  }
  /// Lists of one length, but for a few rows.
  var areEvenLists: Bool { 10 * (listLengths[listLength] ?? 0) >= 9 * filled && filled > 0 }
  var haveFractions: Bool { 2 * fractionLists > filled }
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
  var isIndex: Bool { rows > 1 && filled == rows && running.isIndex }
  /// Whole numbers or names that are another in each row, as an index has them once its rows were shuffled or named.
  var isKey: Bool {
    rows >= 8 && filled == rows && distinct.count == rows && !areTexts && lists + objects == 0
      && (numbers == 0 || wholeNumbers == rows)
  }

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

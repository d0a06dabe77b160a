/// One row of a table or one JSON object, with its cells by column. The cells lie where they stand in the text, or in a
/// scratch buffer where quotes or escapes had to be taken off; both stay until the next record is read.
package struct Record {
  package enum Kind: Sendable {
    /// No such member, or null.
    case missing
    /// What stands in a table, or a JSON string.
    case text
    case number, bool
    /// Nested JSON, as it stands.
    case list, object
  }
  struct Field {
    /// In the text, or in `scratch`.
    var start = 0
    var end = 0
    /// As it stands in the text, quotes included.
    var place = 0..<0
    var isInScratch = false
    var kind = Kind.missing
  }

  /// Its first line in the file, from 1.
  package internal(set) var line = 1
  /// The bytes that it takes, its line end and blank lines after it included.
  package internal(set) var bytes = 0..<0
  /// Where the record itself ends, before what stands between it and the next.
  package internal(set) var end = 0
  var fields: [Field] = []
  var scratch: [UInt8] = []
  var text = UnsafeRawBufferPointer(start: nil, count: 0)

  package init() {}

  package var count: Int { fields.count }
  package func kind(_ index: Int) -> Kind { fields[index].kind }
  /// The bytes of a cell as they stand in the text, its quotes included.
  package func place(_ index: Int) -> Range<Int> { fields[index].place }

  /// The cell's bytes without quotes and escapes; nil where it is missing.
  func withCell<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
    let field = fields[index]
    if field.kind == .missing { return body(nil) }
    if !field.isInScratch { return body(UnsafeRawBufferPointer(rebasing: text[field.start..<field.end])) }
    return scratch.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[field.start..<field.end])) }
  }

  /// Hands `body` the cells of the columns, each with its place among them: for loops over all cells of all rows, in which
  /// nothing is to be retained for each.
  @inline(__always)
  func forEachCell(of columns: [Int], _ body: (_ place: Int, _ cell: UnsafeRawBufferPointer?) -> Void) {
    scratch.withUnsafeBytes { scratch in
      fields.withUnsafeBufferPointer { fields in
        for place in columns.indices {
          let field = fields[columns[place]]
          guard field.kind != .missing else {
            body(place, nil)
            continue
          }
          let bytes = field.isInScratch ? scratch : text
          body(place, UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end]))
        }
      }
    }
  }

  package func field(_ index: Int) -> ArraySlice<UInt8> {
    withCell(index) { cell in cell.map { ArraySlice($0) } ?? [] }
  }
  package func string(_ index: Int) -> String {
    withCell(index) { cell in cell.map { String(decoding: $0, as: UTF8.self) } ?? "" }
  }

  mutating func begin(at position: Int, line: Int) {
    self.line = line
    bytes = position..<position
    fields.removeAll(keepingCapacity: true)
    scratch.removeAll(keepingCapacity: true)
  }
}

extension UnsafeRawBufferPointer {
  static var empty: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }
}

import Glibc

/// The columns that nested objects give: each value by its path, such as "user.name". Knows in which order the names of
/// an object stood last, so that objects of one form are read without a search.
struct JSONPaths {
  private struct Node {
    /// Name as it stands between the quotes, escapes included.
    let name: [UInt8]
    /// With the names above it.
    let path: String
    /// Nil until a value that is no object stands here.
    var column: Int?
    var children: [Int] = []
    /// The children by their names, once there are more than are searched one by one.
    var index: [[UInt8]: Int] = [:]
  }
  private static let searchedLimit = 16
  /// Objects that lie deeper are read as they stand.
  private static let depthLimit = 16

  private(set) var columns: [String] = []
  private var columnOf: [String: Int] = [:]
  private var nodes = [Node(name: [], path: "")]
  /// Whether paths that were not seen before become columns.
  private var isOpen = true
  /// Whether a value has stood at a path that is no column.
  private(set) var hasOthers = false

  init() {}

  /// - Parameter columns: all that there are.
  init(columns: [String]) {
    self.columns = columns
    columnOf = Dictionary(zip(columns, columns.indices), uniquingKeysWith: { first, _ in first })
    isOpen = false
  }

  /// From here on the columns stay what they are.
  mutating func close() { isOpen = false }

  /// Reads the object in `range` into `record`, one field a column. Where a path stands twice the last value counts.
  mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, into record: inout Record
  ) throws(JSONCursor.Problem) {
    var cursor = JSONCursor(bytes, in: range, allowsNonFinite: true)
    cursor.skipSpaces()
    guard cursor.next == UInt8(ascii: "{") else { throw cursor.problem("a JSON object is expected") }
    record.text = bytes
    for _ in 0..<columns.count { record.fields.append(Record.Field()) }
    try object(&cursor, node: 0, depth: 0, &record)
    cursor.skipSpaces()
    guard cursor.next == nil else { throw cursor.problem("something follows the value") }
  }

  private mutating func object(
    _ cursor: inout JSONCursor, node: Int, depth: Int, _ record: inout Record
  ) throws(JSONCursor.Problem) {
    var hint = 0
    try cursor.members { cursor, name throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      let isObject = cursor.next == UInt8(ascii: "{") && depth + 1 < Self.depthLimit
      let child = child(of: node, name, in: cursor.bytes, hint: &hint)
      if isObject { return try object(&cursor, node: child, depth: depth + 1, &record) }
      let field = try Self.field(&cursor, depth: depth + 1, &record)
      if let column = try column(of: child, cursor, &record) { record.fields[column] = field }
    }
  }

  private mutating func child(
    of node: Int, _ name: JSONCursor.Text, in bytes: UnsafeRawBufferPointer, hint: inout Int
  ) -> Int {
    let written = UnsafeRawBufferPointer(rebasing: bytes[name.range])
    if let place = place(of: written, below: node, hint) {
      hint = place + 1
      return nodes[node].children[place]
    }
    let above = nodes[node].path
    let path = (above.isEmpty ? "" : above + ".") + JSONParser.string(name, in: bytes)
    nodes.append(Node(name: Array(written), path: path))
    nodes[node].index[Array(written)] = nodes[node].children.count
    nodes[node].children.append(nodes.count - 1)
    hint = nodes[node].children.count
    return nodes.count - 1
  }

  private func place(of name: UnsafeRawBufferPointer, below node: Int, _ hint: Int) -> Int? {
    let count = nodes[node].children.count
    guard count > 0 else { return nil }
    let hint = hint < count ? hint : 0
    if isCalled(nodes[node].children[hint], name) { return hint }
    guard count <= Self.searchedLimit else { return nodes[node].index[Array(name)] }
    return (1..<count).lazy.map { (hint + $0) % count }.first {
      isCalled(nodes[node].children[$0], name)
    }
  }

  private func isCalled(_ node: Int, _ name: UnsafeRawBufferPointer) -> Bool {
    nodes[node].name.withUnsafeBytes { own in
      guard own.count == name.count else { return false }
      guard let first = own.baseAddress, let second = name.baseAddress else { return true }
      return memcmp(first, second, own.count) == 0
    }
  }

  private mutating func column(of node: Int, _ cursor: JSONCursor, _ record: inout Record)
    throws(JSONCursor.Problem) -> Int?
  {
    if let column = nodes[node].column { return column }
    // The same path may be written in two ways: with escapes, or as one name with a dot in it.
    let known = columnOf[nodes[node].path]
    guard isOpen || known != nil else {
      hasOthers = true
      return nil
    }
    let column = known ?? columns.count
    if known == nil {
      guard columns.count < CSVReader.columnLimit else {
        throw cursor.problem("more than \(CSVReader.columnLimit) members in all")
      }
      columnOf[nodes[node].path] = column
      columns.append(nodes[node].path)
      record.fields.append(Record.Field())
    }
    nodes[node].column = column
    return column
  }

  private static func field(
    _ cursor: inout JSONCursor, depth: Int, _ record: inout Record
  ) throws(JSONCursor.Problem) -> Record.Field {
    let start = cursor.position
    var field = Record.Field(start: start)
    if cursor.next == UInt8(ascii: "\"") {
      let text = try cursor.string()
      field.kind = .text
      (field.start, field.end) = (text.range.lowerBound, text.range.upperBound)
      if text.hasEscapes {
        field.isInScratch = true
        field.start = record.scratch.count
        JSONText.decode(text, in: cursor.bytes, into: &record.scratch)
        field.end = record.scratch.count
      }
    } else {
      let kind = try cursor.skipValue(depth: depth)
      field.end = cursor.position
      switch kind {
      case .null: field.kind = .missing
      case .bool: field.kind = .bool
      // NaN is how libraries write a number that is missing.
      case .number: field.kind = cursor.bytes[start] == UInt8(ascii: "N") ? .missing : .number
      case .array: field.kind = .list
      case .object: field.kind = .object
      case .string: field.kind = .text
      }
    }
    field.place = start..<cursor.position
    return field
  }
}

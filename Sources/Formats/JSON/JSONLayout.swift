/// How a file of JSON holds its objects.
enum JSONForm: Equatable {
  /// One a line: JSON Lines.
  case lines
  /// One after the other, over several lines each.
  case objects
  /// Elements of an array, the whole of the file or a member of its one object.
  case array
  /// One object with a list, or an object of the same keys, for each column.
  case columns

  var name: String {
    switch self {
    case .lines: "JSON Lines"
    case .objects: "JSON objects"
    case .array: "JSON array"
    case .columns: "JSON columns"
    }
  }
}

/// Where the objects of a file of JSON lie.
struct JSONLayout {
  let form: JSONForm
  /// Where the first object, or the first line, may stand.
  let start: Int
  /// Whether all of the file is one object that is a row, not a table.
  let isOneRow: Bool

  static let lines = JSONLayout(form: .lines, start: 0)

  /// Looks at the beginning of the text, or at all of it where it is one object.
  /// - Parameter isLines: the file's name says JSON Lines.
  init(_ bytes: UnsafeRawBufferPointer, start: Int, isLines: Bool) {
    var cursor = JSONCursor(bytes, in: start..<bytes.count, allowsNonFinite: true)
    cursor.skipSpaces()
    let first = cursor.position
    if cursor.next == UInt8(ascii: "[") {
      self.init(form: .array, start: first + 1)
      return
    }
    guard cursor.next == UInt8(ascii: "{"), (try? cursor.skipValue()) != nil else {
      self.init(form: .lines, start: start)
      return
    }
    let isOneLine = !bytes[first..<cursor.position].contains(UInt8(ascii: "\n"))
    cursor.skipSpaces()
    let isAlone = cursor.position == bytes.count
    if isAlone, !(isOneLine && isLines), let inner = Self.onlyObject(bytes, at: first) {
      self = inner
    } else {
      self.init(
        form: isOneLine ? .lines : .objects, start: isOneLine ? start : first, isOneRow: isAlone)
    }
  }

  private init(form: JSONForm, start: Int, isOneRow: Bool = false) {
    self.form = form
    self.start = start
    self.isOneRow = isOneRow
  }

  /// What the one object of a file holds: columns, or in one of its members an array of objects. Nil for a row.
  private static func onlyObject(_ bytes: UnsafeRawBufferPointer, at start: Int) -> JSONLayout? {
    var cursor = JSONCursor(bytes, in: start..<bytes.count, allowsNonFinite: true)
    var counts: [Int?] = []
    var arrays: [Int] = []
    try? cursor.members { cursor, _ throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      let place = cursor.position
      counts.append(try count(&cursor))
      if isArrayOfObjects(bytes, at: place) { arrays.append(place + 1) }
    }
    if let array = arrays.first, arrays.count == 1 { return JSONLayout(form: .array, start: array) }
    guard counts.count > 1, let rows = counts.first, rows != nil, counts.allSatisfy({ $0 == rows }) else {
      return nil
    }
    return JSONLayout(form: .columns, start: start)
  }

  private static func isArrayOfObjects(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    guard bytes[place] == UInt8(ascii: "[") else { return false }
    var cursor = JSONCursor(bytes, in: place + 1..<bytes.count)
    cursor.skipSpaces()
    return cursor.next == UInt8(ascii: "{")
  }

  /// Goes over a value; the number of its elements or members, nil for a scalar.
  private static func count(_ cursor: inout JSONCursor) throws(JSONCursor.Problem) -> Int? {
    var count = 0
    switch cursor.next {
    case UInt8(ascii: "["):
      try cursor.elements { cursor throws(JSONCursor.Problem) in
        try cursor.skipValue(depth: 1)
        count += 1
      }
      return count
    case UInt8(ascii: "{"):
      try cursor.members { cursor, _ throws(JSONCursor.Problem) in
        try cursor.skipValue(depth: 1)
        count += 1
      }
      return count
    default:
      try cursor.skipValue()
      return nil
    }
  }
}

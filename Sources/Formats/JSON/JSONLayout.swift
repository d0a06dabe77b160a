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
  /// One object with an object for each row, under the row's name.
  case index
  /// One object with the names of the columns and a list for each row, as pandas calls "split".
  case split

  var name: String {
    switch self {
    case .lines: "JSON Lines"
    case .objects: "JSON objects"
    case .array: "JSON array"
    case .columns: "JSON columns"
    case .index: "JSON rows by name"
    case .split: "JSON split"
    }
  }

  /// Whether its rows have no places of their own in the file.
  var isRewritten: Bool { self == .columns || self == .index || self == .split }
}

/// Where the objects of a file of JSON lie.
struct JSONLayout {
  let form: JSONForm
  /// Where the first object, or the first line, may stand.
  let start: Int
  /// Where all of the file is one object that is no table: why not.
  let noTable: String?

  static let lines = JSONLayout(form: .lines, start: 0)

  /// The same objects from another place on.
  func starting(at place: Int) -> JSONLayout { JSONLayout(form: form, start: place) }

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
    var reason: String?
    if isAlone, !(isOneLine && isLines) {
      let object = JSONOnlyObject(bytes, at: first)
      if let place = object.place {
        self.init(form: place.form, start: place.start)
        return
      }
      reason = object.reason
    }
    self.init(form: isOneLine ? .lines : .objects, start: isOneLine ? start : first, noTable: reason)
  }

  private init(form: JSONForm, start: Int, noTable: String? = nil) {
    self.form = form
    self.start = start
    self.noTable = noTable
  }
}

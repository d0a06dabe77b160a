/// One JSON value (RFC 8259) from bytes. Ill-formed UTF-8 in strings becomes U+FFFD; numbers that overflow become
/// infinite, which callers treat as unusable.
package enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order of the file; a name that stands twice keeps its last value.
  case object([Member])

  package struct Member: Sendable, Equatable {
    package let name: String
    package var value: JSONValue
  }

  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }
}

/// Builds values from what `JSONCursor` walks over.
package enum JSONParser {
  package typealias Problem = JSONCursor.Problem
  package static let nestingLimit = JSONCursor.nestingLimit

  /// Parses the one value in `range`.
  package static func parse(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) throws(Problem)
    -> JSONValue
  {
    var cursor = JSONCursor(bytes, in: range)
    let value = try value(&cursor, depth: 0)
    cursor.skipSpaces()
    guard cursor.position == cursor.end else { throw cursor.problem("something follows the value") }
    return value
  }

  /// The bytes of the values that the object in `bytes` gives its member `name`; empty where there is none or the
  /// value is no object.
  package static func places(of name: String, in bytes: UnsafeRawBufferPointer) throws(Problem) -> [Range<
    Int
  >] {
    var cursor = JSONCursor(bytes, in: 0..<bytes.count)
    var places: [Range<Int>] = []
    cursor.skipSpaces()
    guard cursor.next == UInt8(ascii: "{") else { return [] }
    try cursor.members { cursor, member throws(Problem) in
      cursor.skipSpaces()
      let start = cursor.position
      try cursor.skipValue(depth: 1)
      if string(member, in: bytes) == name { places.append(start..<cursor.position) }
    }
    return places
  }

  static func string(_ text: JSONCursor.Text, in bytes: UnsafeRawBufferPointer) -> String {
    guard text.hasEscapes else { return String(decoding: bytes[text.range], as: UTF8.self) }
    var content: [UInt8] = []
    JSONText.decode(text, in: bytes, into: &content)
    return String(decoding: content, as: UTF8.self)
  }

  private static func value(_ cursor: inout JSONCursor, depth: Int) throws(Problem) -> JSONValue {
    guard depth < nestingLimit else { throw cursor.problem("nested deeper than \(nestingLimit)") }
    cursor.skipSpaces()
    let start = cursor.position
    switch cursor.next {
    case UInt8(ascii: "{"):
      var members: [JSONValue.Member] = []
      try cursor.members { cursor, name throws(Problem) in
        let name = string(name, in: cursor.bytes)
        members.append(.init(name: name, value: try value(&cursor, depth: depth + 1)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      try cursor.elements { cursor throws(Problem) in values.append(try value(&cursor, depth: depth + 1)) }
      return .array(values)
    case UInt8(ascii: "\""):
      let text = try cursor.string()
      return .string(string(text, in: cursor.bytes))
    default:
      switch try cursor.skipValue(depth: depth) {
      case .null: return .null
      case .bool: return .bool(cursor.bytes[start] == UInt8(ascii: "t"))
      default:
        let digits = String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)
        guard let number = Double(digits) else { throw cursor.problem("not a number") }
        return .number(number)
      }
    }
  }
}

/// One object with an object for each row (pandas "index"), or with lists of names and of rows ("split"), made into one
/// object a row.
enum JSONRowsByName {
  private static let quote = UInt8(ascii: "\"")

  /// Lines of the rows of an object that begins at `start`. Their names become the member "id", or "index" where they
  /// only count the rows; where the rows have a member of that name already they are left out.
  static func lines(_ bytes: UnsafeRawBufferPointer, start: Int) throws(JSONCursor.Problem) -> [UInt8] {
    var rows: [(name: Range<Int>, value: Range<Int>)] = []
    var hasMember: Set<String> = []
    var cursor = JSONCursor(bytes, in: start..<bytes.count, allowsNonFinite: true)
    try cursor.members { cursor, name throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      let place = cursor.position
      try cursor.members { cursor, name throws(JSONCursor.Problem) in
        hasMember.insert(JSONParser.string(name, in: cursor.bytes))
        try cursor.skipValue(depth: 2)
      }
      rows.append((name.range, place..<cursor.position))
    }
    let isCount = rows.enumerated().allSatisfy { bytes[$1.name].elementsEqual(String($0).utf8) }
    let member = isCount ? "index" : "id"
    let isNamed = !hasMember.contains(where: { ColumnNames.folded($0) == member })
    var lines: [UInt8] = []
    for row in rows {
      lines.append(UInt8(ascii: "{"))
      if isNamed {
        lines += JSONText.string(member) + [UInt8(ascii: ":"), quote] + bytes[row.name] + [quote]
        if !isEmpty(bytes[row.value]) { lines.append(UInt8(ascii: ",")) }
      }
      append(bytes[row.value].dropFirst(), to: &lines)
      lines.append(10)
    }
    return lines
  }

  private static func isEmpty(_ object: Slice<UnsafeRawBufferPointer>) -> Bool {
    !object.contains(UInt8(ascii: ":"))
  }

  /// A line feed within a value would end the line; outside strings it is a space.
  private static func append(_ value: Slice<UnsafeRawBufferPointer>, to lines: inout [UInt8]) {
    lines.append(contentsOf: value.lazy.map { $0 == 10 || $0 == 13 ? 0x20 : $0 })
  }

  /// Lines of "columns" and "data"; "index" only counts the rows, as pandas writes it, or names them.
  static func linesOfSplit(_ bytes: UnsafeRawBufferPointer, start: Int) throws(JSONCursor.Problem) -> [UInt8]
  {
    var names: [Range<Int>] = []
    var rows: [(place: Int, values: [Range<Int>])] = []
    var cursor = JSONCursor(bytes, in: start..<bytes.count, allowsNonFinite: true)
    try cursor.members { cursor, name throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      switch JSONParser.string(name, in: cursor.bytes) {
      case "columns": names = try values(&cursor)
      case "data":
        try cursor.elements { cursor throws(JSONCursor.Problem) in
          cursor.skipSpaces()
          let place = cursor.position
          guard cursor.next == UInt8(ascii: "[") else {
            throw cursor.problem("a list for each row is expected")
          }
          rows.append((place, try values(&cursor)))
        }
      default: try cursor.skipValue(depth: 1)
      }
    }
    guard names.allSatisfy({ bytes[$0.lowerBound] == quote }) else {
      throw JSONCursor.Problem(byte: start, message: "a name in \"columns\" is no string")
    }
    var lines: [UInt8] = []
    for row in rows {
      guard row.values.count == names.count else {
        throw JSONCursor.Problem(
          byte: row.place, message: "a row has \(row.values.count) values for \(names.count) columns")
      }
      lines.append(UInt8(ascii: "{"))
      for (place, value) in row.values.enumerated() {
        if place > 0 { lines.append(UInt8(ascii: ",")) }
        lines += bytes[names[place]]
        lines.append(UInt8(ascii: ":"))
        append(bytes[value], to: &lines)
      }
      lines += [UInt8(ascii: "}"), 10]
    }
    return lines
  }

  /// Where the elements of the list that begins here lie.
  private static func values(_ cursor: inout JSONCursor) throws(JSONCursor.Problem) -> [Range<Int>] {
    var values: [Range<Int>] = []
    try cursor.elements { cursor throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      let start = cursor.position
      try cursor.skipValue(depth: 1)
      values.append(start..<cursor.position)
    }
    return values
  }
}

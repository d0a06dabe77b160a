/// A dict of columns, as pandas writes it, made into one object a row: lists of one length, or objects of the same keys
/// in the same order.
enum JSONColumns {
  /// - Returns: JSON Lines; the values as they stand, taken from the ranges of the text.
  /// - Throws: where a column has other rows than the first.
  static func lines(_ bytes: UnsafeRawBufferPointer, start: Int) throws(JSONCursor.Problem) -> [UInt8] {
    var columns: [(name: Range<Int>, values: [Range<Int>])] = []
    var keys: [Range<Int>] = []
    var cursor = JSONCursor(bytes, in: start..<bytes.count, allowsNonFinite: true)
    try cursor.members { cursor, name throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      var values: [Range<Int>] = []
      var ownKeys: [Range<Int>] = []
      let isList = cursor.next == UInt8(ascii: "[")
      if isList {
        try cursor.elements { cursor throws(JSONCursor.Problem) in values.append(try value(&cursor)) }
      } else {
        try cursor.members { cursor, key throws(JSONCursor.Problem) in
          ownKeys.append(key.range)
          values.append(try value(&cursor))
        }
      }
      if columns.isEmpty { keys = ownKeys }
      let sameKeys =
        keys.count == ownKeys.count && zip(keys, ownKeys).allSatisfy { bytes[$0].elementsEqual(bytes[$1]) }
      guard sameKeys, values.count == columns.first?.values.count ?? values.count else {
        throw cursor.problem("a column has other rows than the first")
      }
      columns.append((name.range, values))
    }
    return written(columns, keys: keys, bytes)
  }

  private static func value(_ cursor: inout JSONCursor) throws(JSONCursor.Problem) -> Range<Int> {
    cursor.skipSpaces()
    let start = cursor.position
    try cursor.skipValue(depth: 1)
    return start..<cursor.position
  }

  private static func written(
    _ columns: [(name: Range<Int>, values: [Range<Int>])], keys: [Range<Int>], _ bytes: UnsafeRawBufferPointer
  ) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    var lines: [UInt8] = []
    for row in 0..<(columns.first?.values.count ?? 0) {
      lines.append(UInt8(ascii: "{"))
      for (place, column) in columns.enumerated() {
        if place > 0 { lines.append(UInt8(ascii: ",")) }
        lines.append(quote)
        lines.append(contentsOf: bytes[column.name])
        lines.append(contentsOf: [quote, UInt8(ascii: ":")])
        // A line feed within a value would end the line; outside strings it is a space.
        lines.append(contentsOf: bytes[column.values[row]].lazy.map { $0 == 10 || $0 == 13 ? 0x20 : $0 })
      }
      lines.append(contentsOf: [UInt8(ascii: "}"), 10])
    }
    return lines
  }
}

import Model

/// The one object that is all of a file: a table in one of the forms that pandas and people write, or why it is none.
struct JSONOnlyObject {
  private struct Member {
    let name: String
    /// Where its value begins.
    let start: Int
    /// Elements or members of its value; nil of a scalar.
    let count: Int?
  }

  private let bytes: UnsafeRawBufferPointer
  private let start: Int
  private var members: [Member] = []
  /// Said of what dataset.json holds.
  static let description = "describes a dataset; give the folder that it lies in"
  private static let listed = 8
  /// So many rows are looked at where names do not tell rows from columns.
  private static let sampled = 20

  init(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    self.bytes = bytes
    self.start = start
    var members: [Member] = []
    var cursor = cursor(at: start)
    try? cursor.members { cursor, name throws(JSONCursor.Problem) in
      cursor.skipSpaces()
      let place = cursor.position
      let name = JSONParser.string(name, in: cursor.bytes)
      members.append(Member(name: name, start: place, count: try Self.count(&cursor)))
    }
    self.members = members
  }

  /// Which form of table it is, and where that begins; nil where it is none.
  var place: (form: JSONForm, start: Int)? {
    if isSplit { return (.split, start) }
    let arrays = arraysOfObjects
    let areLists =
      members.count > 1
      && members.allSatisfy {
        bytes[$0.start] == UInt8(ascii: "[") && $0.count == members[0].count
      }
    // A list of objects stands for a column only beside others that are none.
    if let array = arrays.first, arrays.count == 1, !areLists { return (.array, array.start + 1) }
    guard arrays.count < max(2, members.count), !isDescription, let first = members.first, first.count != nil
    else { return nil }
    let areObjects = members.allSatisfy { bytes[$0.start] == UInt8(ascii: "{") }
    if areObjects, members.count > 1, areRows { return (.index, start) }
    guard members.allSatisfy({ $0.count == first.count }), first.count != 0 else { return nil }
    return members.count > 1 || bytes[first.start] == UInt8(ascii: "[") ? (.columns, start) : nil
  }

  /// Why it is no table.
  var reason: String {
    if isDescription { return Self.description }
    let arrays = arraysOfObjects
    if arrays.count > 1 {
      return
        "holds several tables (\(Self.list(arrays.map(\.name)))); write the one that is meant into a file of its own"
    }
    let areColumns = !members.contains { $0.count == nil }
    if let first = members.first, let other = members.first(where: { $0.count != first.count }), areColumns {
      return
        "its columns have not as many values each: '\(displayText(first.name))' has \(first.count ?? 0), "
        + "'\(displayText(other.name))' has \(other.count ?? 0)"
    }
    return
      "is one object with the members \(Self.list(members.map(\.name))), which is no table: an array of objects, an "
      + "object a line, or a list for each column is expected"
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty
      ? "none"
      : names.prefix(listed).map { displayText($0) }.joined(separator: ", ")
        + (names.count > listed ? ", …" : "")
  }

  private func cursor(at place: Int) -> JSONCursor {
    JSONCursor(bytes, in: place..<bytes.count, allowsNonFinite: true)
  }

  private var arraysOfObjects: [Member] {
    members.filter { begins($0.start, "[", "{") }
  }

  /// Whether a list begins here whose first element begins so.
  private func begins(_ place: Int, _ list: Unicode.Scalar, _ inner: Unicode.Scalar) -> Bool {
    guard bytes[place] == UInt8(ascii: list) else { return false }
    var cursor = cursor(at: place + 1)
    cursor.skipSpaces()
    return cursor.next == UInt8(ascii: inner)
  }

  /// What dataset.json says, whatever stands beside it.
  private var isDescription: Bool {
    let names = members.map(\.name)
    return names.contains { ["modality", "classes", "id2label"].contains($0) }
      || names.allSatisfy { ["name", "n"].contains($0) }
  }

  private var isSplit: Bool {
    let names = members.map(\.name)
    guard Set(names).isSubset(of: ["columns", "index", "data"]), let data = member("data"),
      let columns = member("columns")
    else { return false }
    return begins(columns.start, "[", "\"") && begins(data.start, "[", "[")
  }

  private func member(_ name: String) -> Member? { members.first { $0.name == name } }

  /// Whether objects of objects are rows by their names, not columns: told by names that people give to columns, by
  /// numbers that only count the rows, else by values that are of one type down a column and of several across a row.
  private var areRows: Bool {
    let outer = members.map(\.name)
    var inner: [[(name: String, kind: JSONCursor.Kind)]] = []
    for member in members.prefix(Self.sampled) {
      var values: [(name: String, kind: JSONCursor.Kind)] = []
      var cursor = cursor(at: member.start)
      try? cursor.members { cursor, name throws(JSONCursor.Problem) in
        values.append((JSONParser.string(name, in: cursor.bytes), try cursor.skipValue(depth: 2)))
      }
      inner.append(values)
    }
    let names = Set(inner.flatMap { $0.map(\.name) })
    let areKnown = (names.contains(where: ColumnNames.isKnown), outer.contains(where: ColumnNames.isKnown))
    if areKnown.0 != areKnown.1 { return areKnown.0 }
    let areNumbers = (
      names.allSatisfy { Int($0) != nil }, outer.allSatisfy { Int($0) != nil }
    )
    if areNumbers.0 != areNumbers.1 { return areNumbers.1 }
    let across = inner.allSatisfy { Self.areOfOneType($0.map(\.kind)) }
    let down = names.allSatisfy { name in
      Self.areOfOneType(inner.compactMap { row in row.first { $0.name == name }?.kind })
    }
    return down && !across
  }

  private static func areOfOneType(_ kinds: [JSONCursor.Kind]) -> Bool {
    Set(kinds.filter { $0 != .null }).count <= 1
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

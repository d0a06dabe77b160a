import TestSupport

/// Rows with a structure, a map, a list of messages and a list of numbers, as a stream of Arrow and as JSON Lines.
enum NestedArrow {
  static let count = 40

  private static func isNull(_ row: Int) -> Bool { row % 7 == 3 }
  private static func vector(_ row: Int) -> [Float] { (0..<4).map { Float(row * $0) / 10 - 1 } }

  static let lines = (0..<count).map { row in
    let user =
      isNull(row) ? #"{"name":null,"age":null}"# : #"{"name":"u\#(row % 3)","age":\#(Double(row) / 2)}"#
    let messages = (0...row % 2).map { #"{"role":"user","content":"message \#($0) of \#(row)"}"# }
    let vector = isNull(row) ? "null" : "[" + vector(row).map(\.description).joined(separator: ",") + "]"
    return #"{"id":"s\#(row)","user":\#(user),"counts":{"k0":\#(row),"k1":\#(row % 5)},"#
      + #""messages":[\#(messages.joined(separator: ","))],"embedding":\#(vector),"label":\#(row % 2)}"#
      + "\n"
  }.joined()

  static let stream: ArrowStream = {
    func real(_ name: String, _ precision: UInt64) -> ArrowStream.Field {
      .init(name, 3, [.init(slot: 0, size: 2, value: precision)])
    }
    var stream = ArrowStream([
      .utf8("id"), .init("user", 13, children: [.utf8("name"), real("age", 2)]),
      .init("counts", 17, children: [.init("entries", 13, children: [.utf8("key"), .int64("value")])]),
      .init("messages", 12, children: [.init("item", 13, children: [.utf8("role"), .utf8("content")])]),
      .init("embedding", 12, children: [real("item", 1)]), .int64("label"),
    ])
    for rows in [0..<15, 15..<count] { append(rows, to: &stream) }
    return stream
  }()

  private static func append(_ rows: Range<Int>, to stream: inout ArrowStream) {
    var nodes: [(Int64, Int64)] = []
    var buffers: [[UInt8]] = []
    func node(_ count: Int, _ nulls: [Bool] = []) {
      nodes.append((Int64(count), Int64(nulls.count { $0 })))
      var bits = [UInt8](repeating: 0, count: (nulls.count + 7) / 8)
      for (place, isNull) in nulls.enumerated() where !isNull { bits[place / 8] |= 1 << UInt8(place % 8) }
      buffers.append(bits)
    }
    func texts(_ texts: [String]) {
      let strings = ArrowStream.strings(texts.map { Array($0.utf8) })
      node(texts.count)
      buffers += [strings.ends, strings.bytes]
    }
    func ends(_ counts: [Int]) {
      var sum = 0
      buffers.append(
        ArrowStream.little(Int32(0))
          + counts.flatMap { count in
            sum += count
            return ArrowStream.little(Int32(sum))
          })
    }
    let nulls = rows.map(isNull)
    texts(rows.map { "s\($0)" })
    // What lies beneath a structure that is null means nothing.
    node(rows.count, nulls)
    texts(rows.map { "u\($0 % 3)" })
    node(rows.count)
    buffers.append(rows.flatMap { ArrowStream.little((Double($0) / 2).bitPattern) })
    node(rows.count)
    ends(rows.map { _ in 2 })
    node(2 * rows.count)
    texts(rows.flatMap { _ in ["k0", "k1"] })
    node(2 * rows.count)
    buffers.append(rows.flatMap { ArrowStream.little(Int64($0), Int64($0 % 5)) })
    node(rows.count)
    let messages = rows.flatMap { row in (0...row % 2).map { "message \($0) of \(row)" } }
    ends(rows.map { $0 % 2 + 1 })
    node(messages.count)
    texts(messages.map { _ in "user" })
    texts(messages)
    node(rows.count, nulls)
    ends(rows.map { isNull($0) ? 0 : 4 })
    let values = rows.filter { !isNull($0) }.flatMap(vector)
    node(values.count)
    buffers.append(values.flatMap { ArrowStream.little($0.bitPattern) })
    node(rows.count)
    buffers.append(rows.flatMap { ArrowStream.little(Int64($0 % 2)) })
    stream.append(rows: Int64(rows.count), nodes: nodes, buffers: buffers)
  }
}

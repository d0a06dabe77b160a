import Arrow
import TestSupport
import Testing
import Values

@Suite struct CopyTests {
  /// Three batches of three rows, with strings that are null and a number each.
  private static func stream(codec: UInt64? = nil) -> [UInt8] {
    var stream = ArrowStream([.int64("n"), .utf8("t")], metadata: [("key", "value")])
    for batch in 0..<3 {
      let strings = ArrowStream.strings([Array("one \(batch)".utf8), [], Array("three \(batch)".utf8)])
      let numbers = (0..<3).flatMap { ArrowStream.little(Int64(batch * 3 + $0)) }
      stream.append(
        rows: 3, nodes: [(3, 0), (3, 1)], buffers: [[], numbers, [0b101], strings.ends, strings.bytes])
    }
    return stream.bytes
  }

  @Test func whatIsKeptKeepsItsValues() throws {
    let file = try TestFile(Self.stream()).open()
    let rows = try file.rows()
    for kept in [[], [0], [0, 1, 2], [1, 3, 4, 5, 8], Array(0..<9)] {
      let copy = try TestFile(try file.copied(kept)).open()
      #expect(try copy.rows() == kept.map { rows[$0] })
      #expect(copy.schema.metadata == ["key": "value"])
    }
    #expect(
      Array(try file.copied(Array(0..<9)).dropLast(8)) == Self.stream(),
      "nothing is changed, but the end told")
  }

  /// What is left out is nowhere in the file.
  @Test func stringsThatAreLeftOutAreGone() throws {
    let file = try TestFile(Self.stream()).open()
    let copy = try file.copied([0, 1, 3, 4, 5])
    let text = String(decoding: copy, as: UTF8.self)
    #expect(text.contains("one 0") && text.contains("three 1"))
    #expect(!text.contains("three 0") && !text.contains("one 2"))
  }

  @Test func cellsAreReplacedWhereTheyStand() throws {
    let file = try TestFile(Self.stream()).open()
    let numbers = try TestFile(try file.copied([1, 2, 5], replacing: 0, with: [2: .int(-1), 5: .int(.max)]))
      .open()
    #expect(
      try numbers.rows() == [
        #"{"n":1,"t":null}"#, #"{"n":-1,"t":"three 0"}"#, #"{"n":9223372036854775807,"t":"three 1"}"#,
      ])
    let texts = try TestFile(
      try file.copied([1, 2, 3], replacing: 1, with: [1: .string("new"), 3: .string("")])
    ).open()
    #expect(
      try texts.rows() == [
        #"{"n":1,"t":"new"}"#, #"{"n":2,"t":"three 0"}"#, #"{"n":3,"t":""}"#,
      ])
    #expect(throws: ColumnarError.self) { try file.copied([1], replacing: 0, with: [1: .string("x")]) }
    #expect(throws: ColumnarError.self) { try file.copied([1], replacing: 1, with: [1: .int(3)]) }
    #expect(throws: ColumnarError.self) { try file.copied([1, 9]) }
    #expect(throws: ColumnarError.self) { try file.copied([2, 1]) }
  }
}

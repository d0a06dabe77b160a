import Compression
import Parquet
import Testing
import Values

/// Lists and maps in the forms that older writers gave them (LogicalTypes.md, "Nested Types").
@Suite struct NestedFormTests {
  struct Form: Sendable, CustomTestStringConvertible {
    let name: String
    /// The schema below the root, and what its rows are as JSON.
    let elements: [SchemaElement]
    let rows: [String]
    var testDescription: String { name }
  }

  static func group(_ name: String, _ repetition: Int32, converted: Int32? = nil, children: Int32 = 1)
    -> SchemaElement
  {
    SchemaElement(name: name, repetition: repetition, childCount: children, convertedType: converted)
  }
  static func int(_ name: String, _ repetition: Int32) -> SchemaElement {
    SchemaElement(name: name, type: 1, repetition: repetition)
  }

  static let forms = [
    Form(name: "a repeated field", elements: [int("l", 2)], rows: ["[1,2]", "[3]"]),
    Form(
      name: "a repeated group", elements: [group("l", 2), int("x", 0)],
      rows: [#"[{"x":1},{"x":2}]"#, #"[{"x":3}]"#]),
    Form(
      name: "three levels", elements: [group("l", 1, converted: 3), group("list", 2), int("element", 1)],
      rows: ["[1,2]", "[3]"]),
    Form(
      name: "three levels of Hive",
      elements: [group("l", 1, converted: 3), group("bag", 2), int("array_element", 1)],
      rows: ["[1,2]", "[3]"]),
    Form(
      name: "two levels", elements: [group("l", 1, converted: 3), int("array", 2)], rows: ["[1,2]", "[3]"]),
    Form(
      name: "two levels of structs called array",
      elements: [group("l", 0, converted: 3), group("array", 2), int("x", 0)],
      rows: [#"[{"x":1},{"x":2}]"#, #"[{"x":3}]"#]),
    Form(
      name: "two levels of structs called as the list",
      elements: [group("l", 0, converted: 3), group("l_tuple", 2), int("x", 0)],
      rows: [#"[{"x":1},{"x":2}]"#, #"[{"x":3}]"#]),
    Form(
      name: "a list annotation on what is no list", elements: [group("l", 0, converted: 3), int("x", 0)],
      rows: [#"{"x":1}"#, #"{"x":2}"#, #"{"x":3}"#]),
    Form(
      name: "a map without values", elements: [group("l", 0, converted: 1), group("map", 2), int("key", 0)],
      rows: ["[1,2]", "[3]"]),
    Form(
      name: "a map of the older name",
      elements: [group("l", 0, converted: 2), group("map", 2, children: 2), int("key", 0), int("value", 0)],
      rows: [#"{"1":1,"2":2}"#, #"{"3":3}"#]),
  ]

  @Test(arguments: forms) func formsAreRead(form: Form) throws {
    let elements = [Self.group("root", 0)] + form.elements
    let schema = try ParquetSchema(elements)
    let sink = TestFile.Sink()
    var writer = try ParquetWriter(schema: elements) { (bytes) throws(ColumnarError) in sink.bytes += bytes }
    writer.beginRowGroup(rowCount: form.rows.count)
    for leaf in schema.leaves {
      let level = UInt8(leaf.maxDefinition)
      try writer.append(
        LeafColumn(
          leaf, rowCount: form.rows.count, definition: [level, level, level],
          repetition: leaf.isFlat ? [] : [0, 1, 0], values: .int32(try Elements(copying: [1, 2, 3]))),
        codec: .uncompressed)
    }
    try writer.finish()
    let rows = try TestFile(sink.bytes).open().rows()
    #expect(rows.map { RenderingTests.json($0[0]) } == form.rows)
  }

  /// As deep as the limits allow, on whatever stack the tests run.
  @Test func theDeepestListsAreRead() throws {
    var type = MadeType.leaf(MadeLeaf(physical: .int32), isOptional: true)
    var value = NestedValue.int(7)
    for _ in 0..<31 {
      type = .list(type, isOptional: true)
      value = .list([value, .null])
    }
    let bytes = try TestFile.made([type], rows: [[value], [.null]], groupSize: 2, codec: .zstd)
    let file = try TestFile(bytes).open()
    #expect(file.schema.leaves[0].maxRepetition == 31)
    let rows = try file.rows()
    #expect(rows == [[value], [.null]])
    #expect(RenderingTests.json(rows[0][0]).hasSuffix(String(repeating: ",null]", count: 31)))
  }

  /// A few bytes of runs can make one row of any length.
  @Test func longRowsAreBounded() throws {
    let type = MadeType.list(.leaf(MadeLeaf(physical: .int32), isOptional: true), isOptional: false)
    let rows = [[NestedValue.list([NestedValue](repeating: .null, count: 5000))]]
    let bytes = try TestFile.made([type], rows: rows, groupSize: 1, codec: .uncompressed)
    #expect(bytes.count < 600)
    var limits = ParquetLimits()
    limits.valuesPerRow = 5001
    #expect(try TestFile(bytes).open(limits: limits).rows() == rows)
    limits.valuesPerRow = 5000
    LyingFileTests.expect(bytes, .limit, "more than 5000 values", limits: limits)
  }

  /// BIT_PACKED levels run from the most significant bit on.
  @Test func levelsOfTheDeprecatedFormAreRead() throws {
    typealias Lie = LyingFile
    let page = Lie.page([0b1010_1010] + LyingFileTests.fourInts, values: 8, levels: 4)
    let file = try TestFile(Lie.column(page, leaf: Lie.leaf(repetition: 1), values: 8)).open()
    #expect(
      try file.rows().map { $0[0] } == [.int(1), .null, .int(2), .null, .int(3), .null, .int(4), .null])
    LyingFileTests.expect(
      Lie.column(Lie.page([], values: 8, levels: 4), leaf: Lie.leaf(repetition: 1), values: 8), .malformed,
      "cut off")
  }
}

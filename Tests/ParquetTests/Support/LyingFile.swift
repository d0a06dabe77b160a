/// Files made by hand, byte by byte, that say what is not so. The compact protocol of Thrift in its simplest form.
struct LyingFile {
  /// A value of the compact protocol.
  indirect enum Value {
    case int32(Int64)
    case int64(Int64)
    case byte(UInt8)
    case bool(Bool)
    case string(String)
    case structure([(Int, Value)])
    case list([Value])
    /// The head of a list of structs, with what is claimed, and whatever follows.
    case claim(count: UInt64, [UInt8])
    /// The length of a string, with what is claimed.
    case longString(UInt64)

    var type: UInt8 {
      switch self {
      case .bool(let value): value ? 1 : 2
      case .byte: 3
      case .int32: 5
      case .int64: 6
      case .string, .longString: 8
      case .list, .claim: 9
      case .structure: 12
      }
    }

    var bytes: [UInt8] {
      switch self {
      case .bool: return []
      case .byte(let value): return [value]
      case .int32(let value), .int64(let value): return varint(UInt64(bitPattern: value << 1 ^ value >> 63))
      case .string(let string): return varint(UInt64(string.utf8.count)) + string.utf8
      case .longString(let length): return varint(length)
      case .claim(let count, let rest): return [0xFC] + varint(count) + rest
      case .list(let values):
        return [0xF0 | (values.first?.type ?? 12)] + varint(UInt64(values.count)) + values.flatMap(\.bytes)
      case .structure(let fields):
        // Each field with its number written whole.
        return fields.flatMap { [$1.type] + varint(UInt64($0) << 1) + $1.bytes } + [0]
      }
    }
  }

  static func varint(_ value: UInt64) -> [UInt8] {
    var value = value
    var bytes: [UInt8] = []
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    return bytes + [UInt8(value)]
  }

  static func little(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// A file with these bytes before its footer.
  static func file(_ pages: [UInt8], footer: [UInt8]) -> [UInt8] {
    Array("PAR1".utf8) + pages + footer + little(UInt32(footer.count)) + Array("PAR1".utf8)
  }

  static func root(_ children: Int64) -> Value {
    .structure([(4, .string("root")), (5, .int32(children))])
  }

  static func leaf(type: Int64 = 1, repetition: Int64 = 0, length: Int64 = 0, name: String = "c") -> Value {
    .structure([
      (1, .int32(type)), (2, .int32(length)), (3, .int32(repetition)), (4, .string(name)),
    ])
  }

  static func chunk(
    type: Int64 = 1, codec: Int64 = 0, values: Int64, offset: Int64 = 4, size: Int64,
    extra: [(Int, Value)] = []
  ) -> Value {
    .structure(
      [
        (2, .int64(0)),
        (
          3,
          .structure([
            (1, .int32(type)), (2, .list([.int32(0)])), (3, .list([.string("c")])), (4, .int32(codec)),
            (5, .int64(values)), (6, .int64(size)), (7, .int64(size)), (9, .int64(offset)),
          ])
        ),
      ] + extra)
  }

  static func group(_ chunks: [Value], rows: Int64) -> Value {
    .structure([(1, .list(chunks)), (2, .int64(0)), (3, .int64(rows))])
  }

  static func footer(schema: Value, rows: Int64, groups: Value) -> [UInt8] {
    Value.structure([(1, .int32(1)), (2, schema), (3, .int64(rows)), (4, groups)]).bytes
  }

  /// A file of one column with one chunk made of `pages`.
  static func column(
    _ pages: [UInt8], leaf: Value = leaf(), type: Int64 = 1, codec: Int64 = 0, values: Int64,
    rows: Int64? = nil,
    extra: [(Int, Value)] = []
  ) -> [UInt8] {
    let rows = rows ?? values
    let chunk = chunk(type: type, codec: codec, values: values, size: Int64(pages.count), extra: extra)
    return file(
      pages,
      footer: footer(schema: .list([root(1), leaf]), rows: rows, groups: .list([group([chunk], rows: rows)])))
  }

  /// A data page of version 1.
  static func page(
    _ body: [UInt8], values: Int64, encoding: Int64 = 0, whole: Int64? = nil, packed: Int64? = nil,
    levels: Int64 = 3
  ) -> [UInt8] {
    Value.structure([
      (1, .int32(0)), (2, .int32(whole ?? Int64(body.count))), (3, .int32(packed ?? Int64(body.count))),
      (
        5,
        .structure([
          (1, .int32(values)), (2, .int32(encoding)), (3, .int32(levels)), (4, .int32(levels)),
        ])
      ),
    ]).bytes + body
  }

  /// A data page of version 2, not compressed.
  static func secondPage(
    repetitions: [UInt8], definitions: [UInt8], _ body: [UInt8], values: Int64, rows: Int64
  ) -> [UInt8] {
    let whole = repetitions + definitions + body
    return Value.structure([
      (1, .int32(3)), (2, .int32(Int64(whole.count))), (3, .int32(Int64(whole.count))),
      (
        8,
        .structure([
          (1, .int32(values)), (2, .int32(0)), (3, .int32(rows)), (4, .int32(0)),
          (5, .int32(Int64(definitions.count))), (6, .int32(Int64(repetitions.count))), (7, .bool(false)),
        ])
      ),
    ]).bytes + whole
  }

  static func dictionary(_ body: [UInt8], values: Int64) -> [UInt8] {
    Value.structure([
      (1, .int32(2)), (2, .int32(Int64(body.count))), (3, .int32(Int64(body.count))),
      (7, .structure([(1, .int32(values)), (2, .int32(0))])),
    ]).bytes + body
  }
}

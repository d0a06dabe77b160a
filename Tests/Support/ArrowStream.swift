import Arrow

/// Arrow IPC streams made of what a test says, also of lies.
package struct ArrowStream {
  /// A field by the number of its type in Schema.fbs and the members of that.
  package struct Field {
    var name: String
    var type: UInt64
    var members: [FlatWriter.Field]
    var children: [Field]
    var dictionary: Int64?

    package init(
      _ name: String, _ type: UInt64, _ members: [FlatWriter.Field] = [], children: [Field] = [],
      dictionary: Int64? = nil
    ) {
      (self.name, self.type, self.members, self.children) = (name, type, members, children)
      self.dictionary = dictionary
    }

    package static func int64(_ name: String) -> Field {
      Field(name, 2, [.init(slot: 0, size: 4, value: 64), .init(slot: 1, size: 1, value: 1)])
    }
    package static func utf8(_ name: String) -> Field { Field(name, 5) }
    package static func binary(_ name: String) -> Field { Field(name, 4) }
  }

  package private(set) var bytes: [UInt8] = []

  package init(_ fields: [Field], metadata: [(String, String)] = []) {
    var writer = FlatWriter()
    let schema = Self.message(.schema, bodySize: 0, &writer)
    let table = writer.table([.offset(1), .offset(2)])
    writer.point(from: schema, to: table.start)
    let list = writer.offsets(count: fields.count)
    writer.point(from: table.places[0], to: list.start)
    for (place, field) in zip(list.places, fields) {
      writer.point(from: place, to: Self.write(field, &writer))
    }
    let pairs = writer.offsets(count: metadata.count)
    writer.point(from: table.places[1], to: pairs.start)
    for (place, (key, value)) in zip(pairs.places, metadata) {
      let pair = writer.table([.offset(0), .offset(1)])
      writer.point(from: place, to: pair.start)
      writer.point(from: pair.places[0], to: writer.string(key))
      writer.point(from: pair.places[1], to: writer.string(value))
    }
    append(&writer, body: [])
  }

  package enum Kind: UInt64 { case schema = 1, dictionary, batch }

  /// - Returns: where the offset of the header lies.
  private static func message(_ kind: Kind, bodySize: Int64, _ writer: inout FlatWriter) -> Int {
    let message = writer.table([
      .init(slot: 3, size: 8, value: UInt64(bitPattern: bodySize)), .offset(2),
      .init(slot: 0, size: 2, value: 4),
      .init(slot: 1, size: 1, value: kind.rawValue),
    ])
    writer.point(from: 0, to: message.start)
    return message.places[1]
  }

  private static func write(_ field: Field, _ writer: inout FlatWriter) -> Int {
    var members: [FlatWriter.Field] = [.offset(0), .offset(3), .offset(5)]
    if field.dictionary != nil { members.append(.offset(4)) }
    members += [.init(slot: 1, size: 1, value: 1), .init(slot: 2, size: 1, value: field.type)]
    let table = writer.table(members)
    writer.point(from: table.places[0], to: writer.string(field.name))
    writer.point(from: table.places[1], to: writer.table(field.members).start)
    let children = writer.offsets(count: field.children.count)
    writer.point(from: table.places[2], to: children.start)
    if let id = field.dictionary {
      let key = writer.table([.init(slot: 0, size: 8, value: UInt64(bitPattern: id))])
      writer.point(from: table.places[3], to: key.start)
    }
    for (place, child) in zip(children.places, field.children) {
      writer.point(from: place, to: write(child, &writer))
    }
    return table.start
  }

  /// What a batch says of itself beside its buffers; by default the truth.
  package struct Claims {
    /// Where buffers lie: offset and length, by their number.
    package var places: [Int: (Int64, Int64)] = [:]
    package var bodySize: Int64?
    /// The number of the codec.
    package var codec: UInt64?
    package init() {}
  }

  /// - Parameters:
  ///   - nodes: length and number of nulls of each.
  ///   - dictionary: the id of the dictionary whose values they are; else they are a record batch.
  package mutating func append(
    rows: Int64, nodes: [(Int64, Int64)], buffers: [[UInt8]], dictionary: Int64? = nil,
    claiming claims: Claims = Claims()
  ) {
    var body: [UInt8] = []
    var places: [Int64] = []
    for (index, buffer) in buffers.enumerated() {
      let place = claims.places[index] ?? (Int64(body.count), Int64(buffer.count))
      places += [place.0, place.1]
      body += buffer + [UInt8](repeating: 0, count: (8 - buffer.count % 8) % 8)
    }
    var writer = FlatWriter()
    var header = Self.message(
      dictionary == nil ? .batch : .dictionary, bodySize: claims.bodySize ?? Int64(body.count), &writer)
    if let dictionary {
      let table = writer.table([.init(slot: 0, size: 8, value: UInt64(bitPattern: dictionary)), .offset(1)])
      writer.point(from: header, to: table.start)
      header = table.places[1]
    }
    var members: [FlatWriter.Field] = [
      .init(slot: 0, size: 8, value: UInt64(bitPattern: rows)), .offset(1), .offset(2),
    ]
    if claims.codec != nil { members.append(.offset(3)) }
    let table = writer.table(members)
    writer.point(from: header, to: table.start)
    writer.point(
      from: table.places[1], to: writer.vector(count: nodes.count, nodes.flatMap { [$0.0, $0.1] }))
    writer.point(from: table.places[2], to: writer.vector(count: buffers.count, places))
    if let codec = claims.codec {
      writer.point(from: table.places[3], to: writer.table([.init(slot: 0, size: 1, value: codec)]).start)
    }
    append(&writer, body: body)
  }

  private mutating func append(_ writer: inout FlatWriter, body: [UInt8]) {
    writer.align(to: 8)
    bytes += [0xFF, 0xFF, 0xFF, 0xFF]
    bytes += Self.little(Int32(writer.bytes.count))
    bytes += writer.bytes
    bytes += body
  }

  package static func little<Number: FixedWidthInteger>(_ values: Number...) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { [UInt8]($0) } }
  }

  /// Ends and bytes of strings, as buffers have them.
  package static func strings(_ strings: [[UInt8]]) -> (ends: [UInt8], bytes: [UInt8]) {
    var ends: [UInt8] = little(Int32(0))
    var bytes: [UInt8] = []
    for string in strings {
      bytes += string
      ends += little(Int32(bytes.count))
    }
    return (ends, bytes)
  }
}

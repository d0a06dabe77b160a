/// Writes messages around the bodies of record batches.
enum MessageWriter {
  /// What ends a stream.
  static let end: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

  /// A record batch but for its body: the mark, the length, and the metadata (Message.fbs).
  static func head(of batch: BatchEncoder, rowCount: Int, version: Int16) -> [UInt8] {
    var writer = FlatWriter()
    let message = writer.table([
      FlatWriter.Field(slot: 3, size: 8, value: UInt64(batch.body.count)),
      .offset(2),
      FlatWriter.Field(slot: 0, size: 2, value: UInt64(version)),
      FlatWriter.Field(slot: 1, size: 1, value: UInt64(ArrowMessage.Kind.batch.rawValue)),
    ])
    writer.point(from: 0, to: message.start)
    var fields = [FlatWriter.Field(slot: 0, size: 8, value: UInt64(rowCount)), .offset(1), .offset(2)]
    if batch.codec != nil { fields.append(.offset(3)) }
    if !batch.variadicCounts.isEmpty { fields.append(.offset(4)) }
    let header = writer.table(fields)
    writer.point(from: message.places[1], to: header.start)
    writer.point(
      from: header.places[1], to: writer.vector(count: batch.nodes.count / 2, batch.nodes))
    writer.point(
      from: header.places[2], to: writer.vector(count: batch.buffers.count / 2, batch.buffers))
    if let codec = batch.codec {
      let compression = writer.table([
        FlatWriter.Field(slot: 0, size: 1, value: UInt64(codec.rawValue)),
        FlatWriter.Field(slot: 1, size: 1, value: 0),
      ])
      writer.point(from: header.places[3], to: compression.start)
    }
    if !batch.variadicCounts.isEmpty, let place = header.places.last {
      writer.point(
        from: place, to: writer.vector(count: batch.variadicCounts.count, batch.variadicCounts))
    }
    writer.align(to: 8)
    var head: [UInt8] = []
    withUnsafeBytes(of: ArrowMessage.mark.littleEndian) { head.append(contentsOf: $0) }
    withUnsafeBytes(of: UInt32(writer.bytes.count).littleEndian) { head.append(contentsOf: $0) }
    return head + writer.bytes
  }
}

import Compression
import Values

/// The record batches of a file, one after the other, and the dictionaries between them.
package struct BatchSequence {
  enum Part {
    case dictionary(ArrowMessage)
    case batch(ArrowBatch, ArrowMessage)
  }
  private let file: ArrowFile
  private var messages: MessageSource
  private var dictionaries: [Int64: ArrowDictionary] = [:]
  private var rows = 0
  private var count = 0

  package init(_ file: ArrowFile) throws(ColumnarError) {
    self.file = file
    messages = try file.messages()
  }

  package mutating func next() throws(ColumnarError) -> ArrowBatch? {
    while let part = try nextPart() {
      if case .batch(let batch, _) = part { return batch }
    }
    return nil
  }

  mutating func nextPart() throws(ColumnarError) -> Part? {
    guard let message = try nextMessage() else { return nil }
    guard message.kind == .batch else { return .dictionary(message) }
    do throws(ColumnarError) {
      let batch = try ArrowBatch(message, dictionaries, file)
      try add(batch.rowCount)
      return .batch(batch, message)
    } catch {
      throw error.located(offset: message.whole.lowerBound)
    }
  }

  /// Where the next batch lies and what its values refer to, without what it holds.
  mutating func nextPlace() throws(ColumnarError) -> ArrowBatchPlace? {
    while let message = try nextMessage() {
      guard message.kind == .batch else { continue }
      do throws(ColumnarError) {
        let reader = try ArrayReader(message.header, message.body, dictionaries, file.limits)
        try add(reader.rowCount)
        return ArrowBatchPlace(rowCount: reader.rowCount, message: message, dictionaries: dictionaries)
      } catch {
        throw error.located(offset: message.whole.lowerBound)
      }
    }
    return nil
  }

  /// The next message; a dictionary has been taken when it is returned.
  private mutating func nextMessage() throws(ColumnarError) -> ArrowMessage? {
    guard let message = try messages.next(file.bytes, limits: file.limits) else { return nil }
    do throws(ColumnarError) {
      count += 1
      guard count <= file.limits.messages else {
        throw ColumnarError(.limit, "more than \(file.limits.messages) messages")
      }
      switch message.kind {
      case .schema: throw ColumnarError(.malformed, "a second schema")
      case .dictionary: try take(message)
      case .batch: break
      }
      return message
    } catch {
      throw error.located(offset: message.whole.lowerBound)
    }
  }

  private mutating func add(_ rowCount: Int) throws(ColumnarError) {
    rows += rowCount
    guard rows <= file.limits.rows else {
      throw ColumnarError(.limit, "more than \(file.limits.rows) rows")
    }
  }

  /// `DictionaryBatch` of Message.fbs: values that are new, or come behind those that there are.
  private mutating func take(_ message: ArrowMessage) throws(ColumnarError) {
    let id = try message.header.number(0, Int64.self)
    guard let field = file.schema.dictionaries[id] else {
      throw ColumnarError(.malformed, "dictionary \(id) belongs to no field")
    }
    guard let data = try message.header.table(1) else {
      throw ColumnarError(.malformed, "dictionary \(id) has no values")
    }
    var reader = try ArrayReader(data, message.body, dictionaries, file.limits)
    let values = try reader.array(field, length: reader.rowCount)
    let isDelta = try message.header.bool(2)
    let dictionary = (isDelta ? dictionaries[id] : nil) ?? ArrowDictionary()
    dictionary.append(values, depth: reader.depth + 1)
    guard dictionary.depth <= file.limits.depth else {
      throw ColumnarError(.limit, "dictionaries of dictionaries deeper than \(file.limits.depth)")
    }
    dictionaries[id] = dictionary
  }
}

/// A batch that is read when it is asked for.
struct ArrowBatchPlace: Sendable {
  let rowCount: Int
  let message: ArrowMessage
  /// As they were before it.
  let dictionaries: [Int64: ArrowDictionary]
}

/// Some rows of all columns.
package struct ArrowBatch: Sendable {
  package let rowCount: Int
  package let columns: [ArrowArray]
  /// That its buffers are compressed with; nil where they are not.
  let codec: BufferCodec?
}

extension ArrowBatch {
  init(
    _ message: ArrowMessage, _ dictionaries: [Int64: ArrowDictionary], _ file: ArrowFile
  ) throws(ColumnarError) {
    var reader = try ArrayReader(message.header, message.body, dictionaries, file.limits)
    var columns: [ArrowArray] = []
    for field in file.schema.fields {
      columns.append(try reader.array(field, length: reader.rowCount))
    }
    self.init(rowCount: reader.rowCount, columns: columns, codec: reader.codec)
  }
}

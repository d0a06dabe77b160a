import Compression
import Values

/// Reads the arrays of a record batch (`RecordBatch` of Message.fbs): nodes and buffers stand in the order of the fields,
/// each before those beneath it. Sizes and offsets are checked here, once; indices of dictionaries and views are where they
/// are followed, as those of values that are null, or lie in one that is, may be anything.
struct ArrayReader {
  let rowCount: Int
  let codec: BufferCodec?
  /// Of the dictionaries that were used.
  private(set) var depth = 0
  let table: FlatTable
  let nodes: FlatVector?
  var nextNode = 0
  private let variadicCounts: FlatVector?
  private var nextVariadic = 0
  var buffers: BodyBuffers
  private let dictionaries: [Int64: ArrowDictionary]
  private let limits: ArrowLimits
  private var roomless = 0

  init(
    _ table: FlatTable, _ body: ArrowBytes, _ dictionaries: [Int64: ArrowDictionary], _ limits: ArrowLimits
  ) throws(ColumnarError) {
    let rows = try table.number(0, Int64.self)
    guard rows >= 0, rows <= limits.rowsPerBatch else {
      throw ColumnarError(.limit, "a batch of \(rows) rows, more than \(limits.rowsPerBatch)")
    }
    rowCount = Int(rows)
    self.table = table
    self.dictionaries = dictionaries
    self.limits = limits
    nodes = try table.vector(1, of: 16)
    variadicCounts = try table.vector(4, of: 8)
    buffers = try BodyBuffers(table, body, limits)
    codec = buffers.codec
  }

  /// - Parameter length: the number of values that there must be at least.
  mutating func array(_ field: ArrowField, length: Int) throws(ColumnarError) -> ArrowArray {
    do throws(ColumnarError) {
      return try read(field, length)
    } catch {
      throw error.located(beneath: field.name)
    }
  }

  private mutating func read(_ field: ArrowField, _ least: Int) throws(ColumnarError) -> ArrowArray {
    let (length, nullCount) = try node()
    guard length >= least else { throw ColumnarError(.malformed, "\(length) values where \(least) must be") }
    if field.type == .null, field.dictionary == nil {
      try takeRoomless(length)
      return ArrowArray(field: field, length: length, validity: nil, storage: .null)
    }
    let bits = try buffers.next()
    guard nullCount == 0 || bits.count >= (length + 7) / 8 else {
      throw ColumnarError(.malformed, "the bits of \(length) values do not fit \(bits.count) bytes")
    }
    let validity = nullCount == 0 ? nil : bits
    let storage = try storage(field, length)
    return ArrowArray(field: field, length: length, validity: validity, storage: storage)
  }

  private mutating func storage(_ field: ArrowField, _ length: Int) throws(ColumnarError)
    -> ArrowArray.Storage
  {
    if let key = field.dictionary { return try dictionary(key, length) }
    if let width = field.type.width {
      if width == 0 { try takeRoomless(length) }
      return .fixed(try fixed(length, width), width: width)
    }
    switch field.type {
    case .bool: return .bits(try sized((length + 7) / 8, for: length))
    case .bytes(_, let isLarge):
      let offsets = try offsets(length, isLarge)
      let data = try buffers.next()
      try check(offsets, length, limit: data.count)
      return .bytes(offsets, data)
    case .views: return try views(length)
    case .list(let isLarge):
      let offsets = try offsets(length, isLarge)
      let values = try array(field.children[0], length: 0)
      try check(offsets, length, limit: values.length)
      return .list(offsets, values)
    case .map:
      let offsets = try offsets(length, false)
      let entries = try array(field.children[0], length: 0)
      try check(offsets, length, limit: entries.length)
      return .list(offsets, entries)
    case .fixedList(let count):
      if count == 0 { try takeRoomless(length) }
      let (total, overflow) = length.multipliedReportingOverflow(by: count)
      guard !overflow else { throw ColumnarError(.malformed, "\(length) lists of \(count) values") }
      return .fixedList(count, try array(field.children[0], length: total))
    default:
      if field.children.isEmpty { try takeRoomless(length) }
      var children: [ArrowArray] = []
      for child in field.children { children.append(try array(child, length: length)) }
      return .structure(children)
    }
  }

  /// Values that cost a file nothing must not cost the reader much.
  private mutating func takeRoomless(_ length: Int) throws(ColumnarError) {
    guard length <= limits.roomlessValues - roomless else {
      throw ColumnarError(
        .limit, "a batch with more than \(limits.roomlessValues) values that take no room in the file")
    }
    roomless += length
  }

  private mutating func dictionary(_ key: ArrowDictionaryKey, _ length: Int) throws(ColumnarError)
    -> ArrowArray.Storage
  {
    let indices = ArrowIndices(bytes: try fixed(length, key.bits / 8), key: key)
    guard let dictionary = dictionaries[key.id] else {
      throw ColumnarError(.malformed, "its dictionary \(key.id) is not there")
    }
    depth = max(depth, dictionary.depth)
    return .dictionary(indices, dictionary)
  }

  private mutating func views(_ length: Int) throws(ColumnarError) -> ArrowArray.Storage {
    let views = try fixed(length, ArrowView.size)
    guard let variadicCounts, nextVariadic < variadicCounts.count else {
      throw ColumnarError(.malformed, "does not tell the number of its buffers")
    }
    let count = table.bytes.load(Int64.self, at: variadicCounts.place(nextVariadic))
    nextVariadic += 1
    var data: [ArrowBytes] = []
    // Each is one of the buffers of the message, so that their number ends this.
    var left = count
    while left > 0 {
      data.append(try buffers.next())
      left -= 1
    }
    return .views(views, data)
  }
}

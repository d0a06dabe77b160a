import Compression

/// Reads the arrays of a record batch (`RecordBatch` of Message.fbs): nodes and buffers stand in the order of the fields,
/// each before those beneath it. Sizes and offsets are checked here, once; indices of dictionaries and views are where they
/// are followed, as those of values that are null, or lie in one that is, may be anything.
struct ArrayReader {
  let rowCount: Int
  let codec: BufferCodec?
  /// Of the dictionaries that were used.
  private(set) var depth = 0
  private let table: FlatTable
  private let nodes: FlatVector?
  private var nextNode = 0
  private let variadicCounts: FlatVector?
  private var nextVariadic = 0
  private var buffers: BodyBuffers
  private let dictionaries: [Int64: ArrowDictionary]
  private let limits: ArrowLimits
  private var roomless = 0

  init(
    _ table: FlatTable, _ body: ArrowBytes, _ dictionaries: [Int64: ArrowDictionary], _ limits: ArrowLimits
  ) throws(ArrowError) {
    let rows = try table.number(0, Int64.self)
    guard rows >= 0, rows <= limits.rowsPerBatch else {
      throw ArrowError(.limit, "a batch of \(rows) rows, more than \(limits.rowsPerBatch)")
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
  mutating func array(_ field: ArrowField, length: Int) throws(ArrowError) -> ArrowArray {
    do throws(ArrowError) {
      return try read(field, length)
    } catch {
      throw error.located(field: field.name)
    }
  }

  private mutating func read(_ field: ArrowField, _ least: Int) throws(ArrowError) -> ArrowArray {
    let (length, nullCount) = try node()
    guard length >= least else { throw ArrowError(.malformed, "\(length) values where \(least) must be") }
    if field.type == .null, field.dictionary == nil {
      try takeRoomless(length)
      return ArrowArray(field: field, length: length, validity: nil, storage: .null)
    }
    let bits = try buffers.next()
    guard nullCount == 0 || bits.count >= (length + 7) / 8 else {
      throw ArrowError(.malformed, "the bits of \(length) values do not fit \(bits.count) bytes")
    }
    let validity = nullCount == 0 ? nil : bits
    let storage = try storage(field, length)
    return ArrowArray(field: field, length: length, validity: validity, storage: storage)
  }

  private mutating func storage(_ field: ArrowField, _ length: Int) throws(ArrowError)
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
      guard !overflow else { throw ArrowError(.malformed, "\(length) lists of \(count) values") }
      return .fixedList(count, try array(field.children[0], length: total))
    default:
      if field.children.isEmpty { try takeRoomless(length) }
      var children: [ArrowArray] = []
      for child in field.children { children.append(try array(child, length: length)) }
      return .structure(children)
    }
  }

  /// Values that cost a file nothing must not cost the reader much.
  private mutating func takeRoomless(_ length: Int) throws(ArrowError) {
    guard length <= limits.roomlessValues - roomless else {
      throw ArrowError(
        .limit, "a batch with more than \(limits.roomlessValues) values that take no room in the file")
    }
    roomless += length
  }

  private mutating func dictionary(_ key: ArrowDictionaryKey, _ length: Int) throws(ArrowError)
    -> ArrowArray.Storage
  {
    let indices = ArrowIndices(bytes: try fixed(length, key.bits / 8), key: key)
    guard let dictionary = dictionaries[key.id] else {
      throw ArrowError(.malformed, "its dictionary \(key.id) is not there")
    }
    depth = max(depth, dictionary.depth)
    return .dictionary(indices, dictionary)
  }

  private mutating func views(_ length: Int) throws(ArrowError) -> ArrowArray.Storage {
    let views = try fixed(length, ArrowView.size)
    guard let variadicCounts, nextVariadic < variadicCounts.count else {
      throw ArrowError(.malformed, "does not tell the number of its buffers")
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

  private mutating func node() throws(ArrowError) -> (length: Int, nullCount: Int) {
    guard let nodes, nextNode < nodes.count else {
      throw ArrowError(.malformed, "the batch has fewer columns than the schema")
    }
    let place = nodes.place(nextNode)
    nextNode += 1
    let length = table.bytes.load(Int64.self, at: place)
    let nullCount = table.bytes.load(Int64.self, at: place + 8)
    guard length >= 0, length <= Int64.max / 512, nullCount >= 0, nullCount <= length else {
      throw ArrowError(.malformed, "\(length) values, \(nullCount) of them null")
    }
    return (Int(length), Int(nullCount))
  }

  private mutating func fixed(_ length: Int, _ width: Int) throws(ArrowError) -> ArrowBytes {
    let (size, overflow) = length.multipliedReportingOverflow(by: width)
    guard !overflow else { throw ArrowError(.malformed, "\(length) values of \(width) bytes") }
    return try sized(size, for: length)
  }

  private mutating func sized(_ size: Int, for length: Int) throws(ArrowError) -> ArrowBytes {
    let bytes = try buffers.next()
    guard bytes.count >= size else {
      throw ArrowError(.malformed, "\(bytes.count) bytes for \(length) values, which take \(size)")
    }
    return bytes
  }

  /// One more than there are values, or none at all where there is none.
  private mutating func offsets(_ length: Int, _ isLarge: Bool) throws(ArrowError) -> ArrowOffsets {
    let width = isLarge ? 8 : 4
    let bytes = try buffers.next()
    if length == 0, bytes.count < width {
      return ArrowOffsets(bytes: ArrowBytes([UInt8](repeating: 0, count: width)), isLarge: isLarge)
    }
    guard bytes.count / width > length else {
      throw ArrowError(.malformed, "\(bytes.count) bytes of offsets for \(length) values")
    }
    return ArrowOffsets(bytes: bytes, isLarge: isLarge)
  }

  private func check(_ offsets: ArrowOffsets, _ length: Int, limit: Int) throws(ArrowError) {
    var last = offsets[0]
    guard last >= 0 else { throw ArrowError(.malformed, "the first value begins at \(last)") }
    for row in 0..<length {
      let end = offsets[row + 1]
      guard end >= last else { throw ArrowError(.malformed, "the value of row \(row) ends before it begins") }
      last = end
    }
    guard last <= limit else { throw ArrowError(.malformed, "values up to \(last), there are \(limit)") }
  }
}

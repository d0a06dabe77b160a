import Values

/// What the values of one row may still take in memory.
package struct RowBudget {
  private let limit: Int
  private var left: Int

  package init(_ limits: ArrowLimits) {
    limit = limits.rowBytes
    left = limits.rowBytes
  }

  /// About what a value takes beside its bytes.
  static let ofValue = 64

  mutating func take(_ count: Int) throws(ColumnarError) {
    guard count <= left else { throw ColumnarError(.limit, "a row takes more than \(limit) bytes") }
    left -= count
  }
}

extension ArrowArray {
  /// - Parameter row: below `length`.
  package func value(at row: Int, _ budget: inout RowBudget) throws(ColumnarError) -> NestedValue {
    precondition(row >= 0 && row < length)
    if isNull(row) { return .null }
    switch storage {
    case .null: return .null
    case .bits(let bits): return .bool(bits.bit(row))
    case .fixed(let bytes, let width): return fixed(bytes, row * width, width)
    case .bytes(let offsets, let data):
      let range = offsets.range(row)
      try budget.take(range.count)
      return string(data, range)
    case .views(let views, let data):
      guard let place = Self.place(of: ArrowView(bytes: views, start: row * ArrowView.size), data) else {
        throw ColumnarError(.malformed, "a string outside of its buffers", column: field.name)
      }
      try budget.take(place.range.count)
      return string(place.bytes, place.range)
    case .list(let offsets, let values):
      return field.type == .map
        ? .map(try entries(values, offsets.range(row), &budget))
        : .list(try list(values, offsets.range(row), &budget))
    case .fixedList(let count, let values):
      return .list(try list(values, row * count..<(row + 1) * count, &budget))
    case .structure(let children):
      try budget.take(children.count * RowBudget.ofValue)
      var values: [NestedValue] = []
      for child in children { values.append(try child.value(at: row, &budget)) }
      return .structure(StructureValue(names: children.map(\.field.name), values: values))
    case .dictionary(let indices, let dictionary):
      guard let place = dictionary.place(of: indices[row]) else {
        throw ColumnarError(
          .malformed, "the index \(indices[row]) of a dictionary of \(dictionary.count) values",
          column: field.name)
      }
      return try place.values.value(at: place.row, &budget)
    }
  }

  private func list(_ values: ArrowArray, _ range: Range<Int>, _ budget: inout RowBudget)
    throws(ColumnarError)
    -> [NestedValue]
  {
    try budget.take(range.count * RowBudget.ofValue)
    var result: [NestedValue] = []
    result.reserveCapacity(range.count)
    for row in range { result.append(try values.value(at: row, &budget)) }
    return result
  }

  private func entries(_ entries: ArrowArray, _ range: Range<Int>, _ budget: inout RowBudget)
    throws(ColumnarError) -> [EntryValue]
  {
    try budget.take(range.count * 2 * RowBudget.ofValue)
    guard case .structure(let pair) = entries.storage else { return [] }
    var result: [EntryValue] = []
    for row in range {
      let key = try pair[0].value(at: row, &budget)
      result.append(EntryValue(key: key, value: try pair[1].value(at: row, &budget)))
    }
    return result
  }

  /// Where a string that a view tells lies; nil where that is outside of the buffers.
  static func place(of view: ArrowView, _ data: [ArrowBytes]) -> (bytes: ArrowBytes, range: Range<Int>)? {
    let length = view.length
    if (0...ArrowView.inPlace).contains(length) {
      return (view.bytes, view.start + 4..<view.start + 4 + length)
    }
    guard length >= 0, data.indices.contains(view.buffer), view.offset >= 0,
      view.offset <= data[view.buffer].count, length <= data[view.buffer].count - view.offset
    else { return nil }
    return (data[view.buffer], view.offset..<view.offset + length)
  }

  private func string(_ data: ArrowBytes, _ range: Range<Int>) -> NestedValue {
    let bytes = data.array(range)
    switch field.type {
    case .bytes(isText: true, _), .views(isText: true):
      // What is not UTF-8 stays as it is, so that nothing is lost.
      return String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes)
    default: return .bytes(bytes)
    }
  }

  private func fixed(_ bytes: ArrowBytes, _ start: Int, _ width: Int) -> NestedValue {
    switch field.type {
    case .integer(64, isSigned: false): return .uint(bytes.load(UInt64.self, at: start))
    case .integer(_, isSigned: false): return .uint(UInt64(truncatingIfNeeded: whole(bytes, start, width)))
    case .integer, .duration: return .int(whole(bytes, start, width))
    case .float(16): return .float(Float(Float16(bitPattern: bytes.load(UInt16.self, at: start))))
    case .float(32): return .float(Float(bitPattern: bytes.load(UInt32.self, at: start)))
    case .float: return .double(Double(bitPattern: bytes.load(UInt64.self, at: start)))
    case .decimal(_, let scale):
      return .decimal(DecimalValue(bytes.array(start..<start + width).reversed(), scale: scale))
    case .date(let inMilliseconds):
      let count = whole(bytes, start, width)
      guard inMilliseconds else { return .date(Int32(truncatingIfNeeded: count)) }
      let day: Int64 = 86_400_000
      let (days, rest) = count.quotientAndRemainder(dividingBy: day)
      return .date(Int32(clamping: rest < 0 ? days - 1 : days))
    case .time(_, let unit):
      return .time(TimeValue(count: whole(bytes, start, width), unit: unit, isUTC: false))
    case .timestamp(let unit, let isUTC):
      return .timestamp(TimestampValue(count: whole(bytes, start, width), unit: unit, isUTC: isUTC))
    default: return .bytes(bytes.array(start..<start + width))
    }
  }

  private func whole(_ bytes: ArrowBytes, _ start: Int, _ width: Int) -> Int64 {
    let isSigned = if case .integer(_, isSigned: false) = field.type { false } else { true }
    switch (width, isSigned) {
    case (1, true): return Int64(bytes.load(Int8.self, at: start))
    case (1, false): return Int64(bytes.load(UInt8.self, at: start))
    case (2, true): return Int64(bytes.load(Int16.self, at: start))
    case (2, false): return Int64(bytes.load(UInt16.self, at: start))
    case (4, true): return Int64(bytes.load(Int32.self, at: start))
    case (4, false): return Int64(bytes.load(UInt32.self, at: start))
    default: return bytes.load(Int64.self, at: start)
    }
  }
}

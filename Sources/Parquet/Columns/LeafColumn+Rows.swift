import Values

extension LeafColumn {
  /// Where each row begins. Entries before the first one are of a row that began before.
  var rowStarts: [LeafCursor.Place] {
    var starts: [LeafCursor.Place] = []
    starts.reserveCapacity(rowCount)
    var place = LeafCursor.Place()
    for entry in 0..<entryCount {
      place.entry = entry
      if repetition.map({ $0[entry] == 0 }) ?? true { starts.append(place) }
      if definition.map({ Int($0[entry]) == leaf.maxDefinition }) ?? true { place.value += 1 }
    }
    return starts
  }
}

/// Columns with fewer rows, or other values, for files that are written from one that was read.
extension LeafColumn {
  /// The rows of a row group for which `keeps` is true.
  func filtered(_ keeps: [Bool]) throws(ColumnarError) -> LeafColumn {
    let kept = keeps.count { $0 }
    if kept == rowCount, keeps.count == rowCount { return self }
    var entryRuns: [Range<Int>] = []
    var valueRuns: [Range<Int>] = []
    var row = -1
    var value = 0
    for entry in 0..<entryCount {
      if repetition.map({ $0[entry] == 0 }) ?? true { row += 1 }
      guard row >= 0, row < keeps.count else { throw ColumnarError(.malformed, "more records than rows") }
      let isPresent = definition.map { Int($0[entry]) == leaf.maxDefinition } ?? true
      if keeps[row] {
        entryRuns.extend(with: entry)
        if isPresent { valueRuns.extend(with: value) }
      }
      if isPresent { value += 1 }
    }
    guard value == values.count else {
      throw ColumnarError(.malformed, "levels that do not go with the values")
    }
    return LeafColumn(
      leaf: leaf, rowCount: kept, entryCount: entryRuns.reduce(0) { $0 + $1.count },
      definition: try definition?.picked(entryRuns), repetition: try repetition?.picked(entryRuns),
      values: try values.picked(valueRuns), encoding: encoding)
  }
}

extension [Range<Int>] {
  fileprivate mutating func extend(with position: Int) {
    if let last, last.upperBound == position {
      self[count - 1] = last.lowerBound..<position + 1
    } else {
      append(position..<position + 1)
    }
  }
}

extension Elements {
  /// - Parameter runs: within the elements.
  func picked(_ runs: [Range<Int>]) throws(ColumnarError) -> Elements {
    let storage = ByteStorage()
    let budget = MemoryBudget(.max)
    for run in runs {
      try storage.append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[run])), budget)
    }
    _ = owner  // Lives at least until here.
    return Elements(storage)
  }
}

extension ColumnValues {
  func picked(_ runs: [Range<Int>]) throws(ColumnarError) -> ColumnValues {
    switch self {
    case .bool(let values): return .bool(try values.picked(runs))
    case .int32(let values): return .int32(try values.picked(runs))
    case .int64(let values): return .int64(try values.picked(runs))
    case .float(let values): return .float(try values.picked(runs))
    case .double(let values): return .double(try values.picked(runs))
    case .fixed(let values):
      let byteRuns = runs.map { $0.lowerBound * values.width..<$0.upperBound * values.width }
      return .fixed(FixedStrings(bytes: try values.bytes.picked(byteRuns), width: values.width))
    case .bytes(let values):
      let byteRuns = runs.map { Int(values.offsets[$0.lowerBound])..<Int(values.offsets[$0.upperBound]) }
      var end: UInt64 = 0
      var ends: [UInt64] = [0]
      for run in runs {
        for position in run {
          end += values.offsets[position + 1] - values.offsets[position]
          ends.append(end)
        }
      }
      return .bytes(
        ByteStrings(bytes: try values.bytes.picked(byteRuns), offsets: try Elements(copying: ends)))
    }
  }
}

extension Elements {
  package init(copying values: [Element]) throws(ColumnarError) {
    let storage = ByteStorage()
    try values.withUnsafeBufferPointer { (values) throws(ColumnarError) in
      try storage.append(UnsafeRawBufferPointer(values), MemoryBudget(.max))
    }
    self.init(storage)
  }
}

extension ByteStrings {
  package init(copying strings: [[UInt8]]) throws(ColumnarError) {
    var ends: [UInt64] = [0]
    var end: UInt64 = 0
    for string in strings {
      end += UInt64(string.count)
      ends.append(end)
    }
    bytes = try Elements(copying: Array(strings.joined()))
    offsets = try Elements(copying: ends)
  }
}

extension FixedStrings {
  /// - Parameter bytes: a whole number of strings of `width` bytes.
  package init(copying bytes: [UInt8], width: Int) throws(ColumnarError) {
    precondition(width > 0 && bytes.count % width == 0)
    self.bytes = try Elements(copying: bytes)
    self.width = width
  }
}

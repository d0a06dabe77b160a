import Values

/// Values that are as long as they like.
extension BatchEncoder {
  mutating func appendStrings(
    _ offsets: ArrowOffsets, _ data: ArrowBytes, _ rows: [Range<Int>], _ cells: [Int: Replacement]
  ) throws(ColumnarError) {
    guard !cells.isEmpty else {
      var bytes: [UInt8] = []
      for run in try appendOffsets(offsets, rows) { data.append(run, to: &bytes) }
      return try appendBuffer(bytes)
    }
    var ends: [Int] = []
    var bytes: [UInt8] = []
    for run in rows {
      for row in run {
        if let cell = cells[row] {
          bytes += try Self.text(cell)
        } else {
          data.append(offsets.range(row), to: &bytes)
        }
        ends.append(bytes.count)
      }
    }
    try appendBuffer(try Self.offsets(ends, isLarge: offsets.isLarge))
    try appendBuffer(bytes)
  }

  static func text(_ cell: Replacement) throws(ColumnarError) -> [UInt8] {
    guard case .string(let text) = cell else { throw ColumnarError(.usage, "holds strings") }
    return Array(text.utf8)
  }

  /// - Returns: what the values of the rows are in what the offsets point into, touching ones together.
  mutating func appendOffsets(_ offsets: ArrowOffsets, _ rows: [Range<Int>]) throws(ColumnarError)
    -> [Range<Int>]
  {
    var ends: [Int] = []
    var runs: [Range<Int>] = []
    var total = 0
    for run in rows {
      let values = offsets[run.lowerBound]..<offsets[run.upperBound]
      for row in run { ends.append(total + offsets[row + 1] - values.lowerBound) }
      total += values.count
      if let last = runs.last, last.upperBound == values.lowerBound {
        runs[runs.count - 1] = last.lowerBound..<values.upperBound
      } else if !values.isEmpty {
        runs.append(values)
      }
    }
    try appendBuffer(try Self.offsets(ends, isLarge: offsets.isLarge))
    return runs
  }

  private static func offsets(_ ends: [Int], isLarge: Bool) throws(ColumnarError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity((ends.count + 1) * (isLarge ? 8 : 4))
    for end in [0] + ends {
      if isLarge {
        withUnsafeBytes(of: Int64(end).littleEndian) { bytes.append(contentsOf: $0) }
      } else {
        guard let end = Int32(exactly: end) else {
          throw ColumnarError(.limit, "the strings of a batch take more than 2 GB with the new ones")
        }
        withUnsafeBytes(of: end.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// Strings of views lie in a new buffer, one behind the other.
  mutating func appendViews(
    _ array: ArrowArray, _ views: ArrowBytes, _ data: [ArrowBytes], _ rows: [Range<Int>],
    _ cells: [Int: Replacement]
  ) throws(ColumnarError) {
    var writer = ViewWriter()
    for run in rows {
      for row in run {
        if let cell = cells[row] {
          writer.append(try Self.text(cell))
        } else if !array.isNull(row),
          let place = ArrowArray.place(of: ArrowView(bytes: views, start: row * ArrowView.size), data)
        {
          writer.append(place.bytes.array(place.range))
        } else {
          writer.append([])
        }
      }
    }
    try appendBuffer(writer.views)
    for buffer in writer.buffers { try appendBuffer(buffer) }
    variadicCounts.append(Int64(writer.buffers.count))
  }
}

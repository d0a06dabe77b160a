import Compression
import Values

/// Some rows of the columns of a batch as the nodes, buffers and body of a new one. Strings that nothing refers to any more
/// are not in it.
struct BatchEncoder {
  /// Length and number of nulls of each, then offset and length of each: as `RecordBatch` has them.
  private(set) var nodes: [Int64] = []
  private(set) var buffers: [Int64] = []
  var variadicCounts: [Int64] = []
  private(set) var body: [UInt8] = []
  let codec: BufferCodec?

  init(codec: BufferCodec?) { self.codec = codec }

  /// - Parameters:
  ///   - rows: rising, none touching the next.
  ///   - cells: by row, new values of an array of single values.
  mutating func append(_ array: ArrowArray, rows: [Range<Int>], replacing cells: [Int: Replacement] = [:])
    throws(ColumnarError)
  {
    do throws(ColumnarError) {
      try appendArray(array, rows, cells)
    } catch {
      throw error.located(beneath: array.field.name)
    }
  }

  private mutating func appendArray(_ array: ArrowArray, _ rows: [Range<Int>], _ cells: [Int: Replacement])
    throws(ColumnarError)
  {
    let count = rows.reduce(0) { $0 + $1.count }
    if case .null = array.storage {
      guard cells.isEmpty else { throw Self.misfit }
      nodes += [Int64(count), Int64(count)]
      return
    }
    appendValidity(array, rows, count, cells)
    switch array.storage {
    case .null: break
    case .bits(let bits):
      guard cells.isEmpty else { throw Self.misfit }
      try appendBuffer(Self.bits(rows, count) { bits.bit($0) })
    case .fixed(let bytes, let width):
      try appendBuffer(try Self.gathered(bytes, width, rows, cells, CellBytes(array.field.type).bytes))
    case .dictionary(let indices, let dictionary):
      let codes = DictionaryCodes(indices.key, cells.isEmpty ? nil : dictionary)
      try appendBuffer(try Self.gathered(indices.bytes, indices.width, rows, cells, codes.bytes))
    case .bytes(let offsets, let data):
      try appendStrings(offsets, data, rows, cells)
    case .views(let views, let data):
      try appendViews(array, views, data, rows, cells)
    case .list(let offsets, let values):
      guard cells.isEmpty else { throw Self.misfit }
      try append(values, rows: try appendOffsets(offsets, rows))
    case .fixedList(let size, let values):
      guard cells.isEmpty else { throw Self.misfit }
      try append(values, rows: size == 0 ? [] : rows.map { $0.lowerBound * size..<$0.upperBound * size })
    case .structure(let children):
      guard cells.isEmpty else { throw Self.misfit }
      for child in children { try append(child, rows: rows) }
    }
  }

  static var misfit: ColumnarError {
    ColumnarError(.usage, "holds neither strings nor whole numbers")
  }

  private mutating func appendValidity(
    _ array: ArrowArray, _ rows: [Range<Int>], _ count: Int, _ cells: [Int: Replacement]
  ) {
    guard let validity = array.validity else {
      nodes += [Int64(count), 0]
      buffers += [Int64(body.count), 0]
      return
    }
    var nulls = 0
    let bits = Self.bits(rows, count) { row in
      let isThere = validity.bit(row) || cells[row] != nil
      if !isThere { nulls += 1 }
      return isThere
    }
    nodes += [Int64(count), Int64(nulls)]
    if nulls == 0 {
      buffers += [Int64(body.count), 0]
    } else {
      // No codec fails on bytes that are at hand but for a lack of memory, which `appendBuffer` tells elsewhere.
      appendRaw(bits)
    }
  }

  static func bits(_ rows: [Range<Int>], _ count: Int, _ bit: (Int) -> Bool) -> [UInt8] {
    var bits = [UInt8](repeating: 0, count: (count + 7) / 8)
    var place = 0
    for run in rows {
      for row in run {
        if bit(row) { bits[place >> 3] |= 1 << UInt8(place & 7) }
        place += 1
      }
    }
    return bits
  }

  static func gathered(
    _ bytes: ArrowBytes, _ width: Int, _ rows: [Range<Int>], _ cells: [Int: Replacement],
    _ cell: (Replacement) throws(ColumnarError) -> [UInt8]
  ) throws(ColumnarError) -> [UInt8] {
    var result: [UInt8] = []
    for run in rows {
      let start = result.count
      bytes.append(run.lowerBound * width..<run.upperBound * width, to: &result)
      guard !cells.isEmpty else { continue }
      for row in run {
        guard let new = cells[row] else { continue }
        let place = start + (row - run.lowerBound) * width
        result.replaceSubrange(place..<place + width, with: try cell(new))
      }
    }
    return result
  }

  mutating func appendBuffer(_ bytes: [UInt8]) throws(ColumnarError) {
    guard let codec, !bytes.isEmpty else { return appendRaw(bytes, isPlain: true) }
    let outcome = bytes.withUnsafeBytes { bytes in
      Result { () throws(CompressionError) in try codec.compress(bytes) }
    }
    guard case .success(var packed) = outcome else {
      throw ColumnarError(.output, "no memory to compress with")
    }
    guard packed.count < bytes.count else { return appendRaw(bytes) }
    withUnsafeBytes(of: Int64(bytes.count).littleEndian) { packed.insert(contentsOf: $0, at: 0) }
    appendRaw(packed, isPlain: true)
  }

  /// - Parameter isPlain: whether the bytes stand there as they are; else, where there is a codec, behind the mark that
  ///   they are not compressed.
  mutating func appendRaw(_ bytes: [UInt8], isPlain: Bool = false) {
    let start = body.count
    if !isPlain, codec != nil, !bytes.isEmpty { body += [UInt8](repeating: 0xFF, count: 8) }
    body += bytes
    buffers += [Int64(start), Int64(body.count - start)]
    while body.count % 8 != 0 { body.append(0) }
  }
}

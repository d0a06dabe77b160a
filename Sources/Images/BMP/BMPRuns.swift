/// Pixels in runs: "Bitmap Compression" of the Windows documentation, BI_RLE8 and BI_RLE4.
///
///     n c      n > 0: n pixels of c (4 bits: alternately its high and its low half)
///     0 0      the row ends;   0 1  the picture ends;   0 2 x y  go on x to the right and y up
///     0 n ...  n > 2: n pixels as they are, padded to an even number of bytes
///
/// What lies outside the picture is left out; what no run reaches has index 0. The work is bounded by the file's
/// length, as two bytes stand for at most 255 pixels.
enum BMPRuns {
  static func indices(_ source: ByteSource, _ header: BMPHeader) throws(ImageError) -> [UInt8] {
    guard !header.isTopDown else { throw ImageError(.unsupported, "runs from the top", at: 22) }
    let isByte = header.storage == .runLength8
    var canvas = Canvas(header.width, header.height)
    var offset = header.dataOffset
    while true {
      let count = Int(try source.byte(offset))
      let value = try source.byte(offset + 1)
      offset += 2
      if count > 0 {
        for index in 0..<count {
          canvas.put(isByte ? value : index % 2 == 0 ? value >> 4 : value & 15)
        }
        continue
      }
      switch value {
      case 0: canvas.endRow()
      case 1: return canvas.indices
      case 2:
        canvas.move(right: Int(try source.byte(offset)), up: Int(try source.byte(offset + 1)))
        offset += 2
      default:
        let size = isByte ? Int(value) : (Int(value) + 1) / 2
        let literal = try source.slice(offset, size)
        for index in 0..<Int(value) {
          canvas.put(
            isByte ? literal[index] : index % 2 == 0 ? literal[index / 2] >> 4 : literal[index / 2] & 15)
        }
        offset += size + size % 2
      }
    }
  }

  private struct Canvas {
    private let width: Int
    private let height: Int
    private var column = 0
    /// Counted from the bottom.
    private var row = 0
    private(set) var indices: [UInt8]

    init(_ width: Int, _ height: Int) {
      self.width = width
      self.height = height
      indices = [UInt8](repeating: 0, count: width * height)
    }

    mutating func put(_ index: UInt8) {
      if column < width, row < height { indices[(height - 1 - row) * width + column] = index }
      column += 1
    }

    mutating func endRow() {
      column = 0
      row += 1
    }

    mutating func move(right: Int, up: Int) {
      column += right
      row += up
    }
  }
}

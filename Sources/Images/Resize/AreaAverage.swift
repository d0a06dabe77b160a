/// The box filter with fractional coverage.
///
/// Along a side of n pixels that becomes one of m, count in units of 1/(nm) of the side: an old pixel is m units long, a
/// new one n. What they share is a whole number, and the shares of a new pixel add up to n. The sum over both sides is
/// therefore exact, and divided once, by the product of the two old sides.
enum AreaAverage {
  static func resize(_ pixels: [UInt8], _ shape: ResizeShape) -> [UInt8] {
    let rowSize = shape.width * shape.channels
    let columns = (0..<shape.newWidth).map { Cover(of: $0, from: shape.width, to: shape.newWidth) }
    let divisor = UInt64(shape.width) * UInt64(shape.height)
    // At most 255 * 2^20, as the shares of a pixel add up to the old height.
    var sums = [UInt32](repeating: 0, count: rowSize)
    return [UInt8](unsafeUninitializedCapacity: shape.newCount) { target, written in
      pixels.withUnsafeBufferPointer { source in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in 0..<shape.newHeight {
            let rows = Cover(of: row, from: shape.height, to: shape.newHeight)
            add(source, rows, rowSize, into: sums)
            for column in columns {
              for channel in 0..<shape.channels {
                let sum = across(sums, column, channel, shape.channels)
                target[written] = UInt8(truncatingIfNeeded: (sum + divisor / 2) / divisor)
                written += 1
              }
            }
          }
        }
      }
    }
  }

  /// What a new pixel covers: a first pixel in part, some wholly, a last one in part.
  private struct Cover {
    let first: Int
    let last: Int
    let firstShare: UInt32
    let wholeShare: UInt32
    let lastShare: UInt32

    init(of index: Int, from old: Int, to new: Int) {
      let start = index * old
      let end = start + old
      first = start / new
      last = (end - 1) / new
      wholeShare = UInt32(new)
      firstShare = UInt32(min(end, (first + 1) * new) - start)
      lastShare = UInt32(end - last * new)
    }

    func share(_ index: Int) -> UInt32 {
      index == first ? firstShare : index == last ? lastShare : wholeShare
    }
  }

  /// The rows that a new row covers, each times its share.
  private static func add(
    _ source: UnsafeBufferPointer<UInt8>, _ rows: Cover, _ rowSize: Int,
    into sums: UnsafeMutableBufferPointer<UInt32>
  ) {
    sums.update(repeating: 0)
    for row in rows.first...rows.last {
      let share = rows.share(row)
      let line = UnsafeBufferPointer(rebasing: source[row * rowSize..<(row + 1) * rowSize])
      for index in 0..<rowSize { sums[index] &+= UInt32(line[index]) &* share }
    }
  }

  @inline(__always)
  private static func across(
    _ sums: UnsafeMutableBufferPointer<UInt32>, _ columns: Cover, _ channel: Int, _ channels: Int
  ) -> UInt64 {
    var index = columns.first * channels + channel
    var sum = UInt64(sums[index]) &* UInt64(columns.firstShare)
    guard columns.last > columns.first else { return sum }
    var whole: UInt64 = 0
    index += channels
    let end = columns.last * channels + channel
    while index < end {
      whole &+= UInt64(sums[index])
      index += channels
    }
    sum &+= whole &* UInt64(columns.wholeShare)
    return sum &+ UInt64(sums[end]) &* UInt64(columns.lastShare)
  }
}

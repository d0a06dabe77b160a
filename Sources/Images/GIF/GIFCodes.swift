/// LZW as GIF has it: GIF89a specification, Appendix F. Codes of up to 12 bits, the lowest bit first; the table goes on
/// being used when it is full, until the code that clears it.
enum GIFCodes {
  private static let tableSize = 4096

  /// - Parameters:
  ///   - codeSize: bits of a color index.
  ///   - count: indices that are wanted; what follows is left out.
  ///   - offset: in the file, for the errors.
  static func decode(
    _ data: [UInt8], codeSize: Int, count: Int, at offset: Int
  ) throws(ImageError) -> [UInt8] {
    guard (2...8).contains(codeSize) else {
      throw ImageError(.damaged, "color indices of \(codeSize) bits", at: offset)
    }
    let clear = 1 << codeSize
    // A string of the table is another one and one index behind it.
    var prefix = [UInt16](repeating: 0, count: tableSize)
    var suffix = (0..<tableSize).map { UInt8(truncatingIfNeeded: $0) }
    var reversed = [UInt8](repeating: 0, count: tableSize + 1)
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var (next, width, previous) = (clear + 2, codeSize + 1, -1)
    var first: UInt8 = 0
    var bits = BitReader(data)
    while result.count < count, let code = bits.next(width), code != clear + 1 {
      if code == clear {
        (next, width, previous) = (clear + 2, codeSize + 1, -1)
        continue
      }
      guard code < next || code == next && previous >= 0 else {
        throw ImageError(.damaged, "a code that is not in the table", at: offset)
      }
      // The string of the entry that is being made: the previous one, and its own first index.
      var (string, length) = code == next ? (previous, 1) : (code, 0)
      if code == next { reversed[0] = first }
      while string > clear + 1 {
        reversed[length] = suffix[string]
        length += 1
        string = Int(prefix[string])
      }
      first = UInt8(truncatingIfNeeded: string)
      reversed[length] = first
      for index in (0...length).reversed() where result.count < count { result.append(reversed[index]) }
      if previous >= 0, next < tableSize {
        prefix[next] = UInt16(previous)
        suffix[next] = first
        next += 1
        if next == 1 << width, width < 12 { width += 1 }
      }
      previous = code
    }
    guard result.count == count else {
      throw ImageError(.truncated, "\(result.count) of \(count) pixels", at: offset)
    }
    return result
  }

  private struct BitReader {
    private let data: [UInt8]
    private var offset = 0
    private var value = 0
    private var held = 0

    init(_ data: [UInt8]) { self.data = data }

    mutating func next(_ width: Int) -> Int? {
      while held < width {
        guard offset < data.count else { return nil }
        value |= Int(data[offset]) << held
        held += 8
        offset += 1
      }
      defer {
        value >>= width
        held -= width
      }
      return value & (1 << width - 1)
    }
  }
}

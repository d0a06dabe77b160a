import Glibc

/// The decoder's two ends, after it was confined: reading and writing until all is done, whatever interrupts.
struct WorkerStream: ~Copyable {
  private let input: Int32
  private let output: Int32
  private let buffer: UnsafeMutableRawBufferPointer
  private var unread: Range<Int> = 0..<0

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
    buffer = .allocate(byteCount: 1 << 16, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// Fills `target`.
  /// - Returns: false where the other side has gone.
  mutating func read(into target: UnsafeMutableRawBufferPointer) -> Bool {
    var done = 0
    while done < target.count {
      if unread.isEmpty {
        let rest = UnsafeMutableRawBufferPointer(rebasing: target[done...])
        // Past the buffer what is longer than it.
        let place = rest.count >= buffer.count ? rest : buffer
        let count = Glibc.read(input, place.baseAddress, place.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        if rest.count >= buffer.count { done += count } else { unread = 0..<count }
      } else {
        let count = min(unread.count, target.count - done)
        UnsafeMutableRawBufferPointer(rebasing: target[done..<done + count]).copyMemory(
          from: UnsafeRawBufferPointer(
            rebasing: buffer[unread.lowerBound..<unread.lowerBound + count]))
        unread = unread.lowerBound + count..<unread.upperBound
        done += count
      }
    }
    return true
  }

  mutating func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let isWhole = bytes.withUnsafeMutableBytes { read(into: $0) }
    return isWhole ? bytes : nil
  }

  /// Reads `count` bytes and forgets them.
  mutating func skip(_ count: Int) -> Bool {
    var rest = count
    while rest > 0 {
      guard read(min(rest, 4096)) != nil else { return false }
      rest -= min(rest, 4096)
    }
    return true
  }

  /// - Returns: false where the other side has gone.
  func write(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { all in
      var done = 0
      while done < all.count {
        let rest = UnsafeRawBufferPointer(rebasing: all[done...])
        let count = Glibc.write(output, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }
}

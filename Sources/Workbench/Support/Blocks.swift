import Numerics

/// Long work in blocks of places on all processors, in waves, so that it can be stopped between two of them. What comes
/// of it does not depend on the number of threads.
package enum Blocks {
  package static let size = 8192
  /// Places of a block where each takes some nanoseconds, so that a block is worth a thread.
  package static let longSize = 65_536
  private static let perWave = 16
  /// Blocks of a wave; no more run at once than there are processors.
  private static let workers = Workers(threads: perWave)

  /// - Parameters:
  ///   - size: of a block; small where a place takes long, so that it can be stopped soon.
  ///   - body: what comes of a block.
  ///   - merge: takes it in, in the order of the blocks.
  /// - Returns: false when cancelled.
  package static func fold<Part: Sendable>(
    count: Int, size: Int = size, isCancelled: () -> Bool, _ body: @Sendable (Range<Int>) -> Part,
    merge: (Part) -> Void
  ) -> Bool {
    for start in stride(from: 0, to: count, by: size * perWave) {
      if isCancelled() { return false }
      // Nothing that runs here throws.
      let parts = try? workers.map(count: min(size * perWave, count - start), blockSize: size) { block in
        body(block.lowerBound + start..<block.upperBound + start)
      }
      for part in parts ?? [] { merge(part) }
    }
    return !isCancelled()
  }

  /// - Parameter body: writes the values of a block to their places in the buffer.
  /// - Returns: the values; nil when cancelled.
  package static func map<Value: BitwiseCopyable & Sendable>(
    count: Int, isCancelled: () -> Bool,
    _ body: @Sendable (Range<Int>, UnsafeMutableBufferPointer<Value>) -> Void
  ) -> [Value]? {
    var isDone = false
    let values = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
      // Each place is written by one block alone.
      nonisolated(unsafe) let target = buffer
      isDone = fold(count: count, size: longSize, isCancelled: isCancelled) { block in
        body(block, target)
      } merge: { _ in
      }
      filled = isDone ? count : 0
    }
    return isDone ? values : nil
  }

  /// - Returns: what `body` says of each place; nil when cancelled.
  package static func map<Value: BitwiseCopyable & Sendable>(
    count: Int, isCancelled: () -> Bool, _ body: @Sendable (Int) -> Value
  ) -> [Value]? {
    map(count: count, isCancelled: isCancelled) { block, target in
      for place in block { target.initializeElement(at: place, to: body(place)) }
    }
  }
}

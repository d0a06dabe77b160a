import Numerics

/// Long work in blocks of places on all processors, in waves, so that it can be stopped between two of them. What comes
/// of it does not depend on the number of threads.
package enum Blocks {
  package static let size = 8192
  private static let perWave = 16
  /// More than most machines have are not in the way: no more run at once than there are processors.
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

  /// - Returns: what `body` says of each place; nil when cancelled.
  package static func map<Value: Sendable>(
    count: Int, isCancelled: () -> Bool, _ body: @Sendable (Int) -> Value
  )
    -> [Value]?
  {
    var values: [Value] = []
    values.reserveCapacity(count)
    let isDone = fold(count: count, isCancelled: isCancelled) { block in
      block.map(body)
    } merge: {
      values += $0
    }
    return isDone ? values : nil
  }
}

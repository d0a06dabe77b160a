import Dispatch
import Synchronization

/// Runs blocks of independent work on a number of threads. Results come back in block order and the blocks do
/// not depend on the number of threads, so that what is computed from them does not either.
public struct Workers: Sendable {
  /// At least 1.
  public let threads: Int
  @inlinable public init(threads: Int) { self.threads = max(1, threads) }

  /// Cuts 0..<count into blocks of `blockSize` and returns what `body` gives for each, in order.
  /// - Throws: the error of the first block that failed.
  @inlinable public func map<R: Sendable>(
    count: Int, blockSize: Int, _ body: @Sendable (Range<Int>) throws -> R
  ) throws -> [R] {
    precondition(blockSize > 0)
    let blocks = (count + blockSize - 1) / blockSize
    let slots = Slots<Result<R, any Error>>(count: blocks)
    @Sendable func work(_ block: Int) {
      let range = block * blockSize..<min(count, (block + 1) * blockSize)
      slots.set(block, Result { try body(range) })
    }
    if threads == 1 || blocks < 2 {
      for block in 0..<blocks { work(block) }
    } else {
      // Whoever is free takes the next block: some take much longer than others, and so do processors that others use.
      DispatchQueue.concurrentPerform(iterations: min(threads, blocks)) { _ in
        while let block = slots.claim() { work(block) }
      }
    }
    return try slots.take().map { try $0.get() }
  }
}

/// One slot a block, each written once by the one thread that has the block.
@usableFromInline final class Slots<Element: Sendable>: @unchecked Sendable {
  @usableFromInline let storage: UnsafeMutableBufferPointer<Element?>
  @usableFromInline let claimed = Atomic<Int>(0)
  @inlinable init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }
  /// A slot that nobody has asked for yet, in rising order; nil once there is none.
  @inlinable func claim() -> Int? {
    let index = claimed.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < storage.count ? index : nil
  }
  @inlinable func set(_ index: Int, _ value: Element) { storage[index] = value }
  @inlinable func take() -> [Element] { storage.compactMap { $0 } }
  @inlinable deinit {
    storage.deinitialize()
    storage.deallocate()
  }
}

extension Workers {
  /// Folds what `body` gives for each block into `summary`, in block order. Only a few blocks' results are alive
  /// at a time, so that large summaries (a covariance) do not pile up.
  @inlinable public func reduce<S, R: Sendable>(
    count: Int, blockSize: Int, into summary: inout S, _ body: @Sendable (Range<Int>) throws -> R,
    merge: (inout S, R) -> Void
  ) throws {
    let wave = blockSize * threads * 2
    for start in stride(from: 0, to: count, by: wave) {
      let results = try map(count: min(wave, count - start), blockSize: blockSize) { range in
        try body(range.lowerBound + start..<range.upperBound + start)
      }
      for result in results { merge(&summary, result) }
    }
  }
}

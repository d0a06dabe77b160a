import Numerics

/// The smallest values seen so far for each of a block of queries, with their items.
///
/// A list takes twice what it keeps and is cut when it is full: one selection for many insertions. No item may be inserted
/// twice for a query. Everything at or above `thresholds[query]` can be dropped before it comes here.
struct CandidateLists: ~Copyable {
  let kept: Int
  private let capacity: Int
  private let entries: UnsafeMutablePointer<Candidate>
  private let counts: UnsafeMutablePointer<Int>
  let thresholds: UnsafeMutablePointer<Float>

  init(queries: Int, kept: Int) {
    self.kept = kept
    capacity = 2 * max(kept, 8)
    entries = .allocate(capacity: queries * capacity)
    entries.initialize(repeating: Candidate(value: 0, item: 0), count: queries * capacity)
    counts = .allocate(capacity: queries)
    counts.initialize(repeating: 0, count: queries)
    thresholds = .allocate(capacity: queries)
    thresholds.initialize(repeating: kept > 0 ? .infinity : -.infinity, count: queries)
  }

  deinit {
    entries.deallocate()
    counts.deallocate()
    thresholds.deallocate()
  }

  @inline(__always)
  func insert(_ value: Float, _ item: Int, query: Int) {
    let count = counts[query]
    entries[query * capacity + count] = Candidate(value: value, item: Int32(truncatingIfNeeded: item))
    counts[query] = count + 1
    if count + 1 == capacity { cut(query) }
  }

  /// The kept candidates, in any order.
  func finish(query: Int) -> UnsafeMutableBufferPointer<Candidate> {
    cut(query)
    return UnsafeMutableBufferPointer(start: entries + query * capacity, count: counts[query])
  }

  private func cut(_ query: Int) {
    let count = counts[query]
    guard count > kept else { return }
    counts[query] = kept
    guard kept > 0 else { return thresholds[query] = -.infinity }
    let largest = (entries + query * capacity).withMemoryRebound(to: UInt64.self, capacity: count) {
      Selection.smallest(kept, of: $0, count: count)
    }
    thresholds[query] = Candidate(bits: largest).value
  }
}

/// An item and its value in one number, so that a comparison by value and then by item is one of numbers.
struct Candidate: Comparable, BitwiseCopyable {
  private let bits: UInt64

  fileprivate init(bits: UInt64) { self.bits = bits }

  init(value: Float, item: Int32) {
    // In an order that unsigned integers keep; −0 is 0.
    let own = (value + 0).bitPattern
    let ordered = own >> 31 == 1 ? ~own : own | 1 << 31
    bits = UInt64(ordered) << 32 | UInt64(UInt32(bitPattern: item) ^ 1 << 31)
  }

  var value: Float {
    let ordered = UInt32(bits >> 32)
    return Float(bitPattern: ordered >> 31 == 1 ? ordered & ~(1 << 31) : ~ordered)
  }
  var item: Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: bits) ^ 1 << 31) }

  static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }
}

import Glibc
import Values

/// Bytes on the heap that grow at their end. What is decoded lies here; nothing is written any more after the decoder
/// has given it away.
final class ByteStorage: @unchecked Sendable {
  private(set) var base: UnsafeMutableRawPointer?
  private(set) var count = 0
  private var capacity = 0

  deinit { free(base) }

  /// Adds `size` bytes at the end, which are undefined until they are written, and returns where they begin.
  func grow(by size: Int, _ budget: MemoryBudget) throws(ColumnarError) -> UnsafeMutableRawPointer {
    try budget.take(size)
    // No overflow: the budget is far from the largest integer.
    let wanted = count + size
    if wanted > capacity || base == nil {
      try reserve(max(wanted, min(capacity * 2, wanted + (256 << 20)), 64))
    }
    guard let base else { throw ColumnarError(.limit, "no memory") }
    let start = base + count
    count = wanted
    return start
  }

  /// Gives back what `grow` added in excess.
  func shrink(to size: Int, _ budget: MemoryBudget) {
    guard size < count else { return }
    budget.giveBack(count - size)
    count = size
  }

  /// Makes room ahead, so that growing moves nothing. `size` is a guess that the caller has bounded.
  func reserve(_ size: Int) throws(ColumnarError) {
    guard size > capacity else { return }
    // realloc moves the pages of large blocks instead of copying them.
    guard let moved = realloc(base, size) else { throw ColumnarError(.limit, "no memory for \(size) bytes") }
    base = moved
    capacity = size
  }

  func append(_ source: UnsafeRawBufferPointer, _ budget: MemoryBudget) throws(ColumnarError) {
    let target = try grow(by: source.count, budget)
    if let start = source.baseAddress { target.copyMemory(from: start, byteCount: source.count) }
  }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// The content as values of one type. Allocations are aligned for every type that stands in columns.
  func elements<Element: BitwiseCopyable>(of type: Element.Type) -> UnsafeBufferPointer<Element> {
    let length = count / MemoryLayout<Element>.stride
    return UnsafeBufferPointer(start: base?.bindMemory(to: Element.self, capacity: length), count: length)
  }
}

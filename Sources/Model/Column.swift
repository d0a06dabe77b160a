/// A fixed run of numbers that may lie on the heap or in a mapped file.
///
/// The owner is kept alive as long as the column is; elements are read in place, so that a column of ten
/// million values costs nothing to open. Little-endian hosts only, as everything that is mapped is written so.
package struct Column<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, @unchecked Sendable {
  // Unchecked: the memory is never written after the column is made.
  private let owner: AnyObject
  private let elements: UnsafeBufferPointer<Element>

  /// A column that reads `elements` in place; `owner` must keep them alive and unchanged.
  package init(mapping elements: UnsafeBufferPointer<Element>, owner: AnyObject) {
    self.elements = elements
    self.owner = owner
  }

  package init(_ values: [Element]) {
    let heap = HeapStorage(values)
    self.init(mapping: UnsafeBufferPointer(heap.buffer), owner: heap)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { elements.count }
  package subscript(position: Int) -> Element {
    precondition(position >= 0 && position < elements.count)
    return elements[position]
  }

  package func withUnsafeBufferPointer<R, E: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(E) -> R
  ) throws(E) -> R {
    let result = try body(elements)
    _ = owner  // Lives at least until here.
    return result
  }

  package func withContiguousStorageIfAvailable<R>(
    _ body: (UnsafeBufferPointer<Element>) throws -> R
  ) rethrows -> R? {
    try body(elements)
  }
}

extension Column: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Column: Equatable where Element: Equatable {
  package static func == (a: Self, b: Self) -> Bool { a.elementsEqual(b) }
}

private final class HeapStorage<Element: BitwiseCopyable> {
  let buffer: UnsafeMutableBufferPointer<Element>
  init(_ values: [Element]) {
    buffer = .allocate(capacity: values.count)
    _ = buffer.initialize(from: values)
  }
  deinit { buffer.deallocate() }
}

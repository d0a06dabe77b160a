/// A fixed run of numbers that may lie on the heap or in a mapped file.
///
/// The owner is kept alive as long as the column is; elements are read in place, so that a column of ten
/// million values costs nothing to open. Little-endian hosts only, as everything that is mapped is written so.
///
/// What stands in loops is `@inlinable public`: other rooms would call through witness tables otherwise, at 0.4 µs an
/// element. (Of `package` declarations Swift 6.3 inlines none across modules, whatever they are marked with.)
public struct Column<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, @unchecked Sendable {
  // Unchecked: the memory is never written after the column is made.
  @usableFromInline let owner: AnyObject
  @usableFromInline let elements: UnsafeBufferPointer<Element>

  /// A column that reads `elements` in place; `owner` must keep them alive and unchanged.
  @inlinable public init(mapping elements: UnsafeBufferPointer<Element>, owner: AnyObject) {
    self.elements = elements
    self.owner = owner
  }

  package init(_ values: [Element]) {
    let heap = HeapStorage(values)
    self.init(mapping: UnsafeBufferPointer(heap.buffer), owner: heap)
  }

  // Inlinable, all that is called for an element: without, every access from another room goes through the
  // generic's witnesses, some fifty times as slow.
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { elements.count }
  @inlinable public subscript(position: Int) -> Element {
    precondition(position >= 0 && position < elements.count)
    return elements[position]
  }

  /// A column whose elements are written in place, all of them.
  package init<Failure: Error>(
    count: Int, _ write: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    let heap = HeapStorage<Element>(count: count)
    try write(heap.buffer)
    self.init(mapping: UnsafeBufferPointer(heap.buffer), owner: heap)
  }

  /// Whether both are the same run of the same memory.
  package func isIdentical(to other: Column) -> Bool {
    elements.baseAddress == other.elements.baseAddress && elements.count == other.elements.count
  }

  // The defaults of these go through witness tables even where the rest is inlined.
  @inlinable public var count: Int { elements.count }
  @inlinable public var indices: Range<Int> { 0..<elements.count }
  @inlinable public func index(after position: Int) -> Int { position + 1 }
  @inlinable public func index(before position: Int) -> Int { position - 1 }
  @inlinable public func index(_ position: Int, offsetBy distance: Int) -> Int { position + distance }
  @inlinable public func distance(from start: Int, to end: Int) -> Int { end - start }
  @inlinable public func formIndex(after position: inout Int) { position += 1 }
  @inlinable public func makeIterator() -> Iterator { Iterator(column: self) }

  public struct Iterator: IteratorProtocol {
    @usableFromInline let column: Column
    @usableFromInline var position = 0
    @inlinable init(column: Column) { self.column = column }
    @inlinable public mutating func next() -> Element? {
      guard position < column.elements.count else { return nil }
      defer { position += 1 }
      return column.elements[position]
    }
  }

  @inlinable public func withUnsafeBufferPointer<R, E: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(E) -> R
  ) throws(E) -> R {
    let result = try body(elements)
    _ = owner  // Lives at least until here.
    return result
  }

  @inlinable public func withContiguousStorageIfAvailable<R>(
    _ body: (UnsafeBufferPointer<Element>) throws -> R
  ) rethrows -> R? {
    try body(elements)
  }
}

extension Column: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension Column: Equatable where Element: Equatable {
  @inlinable public static func == (a: Self, b: Self) -> Bool { a.elementsEqual(b) }
}

private final class HeapStorage<Element: BitwiseCopyable> {
  let buffer: UnsafeMutableBufferPointer<Element>
  /// Not initialized.
  init(count: Int) { buffer = .allocate(capacity: count) }

  init(_ values: [Element]) {
    buffer = .allocate(capacity: values.count)
    values.withUnsafeBufferPointer { values in
      if let from = values.baseAddress { buffer.baseAddress?.initialize(from: from, count: values.count) }
    }
  }
  deinit { buffer.deallocate() }
}

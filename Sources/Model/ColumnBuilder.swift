import Glibc

/// A column that grows at its end. The finished column takes its memory over: nothing is copied, and what is large is moved
/// by its pages where it grows (realloc).
///
/// A class, as its memory has one owner; `@inlinable public` for the reason that `Column` gives. Unchecked exclusivity: the
/// checks would cost more than an append.
public final class ColumnBuilder<Element: BitwiseCopyable & Sendable> {
  @exclusivity(unchecked) @usableFromInline var base: UnsafeMutablePointer<Element>
  @exclusivity(unchecked) @usableFromInline var capacity = 0
  @exclusivity(unchecked) @usableFromInline var filled = 0

  public init() {
    base = Self.allocate(nil, 16)
    capacity = 16
  }

  deinit { free(base) }

  @inlinable public var count: Int { filled }

  @inlinable public subscript(position: Int) -> Element {
    get {
      precondition(position >= 0 && position < filled)
      return base[position]
    }
    set {
      precondition(position >= 0 && position < filled)
      base[position] = newValue
    }
  }

  @inlinable public func append(_ element: Element) {
    if filled == capacity { reserve(filled + 1) }
    base[filled] = element
    filled += 1
  }

  @inlinable public func append(contentsOf elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress, !elements.isEmpty else { return }
    if filled + elements.count > capacity { reserve(filled + elements.count) }
    (base + filled).update(from: start, count: elements.count)
    filled += elements.count
  }

  /// Makes room for `count` elements and hands it to `body`, which fills all of it.
  @inlinable public func append(count: Int, _ body: (UnsafeMutablePointer<Element>) -> Void) {
    if filled + count > capacity { reserve(filled + count) }
    body(base + filled)
    filled += count
  }

  @inlinable public func append(repeating element: Element, count: Int) {
    if filled + count > capacity { reserve(filled + count) }
    for place in filled..<filled + count { base[place] = element }
    filled += count
  }

  /// Forgets all but the first `count`; the memory stays.
  @inlinable public func truncate(to count: Int) {
    precondition(count >= 0 && count <= filled)
    filled = count
  }

  @inlinable public var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base, count: filled)
  }

  /// Makes room for so many, and for half as many again where it grows from what there is.
  @usableFromInline func reserve(_ count: Int) {
    let wanted = max(count, capacity + capacity / 2)
    base = Self.allocate(base, wanted)
    capacity = wanted
  }

  private static func allocate(_ old: UnsafeMutablePointer<Element>?, _ count: Int) -> UnsafeMutablePointer<
    Element
  > {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, let moved = realloc(old, size) else { fatalError("no memory for \(count) elements") }
    return moved.bindMemory(to: Element.self, capacity: count)
  }

  /// The column of what was appended. Nothing is appended behind it.
  package func finish() -> Column<Element> {
    if capacity > filled + filled / 16 {
      capacity = max(filled, 16)
      base = Self.allocate(base, capacity)
    }
    return Column(mapping: elements, owner: self)
  }
}

extension ColumnBuilder where Element == UInt8 {
  @inlinable public func append(_ bytes: UnsafeRawBufferPointer) {
    append(contentsOf: bytes.assumingMemoryBound(to: UInt8.self))
  }
  @inlinable public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(elements) }
}

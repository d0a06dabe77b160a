/// Strings end to end as UTF-8 in one run of bytes, with `count + 1` offsets: ten million ids are two
/// allocations or two mapped files, not ten million objects.
package struct StringColumn: Sendable, RandomAccessCollection {
  package let bytes: Column<UInt8>
  package let offsets: Column<UInt64>

  /// `offsets` has one entry more than there are strings, begins with 0, never falls and ends within `bytes`.
  /// Returns nil where it does not (the files of a case can be damaged).
  package init?(bytes: Column<UInt8>, offsets: Column<UInt64>) {
    guard let first = offsets.first, first == 0, let last = offsets.last, last <= UInt64(bytes.count) else {
      return nil
    }
    let isRising = offsets.withUnsafeBufferPointer { offsets in
      (1..<offsets.count).allSatisfy { offsets[$0 - 1] <= offsets[$0] }
    }
    guard isRising else { return nil }
    self.bytes = bytes
    self.offsets = offsets
  }

  package init(_ strings: some Sequence<String>) {
    var builder = Builder()
    for string in strings { builder.append(string) }
    self = builder.finish()
  }

  private init(builtFrom bytes: Column<UInt8>, _ offsets: Column<UInt64>) {
    self.bytes = bytes
    self.offsets = offsets
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { offsets.count - 1 }

  /// The string at `position`; ill-formed UTF-8 becomes U+FFFD.
  package subscript(position: Int) -> String {
    withUTF8(at: position) { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes as they came, well-formed or not.
  package func withUTF8<R>(at position: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    let range = Int(offsets[position])..<Int(offsets[position + 1])
    return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  package struct Builder {
    private let bytes = ColumnBuilder<UInt8>()
    private let offsets = ColumnBuilder<UInt64>()
    package init() { offsets.append(0) }
    package var count: Int { offsets.count - 1 }
    package mutating func append(_ string: String) {
      var string = string
      string.withUTF8 { append(utf8: UnsafeRawBufferPointer($0)) }
    }
    package mutating func append(utf8: [UInt8]) { utf8.withUnsafeBytes { append(utf8: $0) } }
    package mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
      append(utf8: UnsafeRawBufferPointer(utf8))
    }
    package mutating func append(utf8: UnsafeRawBufferPointer) {
      bytes.append(utf8)
      offsets.append(UInt64(bytes.count))
    }
    package consuming func finish() -> StringColumn {
      StringColumn(builtFrom: bytes.finish(), offsets.finish())
    }
  }
}

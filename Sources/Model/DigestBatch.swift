import CDigest

/// SHA-256 of many short messages, taken together: the processor works on two of them at once (`CDigest`), so that a message
/// of some hundred bytes costs half of what `SHA256` takes for it.
package struct DigestBatch {
  /// The messages end to end; the next one is appended here and ended by `end`.
  package let bytes = ColumnBuilder<UInt8>()
  private let ends = ColumnBuilder<UInt64>()
  private var words: [UInt64] = []
  /// What still lies in the nearest caches of a processor when it is digested.
  private static let fullSize = 1 << 14

  package init() {}

  package mutating func end() { ends.append(UInt64(bytes.count)) }

  /// Whether it is time to take the digests.
  package var isFull: Bool { bytes.count >= Self.fullSize }

  /// Hands `body` the digests of the messages in their order, and forgets the messages.
  package mutating func takeDigests(_ body: (Digest) -> Void) {
    let count = ends.count
    words.removeAll(keepingCapacity: true)
    words.append(contentsOf: repeatElement(0, count: 4 * count))
    words.withUnsafeMutableBytes { words in
      guard let start = words.baseAddress else { return }
      let digests = start.assumingMemoryBound(to: (UInt64, UInt64, UInt64, UInt64).self)
      cdigest_sha256(bytes.elements.baseAddress, ends.elements.baseAddress, count, digests)
      for index in 0..<count { body(Digest(words: digests[index])) }
    }
    bytes.truncate(to: 0)
    ends.truncate(to: 0)
  }
}

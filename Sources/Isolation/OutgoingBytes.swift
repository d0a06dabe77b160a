/// Bytes on their way to a decoder. What has been sent is given back though more follows: a decoder that never waits has a
/// channel that is never empty.
package struct OutgoingBytes {
  private var bytes: [UInt8]
  private var sent = 0
  /// Sent bytes stay until they are so many, and no fewer than those that wait: so each is moved once at most.
  private static let maxSent = 1 << 20

  package init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  package var isEmpty: Bool { sent == bytes.count }
  /// What it holds, sent bytes that are still there included.
  package var heldCount: Int { bytes.count }

  package mutating func append(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

  /// Hands `body` all that has not been sent.
  package func withUnsent<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
  }

  /// - Parameter count: of the bytes that have not been sent, from 0 to all of them.
  package mutating func advance(by count: Int) {
    sent += count
    if isEmpty {
      bytes.removeAll(keepingCapacity: bytes.count <= 4 * Self.maxSent)
      sent = 0
    } else if sent >= max(Self.maxSent, bytes.count - sent) {
      bytes.removeFirst(sent)
      sent = 0
    }
  }
}

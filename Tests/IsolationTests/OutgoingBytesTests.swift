import Isolation
import Testing

/// Pictures go to a decoder without a pause: what it has got must not stay.
@Suite struct OutgoingBytesTests {
  /// 21 MB in pictures of 30 KB, of which a megabyte waits at all times: they come out as they went in.
  @Test func sentBytesAreGivenBackThoughMoreFollow() {
    var bytes = OutgoingBytes([7])
    var (put, got) = (UInt64(0), UInt64(0))
    /// Each picture is of one value.
    func value(_ place: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: place / 30_000) }
    bytes.advance(by: 1)
    #expect(bytes.isEmpty && bytes.heldCount == 0)
    var (most, isSame) = (0, true)
    for step in 0..<700 {
      bytes.append([UInt8](repeating: value(put), count: 30_000))
      put += 30_000
      guard put - got > 1 << 20 else { continue }
      let taken = step % 3 == 0 ? 1 : 50_000
      isSame = isSame && bytes.withUnsent { $0.first == value(got) && $0.last == value(put - 1) }
      bytes.advance(by: taken)
      got += UInt64(taken)
      most = max(most, bytes.heldCount)
    }
    #expect(isSame)
    #expect(put == 21_000_000 && most < 3 << 20, "\(most)")
    #expect(bytes.withUnsent { UInt64($0.count) } == put - got)
    bytes.advance(by: Int(put - got))
    #expect(bytes.isEmpty && bytes.heldCount == 0)
  }
}

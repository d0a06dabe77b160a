import Glibc
import Images

/// One decoder as the pool sees it: what it has been asked and not answered, and the bytes on their way to and fro.
/// Nothing here waits.
final class WorkerChannel {
  /// How many pictures, and how many bytes of them, wait for one decoder at most: so many that it never waits, so few
  /// that they are soon asked again where it dies. One picture may be longer.
  static let maxWaiting = 128
  static let maxBytes = 1 << 20

  private struct Request {
    let index: Int
    let size: Int
  }
  private var process: WorkerProcess
  private var requests: [Request] = []
  private var bytesWaiting = 0
  private var outgoing: OutgoingBytes
  private var incoming: [UInt8] = []
  private var parsed = 0
  private(set) var confinement: Confinement?
  private(set) var answered = 0
  /// When the picture that it is at, or the start of the process, began.
  private(set) var since: Int

  init(_ program: WorkerProcess.Program, _ settings: WorkerSettings, now: Int) throws(PoolError) {
    process = try WorkerProcess(program)
    outgoing = OutgoingBytes(settings.encoded)
    since = now
  }

  var socket: Int32 { process.socket }
  var isIdle: Bool { requests.isEmpty && confinement != nil }
  /// The first picture that it is asked is one that nothing before can have harmed.
  var isFresh: Bool { answered == 0 && requests.isEmpty }
  var waiting: Int { requests.count }
  var hasRoom: Bool { requests.isEmpty || bytesWaiting < Self.maxBytes }
  var wantsToSend: Bool { !outgoing.isEmpty }
  var indices: [Int] { requests.map(\.index) }
  func holds(_ index: Int) -> Bool { requests.contains { $0.index == index } }
  func restartClock(_ now: Int) { since = now }
  func extendClock(by milliseconds: Int) { since += milliseconds }

  func ask(_ index: Int, _ bytes: UnsafeRawBufferPointer, now: Int) {
    if requests.isEmpty, confinement != nil { since = now }
    requests.append(Request(index: index, size: bytes.count))
    bytesWaiting += bytes.count
    var head = WireWriter()
    head.put(bytes.count)
    outgoing.append(head.bytes)
    outgoing.append(bytes)
  }

  /// Sends what the socket takes.
  /// - Returns: false where the other end has gone.
  func send() -> Bool {
    while wantsToSend {
      let count = outgoing.withUnsent {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) { return true }
      guard count > 0 else { return false }
      outgoing.advance(by: count)
    }
    return true
  }

  enum Reception { case open, gone, invalid }

  /// Takes what has come, and gives every whole reply to `onReply`.
  /// - Parameter scratch: for the bytes that come.
  func receive(
    _ options: DecodeOptions, _ scratch: UnsafeMutableRawBufferPointer, now: Int,
    _ onReply: (Int, Result<DecodedImage, DecodeFailure>) -> Void
  ) -> Reception {
    let count = recv(socket, scratch.baseAddress, scratch.count, Int32(MSG_DONTWAIT))
    if count < 0 { return [EINTR, EAGAIN, EWOULDBLOCK].contains(errno) ? .open : .gone }
    if count == 0 { return .gone }
    incoming.append(contentsOf: UnsafeRawBufferPointer(rebasing: scratch[..<count]))
    if confinement == nil {
      guard let greeting = take(4) else { return .open }
      var reader = WireReader(greeting)
      confinement = Confinement(wireValue: reader.number())
      since = now
    }
    while incoming.count - parsed >= WireReply.headSize {
      // A reply that nobody asked for.
      guard let request = requests.first else { return .invalid }
      guard let head = WireReply.head(incoming[parsed..<parsed + WireReply.headSize], options) else {
        return .invalid
      }
      guard incoming.count - parsed - WireReply.headSize >= head.payload else {
        incoming.reserveCapacity(parsed + WireReply.headSize + head.payload)
        break
      }
      _ = take(WireReply.headSize)
      guard let payload = take(head.payload) else { return .invalid }
      let result = WireReply.result(head, payload)
      if result == .failure(.invalidReply) { return .invalid }
      requests.removeFirst()
      bytesWaiting -= request.size
      answered += 1
      since = now
      onReply(request.index, result)
    }
    incoming.removeFirst(parsed)
    parsed = 0
    return .open
  }

  private func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard incoming.count - parsed >= count else { return nil }
    parsed += count
    return incoming[parsed - count..<parsed]
  }

  /// How the process ended; nil where it had to be ended. Afterwards nothing can be asked.
  func end(isGone: Bool) -> DecodeFailure? { process.end(isGone: isGone) }
}

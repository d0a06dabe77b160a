import CSandbox
import Glibc
import Images

/// One call of `DecoderPool.decode`: a loop round poll(2) that never waits for a single decoder.
final class DecodeRun {
  typealias Outcome = Result<DecodedImage, DecodeFailure>
  /// How far a decoder may be ahead of the first result that is missing, in pictures and in bytes of results.
  private static let window = 4096
  private static let maxEarlyBytes = 256 << 20
  /// A decoder that does not greet in so long, and so often in a row, will never.
  private static let secondsToStart = 30
  private static let maxFailedStarts = 3
  private static let outOfMemoryStatus = Int32(CSANDBOX_OUT_OF_MEMORY)

  private let pool: DecoderPool
  private let settings: WorkerSettings
  private let count: Int
  private var channels: [WorkerChannel] = []
  private var queue: WorkQueue
  private var order = ResultOrder()
  private var failedStarts = 0
  private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// When the decoders were last listened to.
  private var heard: Int
  private(set) var report = PoolReport()

  init(_ pool: DecoderPool, count: Int) throws(PoolError) {
    self.pool = pool
    self.count = count
    heard = Self.now()
    settings = WorkerSettings(memory: pool.memory, options: pool.options)
    queue = WorkQueue(count: count)
    for _ in 0..<min(pool.workers, count) {
      channels.append(try WorkerChannel(pool.program, settings, now: Self.now()))
    }
  }

  deinit { scratch.deallocate() }

  var isDone: Bool { order.next == count }
  /// Results that wait for one before them have filled their room.
  private var isFull: Bool { order.bytes >= Self.maxEarlyBytes }

  /// Milliseconds of a clock that is never set.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// Gives each decoder as much as it may have, in turns, and less when little is left, so that all end together.
  func ask(
    _ request: (Int, (UnsafeRawBufferPointer) -> Void) throws(DecodeFailure) -> Void,
    _ onResult: (Int, Outcome) -> Void
  ) throws(PoolError) {
    let share = queue.untouched / (2 * channels.count)
    let maxRequests = min(max(1, share), WorkerChannel.maxWaiting)
    for (slot, channel) in channels.enumerated() {
      // With no room left for results before that one, nobody else can go on either.
      if queue.needsFresh, !channel.isFresh, channel.isIdle || isFull { try restart(slot) }
      while channels[slot].waiting < maxRequests, channels[slot].hasRoom {
        let limit = isFull ? 0 : order.next + Self.window
        guard let index = queue.take(isFresh: channels[slot].isFresh, below: limit) else { break }
        ask(channels[slot], index, request, onResult)
      }
    }
  }

  private func ask(
    _ channel: WorkerChannel, _ index: Int,
    _ request: (Int, (UnsafeRawBufferPointer) -> Void) throws(DecodeFailure) -> Void,
    _ onResult: (Int, Outcome) -> Void
  ) {
    var failure = DecodeFailure.source("its bytes were not given")
    var isAsked = false
    do throws(DecodeFailure) {
      try request(index) { bytes in
        do throws(ImageError) {
          try pool.options.limits.check(fileBytes: bytes.count)
          if !isAsked { channel.ask(index, bytes, now: Self.now()) }
          isAsked = true
        } catch { failure = .image(error) }
      }
    } catch { failure = error }
    if !isAsked { order.add(index, .failure(failure), onResult) }
  }

  /// Waits until something can be sent or received, or a picture has taken too long.
  func wait(_ onResult: (Int, Outcome) -> Void) throws(PoolError) {
    // What the caller does with results is not the decoders' time.
    let away = Self.now() - heard
    for channel in channels { channel.extendClock(by: away) }
    // When their room is full, only who has the result that is waited for is listened to.
    let listened = channels.map { !isFull || $0.holds(order.next) || $0.confinement == nil }
    var polled = channels.indices.map { slot in
      let events = (listened[slot] ? POLLIN : 0) | (channels[slot].wantsToSend ? POLLOUT : 0)
      return pollfd(fd: channels[slot].socket, events: Int16(events), revents: 0)
    }
    // Awake several times a second, for clocks and for who wants to stop.
    guard poll(&polled, nfds_t(polled.count), isDone ? 0 : 200) >= 0 else { return }
    let now = Self.now()
    defer { heard = now }
    for slot in channels.indices {
      let channel = channels[slot]
      let events = Int32(polled[slot].revents)
      var isOpen = true
      if events & POLLOUT != 0 { isOpen = channel.send() }
      if !listened[slot] {
        channel.restartClock(now)  // It cannot go on.
      } else if events & (POLLIN | POLLHUP | POLLERR) != 0 {
        try receive(slot, now, onResult)
      } else if !isOpen {
        try replace(slot, isGone: true, onResult)
      } else {
        try checkClock(slot, now, onResult)
      }
    }
  }

  private func receive(_ slot: Int, _ now: Int, _ onResult: (Int, Outcome) -> Void) throws(PoolError) {
    let channel = channels[slot]
    var suspect: Int?
    let reception = channel.receive(pool.options, scratch, now: now) { index, outcome in
      if case .failure(.image(let error)) = outcome, error.kind == .outOfMemory {
        let isFirst = channel.answered == 1
        // Whether there was enough memory may depend on what was decoded before.
        if !isFirst, queue.tryAlone(index) {
          suspect = index
          return
        }
        order.add(index, .failure(outOfMemory), onResult)
      } else {
        order.add(index, outcome, onResult)
      }
    }
    if let confinement = channel.confinement {
      failedStarts = 0
      // The weakest is told.
      if report.confinement == .unknown || confinement != .filtered { report.confinement = confinement }
    }
    switch reception {
    case .open: if suspect != nil { try restart(slot) } else { try checkClock(slot, now, onResult) }
    case .gone: try replace(slot, isGone: true, onResult)
    case .invalid: try replace(slot, isGone: false, because: .invalidReply, onResult)
    }
  }

  private var outOfMemory: DecodeFailure { .outOfMemory(megabytes: pool.memory >> 20) }

  private func checkClock(_ slot: Int, _ now: Int, _ onResult: (Int, Outcome) -> Void) throws(PoolError) {
    let channel = channels[slot]
    let seconds = channel.confinement == nil ? Self.secondsToStart : pool.secondsPerImage
    guard !channel.isIdle, now - channel.since > seconds * 1000 else { return }
    try replace(slot, isGone: false, because: .timedOut(seconds: seconds), onResult)
  }

  /// Ends a decoder that has failed at the first picture that it has not answered, and starts another.
  private func replace(
    _ slot: Int, isGone: Bool, because known: DecodeFailure? = nil, _ onResult: (Int, Outcome) -> Void
  ) throws(PoolError) {
    let channel = channels[slot]
    var failure = channel.end(isGone: isGone)
    if let known { failure = known }
    if failure == .ended(status: Self.outOfMemoryStatus) { failure = outOfMemory }
    if channel.confinement == nil {
      failedStarts += 1
      guard failedStarts < Self.maxFailedStarts else {
        throw PoolError("decoders do not start: \(failure?.description ?? "unknown reason")")
      }
    } else if let index = channel.indices.first {
      let isFirst = channel.answered == 0
      let failure = failure ?? .ended(status: -1)
      queue.putBack(Array(channel.indices.dropFirst()))
      if isFirst || !failure.dependsOnProcess || !queue.tryAlone(index) {
        order.add(index, .failure(failure), onResult)
      }
      return try start(slot)
    }
    queue.putBack(channel.indices)
    try start(slot)
  }

  /// Ends a decoder that did nothing wrong, for one that has decoded nothing.
  private func restart(_ slot: Int) throws(PoolError) {
    _ = channels[slot].end(isGone: false)
    queue.putBack(channels[slot].indices)
    try start(slot)
  }

  private func start(_ slot: Int) throws(PoolError) {
    guard !isDone else { return }
    report.restarts += 1
    channels[slot] = try WorkerChannel(pool.program, settings, now: Self.now())
  }
}

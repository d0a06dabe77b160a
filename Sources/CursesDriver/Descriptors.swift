import CNcurses
import Glibc

/// Bytes to and from descriptors, interrupted calls repeated.
enum Descriptors {
  /// What is there now, at most 64 KiB; `ended` when the other side is gone.
  static func drain(_ descriptor: Int32) -> (bytes: [UInt8], ended: Bool) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count < 65_536, isReadable(descriptor) {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN { break }
      if count <= 0 { return (bytes, true) }
      bytes += buffer[..<count]
    }
    return (bytes, false)
  }

  static func isReadable(_ descriptor: Int32) -> Bool {
    var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&one, 1, 0) > 0
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN {
        var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&one, 1, -1)
        continue
      }
      if count <= 0 { return }
      done += count
    }
  }

  /// Makes a descriptor another one of the same file as `other`.
  static func replace(_ descriptor: Int32, by other: Int32) -> Bool {
    while ft_duplicate(other, descriptor) < 0 {
      guard errno == EINTR || errno == EBUSY else { return false }
    }
    return true
  }

  /// The first bytes of a file.
  static func contents(of descriptor: Int32, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, done in
      while done < count {
        let read = pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(done))
        if read < 0 && errno == EINTR { continue }
        if read <= 0 { return }
        done += read
      }
    }
  }

  static func reason() -> String { String(cString: strerror(errno)) }

  /// Both ends closed on exec; the writing end never blocks a signal handler.
  static func makePipe() throws(TerminalError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .system("pipe", reason: reason()) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    return (ends[0], ends[1])
  }
}

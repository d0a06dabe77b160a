import CNcurses
import Glibc
import Screen

extension CursesTerminal {
  /// How long bytes of a sequence may be apart: a lone ESC is the Escape key after it.
  private static let escapeDelay: Int32 = 25

  /// Waits for keys, a signal or the other descriptor, and returns what came, in order; an empty list after the
  /// timeout and, now and then, before.
  ///
  /// - Parameters:
  ///   - wake: a descriptor whose readability is reported as `.wake`; the caller reads it.
  ///   - timeout: milliseconds; nil waits as long as it takes.
  package func poll(wake: Int32? = nil, timeout: Int? = nil) -> [TerminalEvent] {
    if !unreported.isEmpty {
      defer { unreported = [] }
      return unreported
    }
    var watched = [files.input, files.signals.reading, wake ?? -1].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    var limit = timeout.map { Int32(clamping: max(0, $0)) } ?? -1
    if decoder.isPending { limit = limit < 0 ? Self.escapeDelay : min(limit, Self.escapeDelay) }
    let count = Glibc.poll(&watched, nfds_t(watched.count), limit)
    guard count > 0 else {
      // Interrupted: the byte of the signal is in the pipe and the next call finds it.
      return count == 0 && decoder.isPending ? decoder.flush().map(Self.event) : []
    }
    var events: [TerminalEvent] = []
    if watched[1].revents != 0 { events += takeSignals() }
    if watched[0].revents != 0 {
      let (bytes, ended) = Descriptors.drain(files.input)
      events += decoder.decode(bytes).map(Self.event)
      // The terminal is gone and will say so for ever: the same as its SIGHUP.
      if ended { events.append(.terminated(SIGHUP)) }
    }
    if watched[2].revents != 0 { events.append(.wake) }
    return events
  }

  private static func event(_ input: Input) -> TerminalEvent {
    switch input {
    case .key(let key): .key(key)
    case .paste(let text): .paste(text)
    }
  }

  private func takeSignals() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    for number in Descriptors.drain(files.signals.reading).bytes.map(Int32.init) {
      switch number {
      case SIGWINCH:
        if updateSize() { events.append(.resized) }
      case SIGTSTP:
        suspend()
        events += unreported
        unreported = []
      default: events.append(.terminated(number))
      }
    }
    return events
  }
}

import CNcurses
import Foundation
import Glibc
import Synchronization
import Testing

/// A terminal with nobody before it: what the driver writes is collected, what a test types is written.
package final class Pty: Sendable {
  package let master: Int32
  package let slave: Int32
  private let collected = Mutex<[UInt8]>([])
  private let isDone = Atomic(false)

  package init(height: Int, width: Int) throws {
    var ends: (master: Int32, slave: Int32) = (-1, -1)
    try #require(ft_open_pty(&ends.master, &ends.slave) == 0)
    (master, slave) = ends
    resize(height: height, width: width)
    // Someone must read, or the driver waits for ever once the line is full.
    Thread.detachNewThread { [self] in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !isDone.load(ordering: .relaxed) {
        var one = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&one, 1, 20) > 0 else { continue }
        let count = read(master, &buffer, buffer.count)
        if count <= 0 { break }
        let bytes = buffer[..<count]
        collected.withLock { $0 += bytes }
      }
      Glibc.close(master)
      Glibc.close(slave)
    }
  }

  /// The person closes the window: the reading thread closes the terminal within a moment.
  package func hangUp() { isDone.store(true, ordering: .relaxed) }

  package func resize(height: Int, width: Int) { _ = ft_set_window_size(master, Int32(height), Int32(width)) }

  package func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  package func modes() -> termios {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes
  }

  /// Everything that was written since it was last taken.
  package func take() -> [UInt8] {
    collected.withLock { bytes in
      defer { bytes = [] }
      return bytes
    }
  }

  /// Waits until what was written since the last call holds the text, and takes it; nil after five seconds.
  package func take(until text: String) -> String? {
    for _ in 0..<500 {
      let found: String? = collected.withLock { bytes in
        let all = String(decoding: bytes, as: UTF8.self)
        guard all.contains(text) else { return nil }
        bytes = []
        return all
      }
      if let found { return found }
      usleep(10_000)
    }
    return nil
  }
}

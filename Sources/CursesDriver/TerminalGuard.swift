import CNcurses
import Glibc

/// What gives the terminal back when the program ends otherwise than by `close`: see `guard.h`.
enum TerminalGuard {
  static func prepare(_ descriptor: Int32) -> Bool { ft_guard_prepare(descriptor) == 0 }
  static func hook(pipe: Int32) { ft_guard_hook(pipe) }
  static func unhook() { ft_guard_unhook() }
  static func disarm() { ft_guard_disarm() }
  static func restoreModes() { ft_guard_restore_modes() }
  static func stop() { ft_guard_stop() }
  static func keepStandardError(_ descriptor: Int32) { ft_guard_keep_standard_error(descriptor) }

  /// From now on whatever ends the program writes these bytes to the terminal and gives it its modes back.
  static func arm(_ bytes: [UInt8]) {
    let armed = bytes.withUnsafeBytes {
      ft_guard_arm($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    precondition(armed == 0, "the restoring bytes are longer than the guard holds")
  }
}

/// The bytes that bring a terminal from this program's state to the one it had.
enum RestoringBytes {
  static let pasteOn = Array("\u{1B}[?2004h".utf8)
  static let pasteOff = Array("\u{1B}[?2004l".utf8)

  /// From the terminfo entry in use; padding is left out, since nothing waits in a handler.
  static func current(rows: Int) -> [UInt8] {
    var bytes = pasteOff
    for name in ["sgr0", "op", "rmkx", "cnorm"] { bytes += capability(name) ?? [] }
    if let leave = capability("rmcup") { return bytes + leave }
    // No alternate screen: the shell goes on below what is shown.
    if let move = ft_move_to(Int32(max(0, rows - 1)), 0) { bytes += unpadded(move) }
    return bytes + Array("\r\n".utf8)
  }

  private static func capability(_ name: String) -> [UInt8]? { ft_capability(name).map(unpadded) }

  /// Without `$<5/>` and its like (terminfo(5), "Delays and Padding").
  private static func unpadded(_ text: UnsafePointer<CChar>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(UnsafeBufferPointer(start: text, count: strlen(text))).map { UInt8(bitPattern: $0) }[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"),
        let end = rest.firstIndex(of: UInt8(ascii: ">"))
      {
        rest = rest[(end + 1)...]
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}

import Glibc

/// The descriptors of a session, its own copies, closed together: when the terminal is closed, or when opening it
/// fails half way.
final class TerminalFiles {
  let reader: UnsafeMutablePointer<FILE>
  let printer: UnsafeMutablePointer<FILE>
  /// Signal handlers write here and the main loop reads.
  let signals: (reading: Int32, writing: Int32)
  private var isOpen = true

  init(input: Int32, output: Int32) throws(TerminalError) {
    signals = try Descriptors.makePipe()
    let copies = [fcntl(input, F_DUPFD_CLOEXEC, 3), fcntl(output, F_DUPFD_CLOEXEC, 3)]
    guard let reader = fdopen(copies[0], "r"), let printer = fdopen(copies[1], "w") else {
      let error = TerminalError.system("open the terminal", reason: Descriptors.reason())
      for descriptor in copies + [signals.reading, signals.writing] where descriptor >= 0 {
        Glibc.close(descriptor)
      }
      throw error
    }
    self.reader = reader
    self.printer = printer
  }

  deinit { close() }

  var input: Int32 { fileno(reader) }
  var output: Int32 { fileno(printer) }

  func close() {
    guard isOpen else { return }
    isOpen = false
    fclose(reader)
    fclose(printer)
    Glibc.close(signals.reading)
    Glibc.close(signals.writing)
  }
}

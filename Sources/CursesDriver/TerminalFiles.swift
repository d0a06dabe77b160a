import CNcurses
import Glibc

/// The descriptors of a session, its own copies, closed together: when the terminal is closed, or when opening it
/// fails half way.
final class TerminalFiles {
  let reader: UnsafeMutablePointer<FILE>
  /// For ncurses.
  let printer: UnsafeMutablePointer<FILE>
  /// The terminal, whatever `printer` is at the moment.
  let output: Int32
  /// Signal handlers write here and the main loop reads.
  let signals: (reading: Int32, writing: Int32)
  /// Where the bytes of a frame go; below 0 where there is none.
  private let frame: Int32
  private var isOpen = true

  init(input: Int32, output: Int32) throws(TerminalError) {
    signals = try Descriptors.makePipe()
    let copies = [input, output, output].map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
    guard let reader = fdopen(copies[0], "r"), let printer = fdopen(copies[1], "w"), copies[2] >= 0 else {
      let error = TerminalError.system("open the terminal", reason: Descriptors.reason())
      for descriptor in copies + [signals.reading, signals.writing] where descriptor >= 0 {
        Glibc.close(descriptor)
      }
      throw error
    }
    self.reader = reader
    self.printer = printer
    self.output = copies[2]
    frame = ft_memory_file("frame")
  }

  deinit { close() }

  var input: Int32 { fileno(reader) }

  /// What `body` makes ncurses write, which does not reach the terminal; nil where it did.
  func captured(_ body: () -> Void) -> [UInt8]? {
    guard frame >= 0, ftruncate(frame, 0) == 0, lseek(frame, 0, SEEK_SET) == 0,
      Descriptors.replace(fileno(printer), by: frame)
    else {
      body()
      return nil
    }
    body()
    _ = Descriptors.replace(fileno(printer), by: output)
    return Descriptors.contents(of: frame, count: Int(lseek(frame, 0, SEEK_CUR)))
  }

  func close() {
    guard isOpen else { return }
    isOpen = false
    fclose(reader)
    fclose(printer)
    for descriptor in [output, frame, signals.reading, signals.writing] where descriptor >= 0 {
      Glibc.close(descriptor)
    }
  }
}

import Foundation

/// Progress and errors: standard output carries results only.
enum StandardError {
  /// What nobody can read any more, as where the terminal is gone, is not said; it is no reason to fall over.
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

enum StandardOutput {
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Writes all of `text`. A reader that has gone away, as `head` does, has all that it wants: what it would have got is
  /// dropped, and the command ends as it would have ended.
  static func write(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
      if cause.domain == NSPOSIXErrorDomain, cause.code == Int(EPIPE) { return }
      throw Failure(ExitStatus.ioError, "standard output: cannot write")
    }
  }
}

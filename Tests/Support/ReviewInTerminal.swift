import Foundation
import Testing

/// The real program's review, with a terminal of the test as its controlling one.
package struct ReviewInTerminal {
  package let process: Process
  private let pidFile: String

  /// - Parameter environment: variables of the program alone, beside those of the tests.
  package init(
    _ dataset: String, in folder: ScratchFolder, on pty: Pty, options: [String] = [],
    environment own: [String: String] = [:]
  ) throws {
    pidFile = folder.url.appending(path: "pid-\(UUID().uuidString)").path
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
    // The shell tells its number, which the program keeps; the pty becomes its controlling terminal.
    process.arguments =
      [
        "--ctty", "--wait", "/bin/sh", "-c", "echo $$ > \"$1\"; shift; exec \"$@\"", "sh", pidFile, "env",
      ] + own.map { "\($0.key)=\($0.value)" } + [Program.path.path, "review", dataset] + options
    var environment = ProcessInfo.processInfo.environment
    environment["TERM"] = "xterm-256color"
    environment["LC_ALL"] = "C.UTF-8"
    environment["NO_COLOR"] = nil
    environment["XDG_STATE_HOME"] = folder.url.path
    process.environment = environment
    let terminal = FileHandle(fileDescriptor: pty.slave, closeOnDealloc: false)
    process.standardInput = terminal
    process.standardOutput = terminal
    process.standardError = terminal
    try process.run()
  }

  /// Of the program itself, once its first frame is there.
  package func pid() throws -> Int32 {
    let text = try String(contentsOfFile: pidFile, encoding: .utf8)
    return try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }
}

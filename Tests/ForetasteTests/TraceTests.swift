import Foundation
import TestSupport
import Testing

/// `review --trace FILE` writes a new file, or into an empty one; what is there is never touched.
@Suite struct TraceTests {
  let folder: ScratchFolder
  let dataset: String

  init() throws {
    folder = try ScratchFolder()
    dataset = try folder.write("t.csv", "id,label,x\na,0,1\nb,1,2\nc,0,3\n")
  }

  /// - Parameter quits: the session is expected to open, and is left.
  private func review(trace: String, quits: Bool = false) throws -> (status: Int32, errors: String) {
    let pty = try Pty(height: 24, width: 80)
    defer { pty.hangUp() }
    let process = Process()
    process.executableURL = Program.path
    process.arguments = ["review", dataset, "--trace", trace]
    process.currentDirectoryURL = folder.url
    process.environment = [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": folder.url.path,
      "PATH": "/usr/bin:/bin",
    ]
    let terminal = FileHandle(fileDescriptor: pty.slave, closeOnDealloc: false)
    let errors = Pipe()
    process.standardInput = terminal
    process.standardOutput = terminal
    process.standardError = errors
    try process.run()
    if quits {
      _ = try #require(pty.take(until: "what next"), "the dashboard never came")
      pty.type("gq")
    }
    let text = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test func whatIsThereIsNeverOverwritten() throws {
    let full = try folder.write("full", "mine")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "link").path, withDestinationPath: "elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "link-to-full").path, withDestinationPath: "full")
    #expect(mkfifo(folder.url.appending(path: "pipe").path, 0o600) == 0)
    for (name, reason) in [
      ("full", "is there already"), ("link", "is a link"), ("link-to-full", "is a link"), ("pipe", ""),
      (".", ""), ("no/such/place", "No such file"),
    ] {
      let outcome = try review(trace: name)
      #expect(outcome.status == 73 && outcome.errors.contains("\(name): "), "\(outcome.errors)")
      #expect(reason.isEmpty || outcome.errors.contains(reason), "\(outcome.errors)")
    }
    #expect(try String(contentsOfFile: full, encoding: .utf8) == "mine")
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "elsewhere").path))
  }

  @Test func aNewOrAnEmptyFileIsTaken() throws {
    _ = try folder.write("empty", "")
    for name in ["empty", "new"] {
      #expect(try review(trace: name, quits: true).status == 0)
      #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: name).path))
    }
  }
}

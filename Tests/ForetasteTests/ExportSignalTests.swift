import Compression
import Foundation
import Glibc
import TestSupport
import Testing

/// A signal does not wait for an export that is being written, and leaves nothing of it.
@Suite struct ExportSignalTests {
  let folder: ScratchFolder
  init() throws { folder = try ScratchFolder() }

  /// Few samples beside much that hardly shrinks: a copy of them is compressed for seconds.
  private func slowToWrite() throws -> String {
    var random = SeededGenerator(8)
    var lines = ""
    for row in 0..<80 {
      let blob = (0..<4_700).map { _ in random.next() }.withUnsafeBytes { Data($0).base64EncodedString() }
      let text = "sample \(row) \(row % 2 == 0 ? "good" : "bad")"
      lines += #"{"id":"r\#(row)","label":"\#(row % 2)","text":"\#(text)","blob":"\#(blob)"}"# + "\n"
    }
    let compressor = try Compressor(.xz, level: 0)
    let bytes = try compressor.append(Array(lines.utf8)) + compressor.finish()
    let place = folder.url.appending(path: "rows.jsonl.xz")
    try Data(bytes).write(to: place)
    #expect(try Program.run(["scan", place.path, "--text", "text", "--quiet"]).status == 0)
    return place.path
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { !$0.hasPrefix("pid-") }
      .sorted()
  }

  /// Waits for the folder in which an export is made.
  private func awaitWriting(while process: Process) throws -> Bool {
    for _ in 0..<1000 where process.isRunning {
      if try names().contains(where: { $0.contains(".writing-") }) { return true }
      usleep(5000)
    }
    return false
  }

  private func ends(_ process: Process) -> Bool {
    for _ in 0..<250 where process.isRunning { usleep(20_000) }
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    return !process.isRunning
  }

  @Test func aSignalEndsAnExportThatTheWorkbenchWrites() throws {
    let dataset = try slowToWrite()
    for signal in [SIGTERM, SIGHUP] {
      let pty = try Pty(height: 24, width: 100)
      defer { pty.hangUp() }
      let review = try ReviewInTerminal(dataset, in: folder, on: pty, options: ["--text", "text"])
      _ = try #require(pty.take(until: "what next"), "the dashboard never came")
      let before = try names()
      pty.type(":write clean \(folder.url.path)/copy.jsonl.xz\r")
      #expect(try awaitWriting(while: review.process), "nothing was written")
      usleep(100_000)
      kill(try review.pid(), signal)
      #expect(ends(review.process))
      #expect(review.process.terminationStatus == 128 + signal)
      usleep(50_000)
      let told = String(decoding: pty.take(), as: UTF8.self)
      #expect(told.contains("\u{1B}[?1049l"))
      #expect(told.contains("ended by a signal; all decisions are saved; "))
      #expect(told.contains("copy.jsonl.xz is NOT written"))
      // Had it been waited for, the copy would be there.
      #expect(try names() == before)
    }
  }

  /// Who quits waits for the export, unless a signal comes.
  @Test func quittingWaitsForAnExport() throws {
    let dataset = try slowToWrite()
    let pty = try Pty(height: 24, width: 100)
    defer { pty.hangUp() }
    let review = try ReviewInTerminal(dataset, in: folder, on: pty, options: ["--text", "text"])
    _ = try #require(pty.take(until: "what next"), "the dashboard never came")
    pty.type(":write clean \(folder.url.path)/copy.jsonl.xz\r")
    #expect(try awaitWriting(while: review.process), "nothing was written")
    pty.type("gq")
    review.process.waitUntilExit()
    #expect(review.process.terminationStatus == 0)
    let copy = try Data(contentsOf: folder.url.appending(path: "copy.jsonl.xz"))
    #expect(copy.count > 1 << 20)
    let left = try names().filter { $0.contains(".writing-") }
    #expect(left.isEmpty)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP]) func aSignalEndsTheCommand(signal: Int32) throws {
    let dataset = try slowToWrite()
    let before = try names()
    let process = Process()
    process.executableURL = Program.path
    process.arguments = [
      "export", dataset, "--text", "text", "--format", "clean", "--output",
      folder.url.path + "/copy.jsonl.xz",
    ]
    let errors = Pipe()
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, errors)
    try process.run()
    #expect(try awaitWriting(while: process), "nothing was written")
    usleep(50_000)
    kill(process.processIdentifier, signal)
    #expect(ends(process))
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(told == "foretaste: interrupted\n")
    #expect(try names() == before)
  }
}

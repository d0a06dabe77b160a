import Foundation
import Glibc
import TestSupport
import Testing

/// Signals end the program within a moment, whatever it does, and leave nothing behind.
@Suite struct SignalTests {
  let folder: ScratchFolder
  init() throws { folder = try ScratchFolder() }

  static let signals = [SIGTERM, SIGINT, SIGHUP]

  /// A scan of it has enough to do for longer than is waited for.
  private func longScan() throws -> String { try NPYBytes.noisePictures(20_000, in: folder) }

  /// Whether a process ends before patience does.
  private func ends(_ process: Process) -> Bool {
    for _ in 0..<250 where process.isRunning { usleep(20_000) }
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    return !process.isRunning
  }

  @Test(arguments: signals) func aSignalEndsAScanInAPipe(signal: Int32) throws {
    let set = try longScan()
    let process = Process()
    process.executableURL = Program.path
    process.arguments = ["scan", set]
    process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.url.path]) { $1 }
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    usleep(700_000)
    #expect(process.isRunning, "there was nothing to interrupt")
    kill(process.processIdentifier, signal)
    #expect(ends(process), "a second or five after the signal it still ran")
    #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(told == "foretaste: interrupted\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["set"])
  }

  /// As it is under nohup.
  @Test func aSignalThatWasIgnoredStaysSo() throws {
    let set = try longScan()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "trap '' HUP; exec \"$@\"", "sh", Program.path.path, "scan", set]
    process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.url.path]) { $1 }
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    usleep(500_000)
    kill(process.processIdentifier, SIGHUP)
    usleep(300_000)
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGTERM)
    #expect(ends(process) && process.terminationStatus == 130)
  }

  @Test(arguments: signals) func aSignalEndsAScanOnATerminal(signal: Int32) throws {
    let pty = try Pty(height: 24, width: 80)
    defer { pty.hangUp() }
    let before = pty.modes()
    let review = try ReviewInTerminal(longScan(), in: folder, on: pty)
    _ = try #require(pty.take(until: "% "), "no progress was shown")
    kill(try review.pid(), signal)
    #expect(ends(review.process))
    #expect(review.process.terminationStatus == 130)
    usleep(50_000)
    let told = String(decoding: pty.take(), as: UTF8.self)
    // The line is taken away before, and does not come back.
    #expect(told.hasSuffix("\r" + String(repeating: " ", count: 78) + "\rforetaste: interrupted\r\n"))
    #expect(Self.areEqual(before, pty.modes()))
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/set.case"))
  }

  @Test(arguments: signals) func aSignalEndsTheWorkbench(signal: Int32) throws {
    let dataset = try folder.write("rows.csv", "id,label,x\nr0,a,1\nr1,b,2\n")
    #expect(try Program.run(["scan", dataset, "--quiet"]).status == 0)
    let pty = try Pty(height: 24, width: 80)
    defer { pty.hangUp() }
    let before = pty.modes()
    let review = try ReviewInTerminal(dataset, in: folder, on: pty)
    _ = try #require(pty.take(until: "what next"), "the dashboard never came")
    #expect(!Self.areEqual(before, pty.modes()))
    kill(try review.pid(), signal)
    #expect(ends(review.process))
    #expect(review.process.terminationReason == .exit && review.process.terminationStatus == 128 + signal)
    usleep(50_000)
    #expect(String(decoding: pty.take(), as: UTF8.self).contains("\u{1B}[?1049l"))
    #expect(Self.areEqual(before, pty.modes()))
  }

  /// A signal at any moment, also while the case is written: it is whole or not there, and nothing lies beside it.
  @Test func aSignalLeavesAWholeCaseOrNone() throws {
    let rows = (0..<60).map { "r\($0),\($0 % 2),\($0 % 7),\($0 % 11)\n" }.joined()
    let dataset = try folder.write("rows.csv", "id,label,x,y\n" + rows)
    let started = ContinuousClock.now
    #expect(try Program.run(["scan", dataset, "--quiet"]).status == 0)
    let whole = Double(started.duration(to: .now).components.attoseconds) / 1e12
    var random = SeededGenerator(3)
    for round in 0..<30 {
      try FileManager.default.removeItem(atPath: dataset + ".case")
      let scan = Process()
      scan.executableURL = Program.path
      scan.arguments = ["scan", dataset, "--quiet"]
      (scan.standardOutput, scan.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try scan.run()
      usleep(UInt32(whole * Double.random(in: 0.3...1, using: &random)))
      kill(scan.processIdentifier, SIGTERM)
      scan.waitUntilExit()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
      let hasCase = names == ["rows.csv", "rows.csv.case"]
      #expect(hasCase || names == ["rows.csv"], "round \(round): left behind: \(names)")
      // Before the program has its handlers the signal ends it as any other.
      let isEnded = scan.terminationReason == .uncaughtSignal || scan.terminationStatus == 130
      #expect(isEnded || scan.terminationStatus == 0 && hasCase, "round \(round): \(scan.terminationStatus)")
      let next = try Program.run(["scan", dataset, "--quiet"])
      #expect(next.status == 0, "round \(round): \(next.errors)")
    }
  }

  private static func areEqual(_ a: termios, _ b: termios) -> Bool {
    a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_lflag == b.c_lflag && a.c_cflag == b.c_cflag
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// Scans that are killed: the old case or the new one is whole, and nothing of others is lost.
@Suite struct ScanKillTests {
  /// The long form is `SCAN_KILLS=200`.
  private static let rounds =
    ProcessInfo.processInfo.environment["SCAN_KILLS"].flatMap { Int($0) } ?? 20

  @Test func aKilledScanLeavesAWholeCase() throws {
    let folder = try ScratchFolder()
    let rows = (0..<60).map { "r\($0),\($0 % 2),\($0 % 7),\($0 % 11)\n" }.joined()
    let dataset = try folder.write("rows.csv", "id,label,x,y\n" + rows)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: dataset))
    let journal = dataset + ".case/second.jsonl"
    let started = ContinuousClock.now
    #expect(try Program.run(["scan", dataset, "--quiet"]).status == 0)
    let whole = started.duration(to: .now)
    _ = try folder.write("rows.csv.case/notes.txt", "of others\n")

    var random = SeededGenerator(5)
    for round in 1...Self.rounds {
      let scan = Process()
      scan.executableURL = Program.path
      scan.arguments = ["scan", dataset, "--force", "--quiet"]
      scan.standardOutput = FileHandle.nullDevice
      scan.standardError = FileHandle.nullDevice
      try scan.run()
      // Most of the danger lies near the end.
      let share = 1 - pow(Double.random(in: 0...1, using: &random), 2) * 0.8
      usleep(UInt32(share * Double(whole.components.attoseconds / 1_000_000_000_000)))
      kill(scan.processIdentifier, SIGKILL)
      scan.waitUntilExit()
      let mark = try Program.run(["mark", dataset, "r\(round % 60)", "--clean", "--journal", journal])
      #expect(mark.status == 0, "round \(round): \(mark.errors)")
      #expect(try Program.run(["log", journal]).output.split(separator: "\n").count == round)
    }
    let last = try Program.run(["scan", dataset, "--force", "--quiet"])
    #expect(last.status == 0, "\(last.errors)")
    #expect(try Program.run(["verify", journal]).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: dataset)) == bytes)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(names == ["rows.csv", "rows.csv.case"], "left behind")
    #expect(
      try FolderTree(dataset + ".case").names.filter { !$0.hasPrefix("arrays") } == [
        "case.json", "notes.txt", "scores.csv", "second.jsonl",
      ])
  }
}

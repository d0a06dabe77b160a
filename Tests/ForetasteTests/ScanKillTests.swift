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
    #expect(try Self.problems(rounds: Self.rounds, scanning: "exec \"$@\"") == [])
  }

  /// The guard taken out: a scan that empties the place of the case and then makes the new one there.
  @Test func aScanThatReplacesInPlaceIsFoundOut() throws {
    let found = try Self.problems(
      rounds: 8, scanning: "rm -rf rows.csv.case; sleep 0.05; exec \"$@\"")
    #expect(!found.isEmpty)
  }

  /// - Parameter command: of a shell, which is given the program and its arguments.
  /// - Returns: what does not hold after scans that were killed.
  private static func problems(rounds: Int, scanning command: String) throws -> [String] {
    var problems: [String] = []
    func hold(_ condition: Bool, _ what: @autoclosure () -> String) {
      if !condition { problems.append(what()) }
    }
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
    for round in 1...rounds {
      let scan = Process()
      scan.executableURL = URL(fileURLWithPath: "/bin/sh")
      scan.currentDirectoryURL = folder.url
      scan.arguments = ["-c", command, "sh", Program.path.path, "scan", dataset, "--force", "--quiet"]
      scan.standardOutput = FileHandle.nullDevice
      scan.standardError = FileHandle.nullDevice
      try scan.run()
      // Most of the danger lies near the end.
      let share = 1 - pow(Double.random(in: 0...1, using: &random), 2) * 0.8
      usleep(UInt32(share * Double(whole.components.attoseconds / 1_000_000_000_000)))
      kill(scan.processIdentifier, SIGKILL)
      scan.waitUntilExit()
      let mark = try Program.run(["mark", dataset, "r\(round % 60)", "--clean", "--journal", journal])
      hold(mark.status == 0, "round \(round): \(mark.errors)")
      let decisions = try Program.run(["log", journal]).output.split(separator: "\n").count
      hold(decisions == round, "round \(round): \(decisions) decisions")
    }
    let last = try Program.run(["scan", dataset, "--force", "--quiet"])
    hold(last.status == 0, last.errors)
    let verified = try Program.run(["verify", journal])
    hold(verified.status == 0, verified.output)
    let now = try Data(contentsOf: URL(fileURLWithPath: dataset))
    hold(now == bytes, "the dataset was changed")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    hold(names == ["rows.csv", "rows.csv.case"], "left behind: \(names)")
    let tree = try FolderTree(dataset + ".case").names.filter { !$0.hasPrefix("arrays") }
    hold(tree == ["case.json", "notes.txt", "scores.csv", "second.jsonl"], "in the case: \(tree)")
    return problems
  }
}

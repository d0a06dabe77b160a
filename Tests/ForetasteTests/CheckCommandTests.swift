import Foundation
import TestSupport
import Testing

/// `check` as a pipeline meets it: exit statuses and the files that it writes.
@Suite struct CheckCommandTests {
  let folder: ScratchFolder
  let dataset: String
  let noScan = "[levels]\nincidents = \"off\"\nflags = \"off\"\npoison = \"off\"\n"

  init() throws {
    folder = try ScratchFolder()
    let rows = (0..<60).map { "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 * 37 % 61).5,\($0 * 11 % 17).25" }
    dataset = try folder.write("rows.csv", (["id,label,x,y"] + rows).joined(separator: "\n") + "\n")
  }

  private func check(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["check", dataset, "--quiet"] + arguments, in: folder.url, state: folder.url.path)
  }

  @Test func aDatasetThatHoldsEndsZeroAndOneThatDoesNotEndsOne() throws {
    let good = try folder.write("good.toml", noScan + "[ranges]\nx = [0, 100]\n")
    let passed = try check("--policy", good)
    #expect(passed.status == 0, "\(passed.output) \(passed.errors)")
    #expect(!FileManager.default.fileExists(atPath: dataset + ".case"), "no check needs a scan")
    let bad = try folder.write("bad.toml", noScan + "[ranges]\nx = [0, 10]\n")
    let failed = try check("--policy", bad)
    #expect(failed.status == 1 && failed.output.contains("FAILED") && failed.errors.isEmpty)
  }

  @Test func aWarningLeavesTheGateOpen() throws {
    let policy = try folder.write("warn.toml", "[ranges]\nx = [0, 10]\n" + noScan + "ranges = \"warn\"\n")
    #expect(try check("--policy", policy).status == 0)
  }

  @Test func mistakesAreNoVerdict() throws {
    #expect(try check("--policy", "no-such-file").status == 66)
    #expect(try check("--policy", folder.write("wrong.toml", "[scheme]\n\na = 1\n")).status == 65)
    #expect(
      try check("--policy", folder.write("wrong.toml", "[drift]\nalpha = \"x\"\n")).errors.contains("line 2"))
    #expect(try check("--baseline", "no-such-case").status == 66)
    #expect(try check("--junit", "no/such/folder/x.xml").status == 73)
    #expect(try check("--sarif", dataset).status == 73)
    #expect(try String(contentsOfFile: dataset, encoding: .utf8).hasPrefix("id,label,x,y"))
  }

  @Test func reportsAreWrittenWhateverTheVerdict() throws {
    let policy = try folder.write("bad.toml", noScan + "[schema]\nmin-rows = 1000\n")
    let outcome = try check("--policy", policy, "--junit", "out.xml", "--sarif", "out.sarif", "--json")
    #expect(outcome.status == 1)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(json["passed"] as? Bool == false)
    let junit = try String(contentsOfFile: folder.url.appending(path: "out.xml").path, encoding: .utf8)
    #expect(junit.hasPrefix("<?xml") && junit.contains("failures=\"1\""))
    let sarif = try Data(contentsOf: folder.url.appending(path: "out.sarif"))
    #expect(try JSONSerialization.jsonObject(with: sarif) is [String: Any])
  }

  @Test func theCaseIsMadeOnceAndServesAsABaseline() throws {
    let first = try check()
    #expect(first.status == 0 || first.status == 1, "\(first.errors)")
    let file = dataset + ".case/case.json"
    let made = try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int
    let second = try check("--baseline", dataset + ".case")
    #expect(second.output.contains("as before"), "\(second.output) \(second.errors)")
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int == made)
  }
}

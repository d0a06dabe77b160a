import Foundation
import TestSupport
import Testing
import Workbench

/// What people come for, as scripts in `Jobs`: each leads to its end in so many keys. A change that makes one longer is
/// seen here, and one that makes it shorter is written down.
struct Job: Sendable, CustomTestStringConvertible {
  let name: String
  /// Of `SampleSetRoadTests.sets`.
  let set: String
  let keys: Int
  /// What the log says at the end of its last line, or a part of it.
  let logged: String
  /// Files that it leaves.
  var files: [String] = []

  static let all = [
    Job(
      name: "1-triage", set: "digits", keys: 41, logged: "by incident I2", files: ["copy", "r.html"]),
    Job(name: "2-one-by-one", set: "digits", keys: 16, logged: "poisoned"),
    Job(name: "3-trigger", set: "digits", keys: 8, logged: "by incident I2"),
    Job(name: "4-source", set: "chat", keys: 29, logged: "tag ask"),
    Job(name: "5-text", set: "chat", keys: 20, logged: "by selection of 20 by hand"),
    Job(name: "6-cells", set: "table", keys: 24, logged: "by amount = 187.31"),
    Job(name: "7-cut", set: "digits", keys: 10, logged: "by confident-learning.raw >= "),
    Job(name: "8-hand-over", set: "digits", keys: 27, logged: "undo of 2", files: ["drop.txt"]),
  ]

  var testDescription: String { name }

  private var script: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Jobs/\(name).keys")
  }

  /// The keys that a person types.
  func count() throws -> Int {
    try KeyScript(String(contentsOf: script, encoding: .utf8)).steps.reduce(0) { sum, part in
      if case .keys(let keys) = part.step { sum + keys.count } else { sum }
    }
  }

  /// Does the job on a copy of a finished case.
  func run(on road: Road) throws {
    let folder = try ScratchFolder()
    let place = folder.url.appending(path: "job.case").path
    try FileManager.default.copyItem(atPath: road.casePath, toPath: place)
    let outcome = try Program.run(
      ["play", script.path, road.dataset, "--case", place], in: folder.url, state: folder.url.path)
    #expect(outcome.status == 0, "\(name): \(outcome.errors)")
    let log = try Program.run(["log", place + "/review.jsonl"], state: folder.url.path).output
    #expect(log.split(separator: "\n").last?.contains(logged) == true, "\(name): \(log)")
    for file in files {
      #expect(
        FileManager.default.fileExists(atPath: folder.url.appending(path: file).path), "\(name): \(file)")
    }
  }
}

@Suite struct JobTests {
  @Test(arguments: Job.all) func itTakesSoManyKeys(_ job: Job) throws {
    #expect(try job.count() == job.keys)
  }

  /// Triage, the longest, from the first start and without a book.
  @Test func triageTakesAtMost45Keys() throws {
    #expect(try #require(Job.all.first).count() <= 45)
  }
}

import Foundation
import TestSupport
import Testing

/// `bench --draws`: scans of random parts of what the truth calls clean.
@Suite struct CleanDrawTests {
  private struct Table: Decodable {
    struct Clean: Decodable {
      struct Draw: Decodable, Equatable {
        var samples: Int
        var flagged: Int
        var findings: [String]
      }
      var draws: [Draw]
      var flaggedShare: Double
      var largestShare: Double
    }
    var clean: Clean
  }

  private static func bench(_ folder: String, _ extra: [String]) throws -> Program.Outcome {
    try Program.run(
      ["bench", folder + "/set.csv", "--truth", folder + "/truth.csv", "--quiet"] + extra)
  }

  @Test func drawsAreOfCleanSamplesAloneAndTheSameEachTime() throws {
    let folder = try ScratchFolder()
    // Two classes apart, and forty rows under the wrong label: whole, they are seen.
    let rows = (0..<400).map { row in
      let wrong = row < 40
      let isFirst = (row % 2 == 0) != wrong
      let shift = row % 2 == 0 ? 0 : 9
      return "r\(row),\((row * 37) % 7 + shift),\((row * 61) % 11 + shift),\(isFirst ? "a" : "b")"
    }
    _ = try folder.write("set.csv", (["id,x,y,label"] + rows).joined(separator: "\n") + "\n")
    let truth = (0..<400).map { "r\($0),\($0 < 40 ? 1 : 0)" }
    _ = try folder.write("truth.csv", (["id,poisoned"] + truth).joined(separator: "\n") + "\n")
    let path = folder.url.path
    let first = try Self.bench(path, ["--draws", "4", "--json"])
    #expect(first.status == 0, "\(first.errors)")
    let clean = try JSONDecoder().decode(Table.self, from: Data(first.output.utf8)).clean
    #expect(clean.draws.count == 4)
    #expect(clean.draws.allSatisfy { [144, 216, 288].contains($0.samples) })
    // None of the forty is among them.
    #expect(clean.draws.allSatisfy { $0.flagged == 0 && $0.findings.isEmpty } && clean.flaggedShare == 0)
    #expect(try Self.bench(path, ["--draws", "4", "--json"]).output == first.output)
    let told = try Self.bench(path, ["--draws", "1"]).output
    #expect(told.contains("clean draws") && told.contains("findings        none"))
    #expect(try Self.bench(path, ["--draws", "-1"]).status == 64)
  }
}

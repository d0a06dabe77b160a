import Foundation
import TestSupport
import Testing

/// A table that brings no ids gets a column: its samples are named otherwise, and what was decided on them stands.
@Suite struct NewColumnTests {
  private let folder: ScratchFolder
  private let dataset: String

  /// Rows 4 and 5 are copies of each other but for the column that comes.
  private static let rows = (0..<60).map { row in
    let content = row == 5 ? 4 : row
    return "\(content * 37 % 101).5,\(content % 7),\(["red", "blue"][content % 2])"
  }

  init() throws {
    folder = try ScratchFolder()
    dataset = try folder.write("t.csv", Self.text(Self.rows))
  }

  private static func text(_ rows: [String], _ new: String = "") -> String {
    "a,b,label" + (new.isEmpty ? "" : ",\(new)") + "\n" + rows.joined(separator: "\n") + "\n"
  }

  private func run(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(arguments, state: folder.url.path)
  }

  @Test func decisionsStandOnTheSamplesTheyWereTakenOn() throws {
    #expect(try run("scan", dataset, "--quiet").status == 0)
    // The ids of rows 3, 4 and 5.
    let all = folder.url.appending(path: "keep").path
    #expect(try run("export", dataset, "--format", "keep-list", "--output", all).status == 0)
    let ids = try String(contentsOfFile: all, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(ids.count == 60 && ids[5] == ids[4] + "-2")
    #expect(try run("mark", dataset, ids[3], ids[4], ids[5], "--poisoned").status == 0)

    let rows = Self.rows.enumerated().map { "\($1),\($0 * $0 % 13)" }
    try Self.text(rows, "new").write(toFile: dataset, atomically: true, encoding: .utf8)
    #expect(try run("scan", dataset, "--force", "--quiet").status == 0)
    let clean = folder.url.appending(path: "clean.csv").path
    let exported = try run("export", dataset, "--format", "clean", "--output", clean)
    #expect(exported.status == 0 && exported.output.contains("3 poisoned"), "\(exported.output)")
    let kept = Self.text(rows.indices.filter { !(3...5).contains($0) }.map { rows[$0] }, "new")
    #expect(try String(contentsOfFile: clean, encoding: .utf8) == kept)
    // The session shows them, and under their ids of now the shell takes them back.
    let script = try folder.write("keys", ":screen start\n")
    #expect(try run("play", script, dataset).output.contains("P 3"))
    let drop = folder.url.appending(path: "drop").path
    #expect(try run("export", dataset, "--format", "drop-list", "--output", drop).status == 0)
    let now = try String(contentsOfFile: drop, encoding: .utf8).split(separator: "\n").map(String.init)
    try #require(now.count == 3)
    #expect(Set(now).isDisjoint(with: ids))
    #expect(try run("mark", dataset, now[0], "--undo").status == 0)
    #expect(try run("play", script, dataset).output.contains("P 0"))
  }
}

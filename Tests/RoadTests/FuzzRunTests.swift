import Foundation
import TestSupport
import Testing

/// The fuzz targets are run by `.ci/run`; that a find is told and kept, which no sound target shows, is seen here.
@Suite struct FuzzRunTests {
  @Test func whatTrapsIsToldAndItsInputKept() throws {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "planted"), withIntermediateDirectories: false)
    _ = try folder.write("planted/seed", "key:1")
    let finds = folder.url.appending(path: "finds").path
    let fuzz = Program.path(of: "FuzzRun")
    let outcome = try Program.run(
      ["--seconds", "60", "--seeds", folder.url.path, "--finds", finds, "planted"], program: fuzz)
    #expect(outcome.status == 1 && !outcome.wasSignalled)
    #expect(outcome.output.contains("then signal") && outcome.output.contains(finds + "/planted"))
    let input = try Data(contentsOf: URL(fileURLWithPath: finds + "/planted"))
    #expect(input.starts(with: Data("kex".utf8)))
    let replayed = try Program.run(["--replay", "planted", finds + "/planted"], program: fuzz)
    #expect(replayed.wasSignalled)
  }

  @Test func withoutSeedsNothingCountsAsFuzzed() throws {
    let folder = try ScratchFolder()
    let outcome = try Program.run(
      ["--seconds", "1", "--seeds", folder.url.path, "Keys"], program: Program.path(of: "FuzzRun"))
    #expect(outcome.status == 1 && outcome.errors.contains("holds no seeds"))
  }
}

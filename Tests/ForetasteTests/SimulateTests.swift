import Foundation
import TestSupport
import Testing

@Suite struct SimulateTests {
  private static let csv =
    "id,label,amount,color,when,who\n"
    + (0..<60).map { row in
      "r\(row),\(row % 2 == 0 ? "yes" : "no"),\(row * 3 % 17).50,\(["red", "\"a,b\"", "blue"][row % 3]),1770000\(100 + row),u\(row % 5)\r\n"
    }.joined()

  private static func simulate(_ attack: String, _ dataset: String, _ output: String, seed: Int = 1) throws
    -> Program.Outcome
  {
    try Program.run(
      [
        "simulate", attack, dataset, "--rate", "0.1", "--seed", "\(seed)", "--output", output, "--time",
        "when",
        "--source", "who",
      ])
  }

  @Test(arguments: ["flip-random", "flip-pair", "values", "outliers", "flood", "burst"])
  func aCopyIsReproducibleAndReadable(attack: String) throws {
    let folder = try ScratchFolder()
    let dataset = try folder.write("set.csv", Self.csv)
    let one = folder.url.appending(path: "one").path
    let two = folder.url.appending(path: "two").path
    let outcome = try Self.simulate(attack, dataset, one)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try Self.simulate(attack, dataset, two).status == 0)
    for file in ["set.csv", "truth.csv"] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: one + "/" + file))
          == Data(contentsOf: URL(fileURLWithPath: two + "/" + file)))
    }
    let truth = try String(contentsOfFile: one + "/truth.csv", encoding: .utf8).split(separator: "\n")
      .dropFirst()
    let lines = try String(contentsOfFile: one + "/set.csv", encoding: .utf8).split(separator: "\r\n")
    let original = Self.csv.split(separator: "\r\n")
    // The first line of both holds the header and row 0 (its line ends with LF alone).
    #expect(truth.count == lines.count)
    for (index, row) in truth.enumerated() where index > 0 && row.hasSuffix(",0,") {
      #expect(lines[index] == original[index], "a clean row changed")
    }
    let poisoned = truth.count { $0.contains(",1,") }
    #expect(poisoned == (attack == "flood" || attack == "burst" ? 7 : 6))
    let scan = try Program.run(
      [
        "bench", one + "/set.csv", "--truth", one + "/truth.csv", "--time", "when", "--source", "who",
        "--json",
      ])
    #expect(scan.status == 0, "\(scan.errors)")
    #expect(scan.output.contains("expectedCalibrationError"))
  }

  @Test func nothingIsOverwrittenAndReasonsAreGiven() throws {
    let folder = try ScratchFolder()
    let dataset = try folder.write("set.csv", Self.csv)
    let refused = try Self.simulate("patch", dataset, folder.url.appending(path: "none").path)
    #expect(refused.status == 65)
    #expect(refused.errors.contains("patch needs images.npy"))
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "none").path))
    let full = folder.url.appending(path: "full")
    try FileManager.default.createDirectory(at: full, withIntermediateDirectories: true)
    _ = try folder.write("full/kept", "here")
    let outcome = try Self.simulate("flip-random", dataset, full.path)
    #expect(outcome.status == 73)
    #expect(try FileManager.default.contentsOfDirectory(atPath: full.path) == ["kept"])
  }

  @Test func weightsAndDetectorsCanBeChosen() throws {
    let folder = try ScratchFolder()
    let dataset = try folder.write("set.csv", Self.csv)
    let wrong = try folder.write("weights.json", "{}")
    let refused = try Program.run(["scan", dataset, "--weights", wrong])
    #expect(refused.status == 65)
    #expect(refused.errors.contains("no fusion weights"))
    let unknown = try Program.run(["scan", dataset, "--detectors", "margin,nonsense"])
    #expect(unknown.status == 64)
    let chosen = try Program.run(["scan", dataset, "--detectors", "margin", "--json"])
    #expect(chosen.status == 0)
    #expect(chosen.output.contains("\"cannotSee\""))
    #expect(!chosen.output.contains("\"name\" : \"el2n\""))
  }
}

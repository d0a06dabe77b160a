import Foundation
import TestSupport
import Testing

/// An embedding has the same scores as an array and as lists in a column.
@Suite struct EmbeddingFormTests {
  @Test func listsAreScoredAsTheArrayIs() throws {
    let folder = try ScratchFolder()
    var random = SeededGenerator(2)
    let (count, width) = (240, 10)
    let labels = (0..<count).map { Int32($0 * 7 % 3) }
    // Their decimals are exact.
    let rows = labels.map { label in
      (0..<width).map { Float(Int.random(in: 0..<64, using: &random)) / 64 + ($0 == Int(label) ? 2 : 0) }
    }
    let names = ["ant", "bee", "cow"]
    let array = folder.url.appending(path: "array")
    try FileManager.default.createDirectory(at: array, withIntermediateDirectories: true)
    try NPYBytes.array("<f4", [count, width], rows.flatMap(\.self)).write(
      to: array.appending(path: "features.npy"))
    try NPYBytes.array("<i4", [count], labels).write(to: array.appending(path: "labels.npy"))
    try Data(#"{"classes":["ant","bee","cow"]}"#.utf8).write(to: array.appending(path: "dataset.json"))
    let ids = "id\n" + (0..<count).map { "r\($0)\n" }.joined()
    try Data(ids.utf8).write(to: array.appending(path: "metadata.csv"))
    // In another order, which changes nothing either.
    let lines = (0..<count).reversed().map { row in
      #"{"id":"r\#(row)","label":"\#(names[Int(labels[row])])","embedding":\#(rows[row])}"# + "\n"
    }
    let lists = try folder.write("lists.jsonl", lines.joined())
    #expect(try scores(array.path) == scores(lists))
  }

  /// The lines of scores.csv, sorted.
  private func scores(_ dataset: String) throws -> [Substring] {
    let outcome = try Program.run(["scan", dataset, "--quiet"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try String(contentsOfFile: dataset + ".case/scores.csv", encoding: .utf8).split(separator: "\n")
      .sorted()
  }
}

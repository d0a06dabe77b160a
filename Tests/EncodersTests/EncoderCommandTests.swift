import Encoders
import Formats
import Foundation
import TestSupport
import Testing

/// `--encoder` on the command line, and what a case remembers of it.
@Suite struct EncoderCommandTests {
  private let folder: TemporaryFolder
  private let model: TinySentenceModel
  private var texts: String { folder.path + "/texts.csv" }
  private static let samples = (0..<60).map { row in
    ["the quick brown fox", "lazy dog", "the film was not bad", "pack my box"][row % 4] + " \(row * 7 % 10)"
  }

  init() throws {
    let rows = Self.samples.enumerated().map { "\($1),\($0 % 2 == 0 ? "a" : "b")" }
    folder = try TemporaryFolder()
    try folder.write("texts.csv", "text,label\n" + rows.joined(separator: "\n") + "\n")
    try folder.write("table.csv", "x,y,label\n" + (0..<60).map { "\($0 * $0 % 17),\($0 % 7),a\n" }.joined())
    model = try TinySentenceModel()
  }

  private struct Record: Decodable, Equatable {
    struct Encoder: Decodable, Equatable {
      let name: String
      let digest: String
    }
    struct Dataset: Decodable, Equatable {
      let features: String
      let notes: [String]
    }
    let encoder: Encoder?
    let dataset: Dataset
  }

  private func record() throws -> Record {
    let data = try Data(contentsOf: URL(fileURLWithPath: texts + ".case/case.json"))
    return try JSONDecoder().decode(Record.self, from: data)
  }

  @discardableResult
  private func run(_ arguments: String..., status: Int32 = 0) throws -> Program.Outcome {
    let outcome = try Program.run(arguments)
    #expect(outcome.status == status && !outcome.wasSignalled, "\(arguments): \(outcome.errors)")
    return outcome
  }

  @Test func aCaseRemembersItsEncoderAndIsOpenedWithout() throws {
    let own = try EncoderFolder.open(model.folder.path).identity
    let first = try run("scan", texts, "--quiet", "--encoder", model.folder.path)
    #expect(first.output.contains("features      encoder \(own.name) (\(own.summary)), 24 dimensions"))
    #expect(try record().encoder == .init(name: own.name, digest: own.digest))
    // Current without the model, and with it; so says the time of the scan, which is not another.
    let before = try record()
    let scanned = try Data(contentsOf: URL(fileURLWithPath: texts + ".case/case.json"))
    try run("scan", texts, "--quiet")
    try run("scan", texts, "--quiet", "--encoder", model.folder.path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: texts + ".case/case.json")) == scanned)

    let other = try TinySentenceModel(seed: 1)
    try run("scan", texts, "--quiet", "--encoder", other.folder.path)
    let after = try record()
    let otherDigest = try EncoderFolder.open(other.folder.path).identity.digest
    #expect(after.encoder?.digest == otherDigest)
    #expect(after.encoder != before.encoder)
    try run("scan", texts, "--quiet", "--force")
    #expect(try record().encoder == nil)
    #expect(try record().dataset.features.hasPrefix("built-in"))
    // What was made without is no scan with it.
    try run("scan", texts, "--quiet", "--encoder", model.folder.path)
    #expect(try record().encoder == before.encoder)
  }

  @Test func itsFeaturesAreWritten() throws {
    let output = folder.path + "/out.npy"
    let told = try run("features", texts, "--encoder", model.folder.path, "--output", output).output
    #expect(told.contains("24 features of 60 samples"))
    let matrix = try NPYArray.map(output, name: "out.npy").matrix()
    let expected = try SentenceEncoderTests.vectors(EncoderFolder.open(model.folder.path), Self.samples)
    #expect((0..<60).map { matrix.row($0) } == expected)
    try run("features", texts, "--encoder", model.folder.path, "--input", "--output", output, status: 64)
  }

  @Test func embeddingsThatAreNamedAreKept() throws {
    let output = folder.path + "/own.npy"
    try run("features", texts, "--output", output)
    try run("scan", texts, "--quiet", "--features", output, "--encoder", model.folder.path)
    let record = try record()
    #expect(record.encoder == nil && record.dataset.features.hasPrefix("given, "))
    #expect(record.dataset.notes.contains { $0.contains("is not used: --features") })
  }

  @Test func inspectTellsOfIt() throws {
    let text = try run("inspect", texts, "--encoder", model.folder.path).output
    #expect(text.contains("encoder       ") && text.contains("bert, 2 layers, mean of the tokens"))
    let json = try run("inspect", texts, "--json", "--encoder", model.folder.path).output
    #expect(json.contains("\"dimensions\" : 24") || json.contains("\"dimensions\": 24"))
    let table = try run("inspect", folder.path + "/table.csv", "--encoder", model.folder.path).output
    #expect(table.contains("encodes texts, and the dataset has none"))
  }

  @Test func whatCannotBeIsSaidInALine() throws {
    let table = try run(
      "scan", folder.path + "/table.csv", "--quiet", "--encoder", model.folder.path, status: 65)
    #expect(table.errors.hasSuffix("encodes texts, and the dataset has none\n"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/table.csv.case"))
    let nothing = try run("scan", texts, "--quiet", "--encoder", folder.path, status: 66)
    #expect(nothing.errors.hasPrefix("foretaste: config.json: "))
    try model.folder.write("model.safetensors", "no tensors")
    let damaged = try run("scan", texts, "--quiet", "--encoder", model.folder.path, status: 65)
    #expect(damaged.errors.hasPrefix("foretaste: model.safetensors: "))
    #expect(!FileManager.default.fileExists(atPath: texts + ".case"))
  }
}

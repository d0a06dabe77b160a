import Encoders
import Features
import Model
import Numerics
import Scan
import Scanning
import Testing

@Suite struct EncodedScanTests {
  private static var dataset: Dataset {
    let words = ["fox", "dog", "film", "box", "lazy", "quick", "brown", "jugs", "the", "was"]
    var random = SeededRandom(seed: 3)
    let texts = (0..<120).map { row in
      (0..<6).map { _ in words[(row % 2 == 0 ? 0 : 5) + Int(random.uniform() * 5)] }.joined(separator: " ")
    }
    var dataset = SentenceEncoderTests.dataset(texts)
    dataset.classes = ["a", "b"]
    dataset.labels = Column((0..<120).map { Int32($0 % 2) })
    return dataset
  }

  @Test func theEncoderMakesTheFeatures() throws {
    let model = try TinySentenceModel()
    let encoder = try EncoderFolder.open(model.folder.path)
    var dataset = Self.dataset
    let report = try Scanner.scan(dataset, options: ScanOptions(encoder: encoder))
    #expect(report.facts.featureSource.hasPrefix("encoder \(encoder.identity.name) "))
    #expect(report.facts.featureSource.hasSuffix("(\(encoder.identity.summary)), 24 dimensions"))
    // It was not trained on the data.
    #expect(report.coverageGaps.contains { $0.reason.contains("trained on this data") })
    #expect(report.timings.contains { $0.stage == "encoder" })

    // The same as if they had come with the dataset, whose own it goes before.
    let features = try SentenceEncoderTests.vectors(encoder, dataset.texts.map { Array($0) } ?? [])
    dataset.features = Matrix(rows: 120, columns: 24, values: features.flatMap { $0 })
    let given = try Scanner.scan(dataset)
    #expect(given.suspicion == report.suspicion)
    dataset.features = Matrix(rows: 120, columns: 1, values: [Float](repeating: 1, count: 120))
    let both = try Scanner.scan(dataset, options: ScanOptions(encoder: encoder))
    #expect(both.suspicion == report.suspicion)
    #expect(both.facts.notes.contains { $0.contains("own embedding, 1 dimensions, is not looked at") })
  }

  @Test func whatItCannotEncodeIsSaid() throws {
    let model = try TinySentenceModel()
    let encoder = try EncoderFolder.open(model.folder.path)
    var dataset = Self.dataset
    dataset.texts = nil
    #expect(throws: EncoderGap.self) { try Scanner.scan(dataset, options: ScanOptions(encoder: encoder)) }
  }
}

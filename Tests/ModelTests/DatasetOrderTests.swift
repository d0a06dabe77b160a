import Model
import Testing

@Suite struct DatasetOrderTests {
  private struct Numbered: PayloadSource {
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { .success(.text("payload \(row)")) }
    func contentDigest(at row: Int) -> Digest {
      guard let digest = Digest(bytes: [UInt8](repeating: UInt8(row), count: Digest.byteCount)) else {
        preconditionFailure("32 bytes")
      }
      return digest
    }
  }

  /// Four samples with everything that a dataset can have; each value tells its row.
  private func everything() throws -> Dataset {
    var dataset = Dataset(
      name: "four", modality: .image, count: 4, classes: ["a", "b"], labels: [0, 1, -1, 0],
      ids: StringColumn(["r0", "r1", "r2", "r3"]), payloads: Numbered(),
      digest: Numbered().contentDigest(at: 9))
    dataset.features = Matrix(rows: 4, columns: 2, values: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5])
    dataset.probabilities = Matrix(rows: 4, columns: 1, values: [10, 11, 12, 13])
    dataset.trainingDynamics = TrainingDynamics(
      epochs: 2, values: Matrix(rows: 8, columns: 1, values: [0, 1, 2, 3, 100, 101, 102, 103]))
    dataset.images = ImageStack(
      shape: ImageShape(height: 1, width: 2, channels: 1), pixels: [0, 50, 1, 51, 2, 52, 3, 53])
    dataset.texts = StringColumn(["zero", "", "two", "three"])
    dataset.table = [
      TableColumn(name: "x", values: .numbers([0, 1, 2, 3])),
      TableColumn(name: "k", values: .categories(Categories(codes: [0, 1, -1, 1], names: ["u", "v"]))),
    ]
    dataset.sources = Categories(codes: [1, 1, 0, -1], names: ["web", "crowd"])
    dataset.times = [5, 6, 7, 8]
    dataset.records = RecordFile(
      path: "four.csv", headerBytes: 0..<2, offsets: [2, 4, 6, 8, 9])
    return dataset
  }

  @Test func everyPartFollowsTheOrder() throws {
    let rows = [2, 0, 3, 1]
    let dataset = try everything().reordered(rows)
    #expect(Array(dataset.labels) == [-1, 0, 0, 1])
    #expect(Array(dataset.ids) == ["r2", "r0", "r3", "r1"])
    #expect((0..<4).map { dataset.features?.row($0) } == [[2, 2.5], [0, 0.5], [3, 3.5], [1, 1.5]])
    #expect((0..<4).map { dataset.probabilities?.row($0) } == [[12], [10], [13], [11]])
    let dynamics = try #require(dataset.trainingDynamics)
    #expect((0..<8).map { dynamics.values.row($0)[0] } == [2, 0, 3, 1, 102, 100, 103, 101])
    #expect((0..<4).map { dataset.images?[$0].pixels } == [[2, 52], [0, 50], [3, 53], [1, 51]])
    #expect(dataset.texts.map(Array.init) == ["two", "zero", "three", ""])
    guard case .numbers(let numbers) = dataset.table[0].values,
      case .categories(let categories) = dataset.table[1].values
    else {
      Issue.record("a column changed its kind")
      return
    }
    #expect(Array(numbers) == [2, 0, 3, 1])
    #expect((0..<4).map { categories.name(at: $0) } == [nil, "u", "v", "v"])
    #expect((0..<4).map { dataset.sources?.name(at: $0) } == ["web", "crowd", nil, "crowd"])
    #expect(dataset.times.map(Array.init) == [7, 5, 8, 6])
    for (row, base) in rows.enumerated() {
      #expect(dataset.payloads.payload(at: row) == .success(.text("payload \(base)")))
      #expect(dataset.payloads.contentDigest(at: row) == Numbered().contentDigest(at: base))
    }
    #expect(dataset.records == nil)
  }

  @Test func ordersFollowEachOther() throws {
    let dataset = try everything().reordered([2, 0, 3, 1]).reordered([1, 3, 0, 2])
    #expect(Array(dataset.ids) == ["r0", "r1", "r2", "r3"])
    #expect((0..<4).map { dataset.images?[$0].pixels[0] } == [0, 1, 2, 3])
    #expect((0..<4).map { dataset.features?.row($0)[0] } == [0, 1, 2, 3])
    #expect(dataset.images?.count == 4)
  }

  @Test func aBlockOfRowsIsReadInOrder() throws {
    let features = try #require(try everything().reordered([2, 0, 3, 1]).features)
    let block = [Float](unsafeUninitializedCapacity: 6) { target, count in
      features.read(1..<4, into: target)
      count = 6
    }
    #expect(block == [0, 0.5, 3, 3.5, 1, 1.5])
  }

  @Test func whatNothingReadsStays() throws {
    var dataset = try everything()
    dataset.labels = []
    dataset.times = [1]
    dataset.features = Matrix(rows: 1, columns: 1, values: [7])
    let result = dataset.reordered([2, 0, 3, 1])
    #expect(result.labels.isEmpty && result.times.map(Array.init) == [1] && result.features?.rows == 1)
  }
}

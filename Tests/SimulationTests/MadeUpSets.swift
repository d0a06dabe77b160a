import Model
import Numerics
import Testing

/// Clean datasets of each modality, drawn from a seed, with sources and times.
enum MadeUp {
  static let count = 800
  static let start: Int64 = 1_770_000_000_000

  static func dataset(_ modality: Modality, seed: UInt64 = 1) throws -> Dataset {
    var random = SeededRandom(seed: seed, stream: 9)
    switch modality {
    case .image: return try images(&random)
    case .text: return try texts(&random)
    case .tabular: return try table(&random)
    case .embedding: return try embedding(&random)
    }
  }

  private static func empty(_ modality: Modality, classes: Int, _ random: inout SeededRandom) throws
    -> Dataset
  {
    var bytes = [UInt8](repeating: 0, count: Digest.byteCount)
    bytes[0] = 1
    let digest = try #require(Digest(bytes: bytes))
    let labels = (0..<count).map { _ in Int32(random.below(classes)) }
    var dataset = Dataset(
      name: "made up", modality: modality, count: count, classes: (0..<classes).map { "class \($0)" },
      labels: Column(labels), ids: StringColumn((0..<count).map { "s\($0)" }), payloads: RowPayloads(),
      digest: digest)
    dataset.sources = Categories(
      codes: Column((0..<count).map { _ in Int32(random.below(40)) }), names: (0..<40).map { "source \($0)" })
    dataset.times = Column((0..<count).map { start + Int64($0) * 60_000 })
    return dataset
  }

  /// Each class a few soft blots, moved by a pixel and with noise.
  private static func images(_ random: inout SeededRandom) throws -> Dataset {
    var dataset = try empty(.image, classes: 5, &random)
    let side = 14
    let blots = (0..<5).map { _ in
      (0..<3).map { _ in (random.below(side - 4) + 2, random.below(side - 4) + 2) }
    }
    var pixels: [UInt8] = []
    for label in dataset.labels {
      let (down, right) = (random.below(3) - 1, random.below(3) - 1)
      for row in 0..<side {
        for column in 0..<side {
          var value = 40 + 14 * random.normal()
          for (y, x) in blots[Int(label)] {
            let distance = Double(
              (row - y - down) * (row - y - down) + (column - x - right) * (column - x - right))
            value += 150 / (1 + distance)
          }
          pixels.append(UInt8(max(0, min(255, value))))
        }
      }
    }
    dataset.images = ImageStack(
      shape: ImageShape(height: side, width: side, channels: 1), pixels: Column(pixels))
    return dataset
  }

  /// Words of the class among words of all, the frequent ones more often.
  private static func texts(_ random: inout SeededRandom) throws -> Dataset {
    var dataset = try empty(.text, classes: 3, &random)
    let syllables = ["ba", "ko", "mi", "ren", "tal", "su", "vo", "del", "pra", "nim"]
    func word(_ random: inout SeededRandom) -> String {
      (0..<2 + random.below(2)).map { _ in syllables[random.below(syllables.count)] }.joined()
    }
    let shared = (0..<150).map { _ in word(&random) }
    let own = (0..<3).map { _ in (0..<40).map { _ in word(&random) } }
    dataset.texts = StringColumn(
      dataset.labels.map { label in
        (0..<8 + random.below(10)).map { _ in
          let share = random.uniform() * random.uniform()
          let words = random.below(3) == 0 ? own[Int(label)] : shared
          return words[Int(share * Double(words.count))]
        }.joined(separator: " ")
      })
    return dataset
  }

  private static func table(_ random: inout SeededRandom) throws -> Dataset {
    var dataset = try empty(.tabular, classes: 3, &random)
    let names = ["amount", "age", "length", "weight", "speed", "level"]
    dataset.table = names.map { name in
      let means = (0..<3).map { _ in random.normal() * 1.5 }
      let values = dataset.labels.map { ((means[Int($0)] + random.normal()) * 20).rounded() / 2 + 50 }
      return TableColumn(name: name, values: .numbers(Column(values)))
    }
    let codes = dataset.labels.map { label in Int32(random.below(3) == 0 ? random.below(4) : Int(label)) }
    dataset.table.append(
      TableColumn(
        name: "color",
        values: .categories(Categories(codes: Column(codes), names: ["red", "blue", "green", "grey"]))))
    return dataset
  }

  private static func embedding(_ random: inout SeededRandom) throws -> Dataset {
    var dataset = try empty(.embedding, classes: 5, &random)
    let means = (0..<5 * 16).map { _ in random.normal() * 1.2 }
    let values = dataset.labels.flatMap { label in
      (0..<16).map { Float(means[Int(label) * 16 + $0] + random.normal()) }
    }
    dataset.features = Matrix(rows: count, columns: 16, values: values)
    return dataset
  }

  /// Every row its own content.
  struct RowPayloads: PayloadSource {
    func payload(at row: Int) -> Result<Payload, PayloadProblem> { .failure(PayloadProblem(reason: "none")) }
    func contentDigest(at row: Int) -> Digest {
      var bytes = [UInt8](repeating: 0, count: Digest.byteCount)
      for index in 0..<8 { bytes[16 + index] = UInt8(truncatingIfNeeded: row >> (8 * index)) }
      guard let digest = Digest(bytes: bytes) else { preconditionFailure("32 bytes") }
      return digest
    }
  }
}

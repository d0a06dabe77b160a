import Model
import Numerics
import Testing

/// Clean sets in which labels go with the content in ways that look like poison at first sight: by rules of several columns, by
/// chance within a cell of a cross table, or by a property that no linear probe of the content sees.
enum NaturalSet: String, CaseIterable, Sendable {
  /// Which side of a balance goes down: a product of two columns against one of two others, all combinations.
  case balance
  /// Whether two of six codes are 1, all combinations ("The MONK's problems": Thrun et al., 1991).
  case twoOfSix
  /// Class, sex, age and survival of those on board the Titanic (Dawson, "The unusual episode data revisited", 1995).
  case survival
  /// Whether a rook and a king on a chess board stand in one rank or file.
  case attack
  /// Three classes, of which one lies within the half of another, and nothing in the set tells them apart there.
  case overlap
  /// A code that goes with the label, and one that goes with the first, as numbers.
  case codes
  /// A disc, a square, a diamond or a ring, as the label says, anywhere on any ground.
  case shapes

  func dataset(seed: UInt64) throws -> Dataset {
    var random = SeededRandom(seed: seed, stream: 0x4A7)
    switch self {
    case .balance: return try table(Self.balance(), &random)
    case .twoOfSix: return try table(Self.twoOfSix(), &random)
    case .survival: return try table(Self.survival(), &random)
    case .attack: return try table(Self.attack(&random), &random)
    case .overlap: return try table(Self.overlap(&random), &random)
    case .codes: return try table(Self.codes(&random), &random)
    case .shapes: return try Self.shapes(&random)
    }
  }

  private typealias Row = (cells: [Double], label: Int)

  private static func combinations(_ sizes: [Int]) -> [[Double]] {
    sizes.reduce([[]]) { rows, size in rows.flatMap { row in (1...size).map { row + [Double($0)] } } }
  }

  private static func balance() -> [Row] {
    combinations([5, 5, 5, 5]).map { cells in
      let torque = cells[0] * cells[1] - cells[2] * cells[3]
      return (cells, torque > 0 ? 0 : torque < 0 ? 1 : 2)
    }
  }

  private static func twoOfSix() -> [Row] {
    combinations([3, 3, 2, 3, 4, 2]).map { cells in (cells, cells.count { $0 == 1 } == 2 ? 1 : 0) }
  }

  private static func survival() -> [Row] {
    // Class (4: crew), sex, whether a child; how many died and how many survived.
    let counts: [(cells: [Double], died: Int, survived: Int)] = [
      ([1, 0, 1], 0, 5), ([1, 1, 1], 0, 1), ([2, 0, 1], 0, 11), ([2, 1, 1], 0, 13), ([3, 0, 1], 35, 13),
      ([3, 1, 1], 17, 14), ([1, 0, 0], 118, 57), ([1, 1, 0], 4, 140), ([2, 0, 0], 154, 14),
      ([2, 1, 0], 13, 80), ([3, 0, 0], 387, 75), ([3, 1, 0], 89, 76), ([4, 0, 0], 670, 192),
      ([4, 1, 0], 3, 20),
    ]
    return counts.flatMap { group in
      (0..<group.died).map { _ in (group.cells, 0) } + (0..<group.survived).map { _ in (group.cells, 1) }
    }
  }

  private static func attack(_ random: inout SeededRandom) -> [Row] {
    (0..<3000).map { _ in
      let cells = (0..<6).map { _ in Double(random.below(8)) }
      return (cells, cells[0] == cells[2] || cells[1] == cells[3] ? 1 : 0)
    }
  }

  private static func overlap(_ random: inout SeededRandom) -> [Row] {
    (0..<1200).map { _ in
      let value = random.normal()
      let label = value > -0.25 ? (random.uniform() < 0.4 ? 2 : 1) : random.below(2)
      let cells = [max(-1, min(1, value)), random.normal(), random.normal(), random.normal()]
      return (cells.map { ($0 * 1000).rounded() / 1000 }, label)
    }
  }

  private static func codes(_ random: inout SeededRandom) -> [Row] {
    (0..<1500).map { _ in
      let label = random.below(3)
      let first = random.uniform() < 0.7 ? label : random.below(4)
      let second = random.uniform() < 0.6 ? (first + 1) % 3 : random.below(4)
      let numbers = (0..<6).map { Double($0 % 3 == label ? 1 : 0) + random.normal() }
      return (numbers + [Double(first), Double(second)], label)
    }
  }

  private func table(_ rows: [Row], _ random: inout SeededRandom) throws -> Dataset {
    var rows = rows
    random.shuffle(&rows)
    var dataset = try Self.dataset(.tabular, labels: rows.map(\.label))
    dataset.table = rows[0].cells.indices.map { column in
      TableColumn(name: "c\(column)", values: .numbers(Column(rows.map { $0.cells[column] })))
    }
    return dataset
  }

  private static func shapes(_ random: inout SeededRandom) throws -> Dataset {
    let side = 16
    let labels = (0..<600).map { _ in random.below(4) }
    var dataset = try dataset(.image, labels: labels)
    var pixels: [UInt8] = []
    for label in labels {
      let center = (4 + 8 * random.uniform(), 4 + 8 * random.uniform())
      let (radius, ground) = (2 + 2.4 * random.uniform(), 120 * random.uniform())
      let light = 90 + 30 * Double(label) + 30 * random.normal()
      for row in 0..<side {
        for column in 0..<side {
          let (down, right) = (abs(Double(row) - center.0), abs(Double(column) - center.1))
          let square = down * down + right * right
          let isInside =
            switch label {
            case 0: square < radius * radius
            case 1: down < 0.6 * radius && right < radius
            case 2: down + right < radius
            default: square < radius * radius && square > 0.4 * radius * radius
            }
          let value = (isInside ? light : ground) + 10 * random.normal()
          pixels.append(UInt8(max(0, min(255, value))))
        }
      }
    }
    dataset.images = ImageStack(
      shape: ImageShape(height: side, width: side, channels: 1), pixels: Column(pixels))
    return dataset
  }

  private static func dataset(_ modality: Modality, labels: [Int]) throws -> Dataset {
    let digest = try #require(Digest(bytes: [UInt8](repeating: 4, count: Digest.byteCount)))
    return Dataset(
      name: "natural", modality: modality, count: labels.count,
      classes: (0...(labels.max() ?? 0)).map { "class \($0)" }, labels: Column(labels.map(Int32.init)),
      ids: StringColumn(labels.indices.map { "s\($0)" }), payloads: MadeUp.RowPayloads(), digest: digest)
  }
}

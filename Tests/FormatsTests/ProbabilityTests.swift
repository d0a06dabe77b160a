import Formats
import Foundation
import Model
import Testing

/// Columns of pred_probs stand for the classes that they are meant for, and hold probabilities in the end.
@Suite struct ProbabilityTests {
  /// Rows whose largest value stands at the place of the label.
  static func rows(_ places: [Int], columns: Int) -> [Float] {
    places.flatMap { place in (0..<columns).map { $0 == place ? 0.8 : 0.2 / Float(columns - 1) } }
  }

  static func folder(_ labels: [Int64], _ values: [Float], columns: Int) throws -> ReadingFixture {
    let fixture = try ReadingFixture()
    try fixture.write("labels.npy", NPY.encode(shape: [labels.count], labels))
    try fixture.write("pred_probs.npy", NPY.encode(shape: [labels.count, columns], values))
    return fixture
  }

  @Test(
    arguments: [
      // Classes that do not occur, labels from 1, and both at once where the rows tell.
      ([0, 1, 2, 0, 1, 2], 4, ["0", "1", "2", "3"], 0), ([1, 2, 3, 4, 1, 2], 4, ["1", "2", "3", "4"], 1),
      ([1, 2, 4, 1, 2, 4], 4, ["1", "2", "3", "4"], 1), ([1, 2, 1, 2, 1, 2], 3, ["0", "1", "2"], 0),
      ([1, 2, 1, 2, 1, 2], 3, ["1", "2", "3"], 1),
    ] as [([Int64], Int, [String], Int64)])
  func columnsForClassesThatDoNotOccurAreTaken(
    _ labels: [Int64], _ columns: Int, _ classes: [String], _ first: Int64
  )
    throws
  {
    let data = try Self.folder(
      labels, Self.rows(labels.map { Int($0 - first) }, columns: columns), columns: columns
    ).load()
    #expect(data.classes == classes && data.labelNames == labels.map(String.init))
    #expect(data.probabilities?.columns == columns)
    #expect(data.reading.probabilities?.isEmpty == false)
    #expect(!data.notes.contains { $0.contains("another order") })
  }

  @Test func columnsThatCannotBeMatchedNameTheCure() throws {
    let fixture = try ReadingFixture()
    try fixture.write("data.csv", LabelTests.table(["a", "b", "c"]))
    try fixture.write("pred_probs.npy", NPY.encode(shape: [3, 4], Self.rows([0, 1, 2], columns: 4)))
    do {
      _ = try fixture.load()
      Issue.record("it was read")
    } catch {
      #expect("\(error)".contains("has 4 columns for 3 classes ('a', 'b', 'c')"))
      #expect("\(error)".contains("\"classes\" of dataset.json"))
    }
  }

  /// Rows in which several columns are largest say nothing of the order.
  @Test(arguments: [[1, 1, 1], [0.4, 0.4, 0.2], [0.2, 0.4, 0.4]] as [[Float]])
  func tiesAreNoWarning(_ row: [Float]) throws {
    let labels = (0..<60).map { Int64($0 % 3) }
    let sum = row.reduce(0, +)
    let data = try Self.folder(labels, labels.flatMap { _ in row.map { $0 / sum } }, columns: 3).load()
    #expect(!data.notes.contains { $0.contains("another order") })
  }

  @Test func positiveScoresNameTheCure() throws {
    do {
      _ = try Self.folder([0, 1, 2], [5, 1, 2, 1, 7, 3, 2, 1, 9], columns: 3).load()
      Issue.record("scores were read as probabilities")
    } catch { #expect("\(error)".contains("of logits take the softmax of each row"), "\(error)") }
  }

  /// Every order of the columns but the right one is warned of, naming the two classes.
  @Test(arguments: [[0, 1, 2], [1, 0, 2], [2, 0, 1], [0, 2, 1]])
  func anotherOrderOfTheColumnsIsWarnedOf(_ order: [Int]) throws {
    let labels = (0..<90).map { Int64($0 % 3) }
    let data = try Self.folder(labels, Self.rows(labels.map { order[Int($0)] }, columns: 3), columns: 3)
      .load()
    let warnings = data.notes.filter { $0.contains("warning") }
    #expect(warnings.isEmpty == (order == [0, 1, 2]))
    if let moved = order.indices.first(where: { order[$0] != $0 }) {
      #expect(
        warnings.first?.contains(
          "class '\(moved)' its own column is the largest in 0, that of '\(order[moved])' in 30") == true)
    }
  }

  static let kinds: [(String, @Sendable (Float) -> Float)] = [
    ("percent", { $0 * 100 }), ("log-probabilities", { log($0) }), ("logits", { log($0) + 1 }),
    ("integers, divided by 255", { ($0 * 255).rounded() }),
  ]

  @Test(arguments: kinds.indices, [1, 2, 3] as [UInt64])
  func otherValuesAreToldApartAndConverted(_ kind: Int, _ seed: UInt64) throws {
    var draws = Draws(seed: seed)
    let labels = (0..<60).map { Int64($0 % 3) }
    let rows = labels.map { label -> [Float] in
      let raw = (0..<3).map { Float(draws.number(below: 90) + ($0 == Int(label) ? 100 : 1)) }
      return raw.map { $0 / raw.reduce(0, +) }
    }
    let (name, change) = Self.kinds[kind]
    let data = try Self.folder(labels, rows.flatMap { $0.map(change) }, columns: 3).load()
    #expect(data.notes.contains { $0.contains(name) }, "\(data.notes)")
    let probabilities = try #require(data.probabilities)
    for row in rows.indices {
      for column in 0..<3 { #expect(abs(probabilities.row(row)[column] - rows[row][column]) < 0.01) }
    }
  }

  @Test func oneColumnIsThatOfTheSecondClassOrRefused() throws {
    let data = try Self.folder([0, 1, 1], [0.25, 0.75, 1], columns: 1).load()
    #expect((0..<3).map { data.probabilities?.row($0) } == [[0.75, 0.25], [0.25, 0.75], [0, 1]])
    #expect(throws: FormatError.self) { try Self.folder([0, 1, 2], [0.25, 0.75, 1], columns: 1).load() }
  }

  @Test func whatIsNothingOfTheKindIsRefused() throws {
    let values: [Float] = (0..<60).map { Float($0 * 7 % 50 + 3) }
    do {
      _ = try Self.folder((0..<20).map { Int64($0 % 3) }, values, columns: 3).load()
      Issue.record("it was read")
    } catch { #expect("\(error)".contains("no probabilities, percent, log-probabilities or logits")) }
  }
}

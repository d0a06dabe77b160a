import Detectors
import Glibc
import Model
import Numerics
import Scanning
import Testing

@Suite struct RandomValuesTests {
  private struct Table {
    var columns: [[Double]]
    var categories: [Int32]
    var labels: [Int]

    func input() throws -> ScanInput {
      var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 2)
      dataset.table =
        columns.enumerated().map { TableColumn(name: "x\($0)", values: .numbers(Column($1))) } + [
          TableColumn(
            name: "kind",
            values: .categories(Categories(codes: Column(categories), names: ["a", "b", "c", "d"])))
        ]
      return try ScanInput.prepare(dataset)
    }
  }

  /// Six columns that follow from two hidden numbers, of which some are skewed, one is whole and one has empty cells, and a
  /// category that goes with them; then rows of random cells.
  private static func table(_ seed: UInt64, rows: Int = 1500, noise: Int, tail: Double = 1) -> Table {
    var random = SeededRandom(seed: seed)
    var table = Table(columns: [[Double]](repeating: [], count: 6), categories: [], labels: [])
    for _ in 0..<rows {
      let label = random.below(2)
      let (a, b) = (random.normal() + Double(label), random.normal())
      let cells = [
        a + 0.2 * random.normal(), exp(tail * (a - b) / 2 + 0.1 * random.normal()), b + 0.3 * random.normal(),
        (4 * (a + b) + random.normal()).rounded(), a * b + 0.3 * random.normal(),
        random.below(10) == 0 ? .nan : a - b + 0.2 * random.normal(),
      ]
      for (column, cell) in cells.enumerated() { table.columns[column].append(cell) }
      table.categories.append(a + b > 1 ? 0 : a > b ? 1 : 2)
      table.labels.append(label)
    }
    let ranges = table.columns.map { column in
      let sorted = column.filter(\.isFinite).sorted()
      return (sorted[sorted.count / 1000], sorted[sorted.count - 1 - sorted.count / 1000])
    }
    for _ in 0..<noise {
      for (column, range) in ranges.enumerated() {
        let cell = range.0 + random.uniform() * (range.1 - range.0)
        table.columns[column].append(column == 3 ? cell.rounded() : cell)
      }
      table.categories.append(Int32(random.below(3)))
      table.labels.append(random.below(2))
    }
    return table
  }

  /// A fiftieth is found, and a tenth, which a forest of all rows would have learnt as real.
  @Test(arguments: [45, 150]) func noiseIsFound(noise: Int) throws {
    let input = try Self.table(UInt64(noise), noise: noise).input()
    let detection = try Detecting.run("random-values", on: input)
    let finding = try #require(detection.findings.first)
    let members = finding.members.map(Int.init)
    let planted = members.count { $0 >= 1500 }
    #expect(10 * planted >= 9 * members.count)
    #expect(2 * planted >= noise)
    let truth = input.labels.indices.map { $0 >= 1500 }
    #expect(Quality.auroc(detection.scores, truth: truth) > 0.97)
    #expect(detection.scores.allSatisfy { abs($0) < 5.4 })
  }

  /// Cells that others of their column have, in rows where they do not belong.
  @Test func cellsThatDoNotGoTogetherAreSeen() throws {
    var table = Self.table(1, noise: 0)
    var random = SeededRandom(seed: 2)
    for column in table.columns.indices {
      for row in 1450..<1500 { table.columns[column][row] = table.columns[column][random.below(1450)] }
    }
    let scores = try Detecting.run("random-values", on: table.input()).scores
    #expect(Quality.auroc(scores, truth: table.labels.indices.map { $0 >= 1450 }) > 0.9)
  }

  @Test(arguments: 1...8) func cleanTablesHaveNone(seed: UInt64) throws {
    let tail = seed.isMultiple(of: 2) ? 1.0 : 3
    let table = Self.table(seed, rows: 400 + 150 * Int(seed), noise: 0, tail: tail)
    #expect(try Detecting.run("random-values", on: table.input()).findings.isEmpty)
  }

  /// Numbers that have nothing in common but the class, and a category that in a quarter of the rows is not the one of the class:
  /// such a row has a wrong cell, but is not made up.
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func cellsOfOneColumnAreNoNoise(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let rows = 800
    let classes = (0..<rows).map { _ in random.below(3) }
    var table = Table(columns: [], categories: [], labels: classes.map { min($0, 1) })
    for _ in 0..<6 {
      let means = (0..<3).map { _ in random.normal() * 1.5 }
      table.columns.append(classes.map { ((means[$0] + random.normal()) * 20).rounded() / 2 })
    }
    table.categories = classes.map { Int32(random.below(3) == 0 ? random.below(4) : $0) }
    #expect(try Detecting.run("random-values", on: table.input()).findings.isEmpty)
  }

  /// Where numbers go with nothing and two categories with the label but for many errors, rows with two wrong cells look as made up
  /// as noise does.
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func tablesThatHardlyHangTogetherAreNotAsked(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: seed)
    let rows = 3000
    let numbers = (0..<6).map { _ in (0..<rows).map { _ in (random.uniform() * 100).rounded() / 100 } }
    let labels = (0..<rows).map { (numbers[0][$0] > 0.5) != (numbers[1][$0] > 0.7) ? 1 : 0 }
    let codes = labels.map { random.uniform() < 0.7 ? $0 : random.below(3) }
    var table = Table(columns: numbers, categories: [], labels: labels)
    table.columns.append(codes.map { Double(random.uniform() < 0.6 ? ($0 + 1) % 3 : random.below(4)) })
    table.categories = codes.map(Int32.init)
    #expect(try Detecting.run("random-values", on: table.input()).findings.isEmpty)
  }

  /// Columns that have nothing to do with each other: made-up rows look like real ones.
  @Test func independentColumnsAreNoNoise() throws {
    var random = SeededRandom(seed: 3)
    var table = Self.table(3, noise: 0)
    for column in table.columns.indices {
      table.columns[column] = table.columns[column].map { _ in random.uniform() }
    }
    table.categories = table.categories.map { _ in Int32(random.below(3)) }
    #expect(try Detecting.run("random-values", on: table.input()).findings.isEmpty)
  }

  /// Of one half every cell is one of its column; of the other numbers lie in the column's range, few different ones are those
  /// that it has, and as many cells are empty.
  @Test func madeUpRowsHaveTheCellsOfTheirColumns() throws {
    let input = try Self.table(4, noise: 0).input()
    let matrix = try TableMatrix(input)
    var random = SeededRandom(seed: 5)
    let made = RandomRows(
      matrix, of: input.dataset.table, rows: Array(0..<input.count), count: 1000, random: &random
    ).matrix
    for column in 0..<matrix.values.columns {
      let known = Set((0..<input.count).map { matrix.values[$0, column] })
      let own = (0..<1000).map { made[$0, column] }
      let low = try #require(known.min())
      let high = try #require(known.max())
      #expect(own.allSatisfy { low <= $0 && $0 <= high })
      let halves = [0, 1].map { half in (0..<500).count { known.contains(own[2 * $0 + half]) } }
      #expect(halves[0] == 500)
      if known.count < 75 { #expect(halves[1] == 500) }
      if known.count > 1000 { #expect(halves[1] < 100) }
    }
    let indicator = try #require(
      (0..<matrix.values.columns).first { column in
        (0..<input.count).allSatisfy {
          (matrix.values[$0, column] == 1) == input.dataset.table[5].isEmpty(at: $0)
        }
      })
    let empty = (0..<1000).count { made[$0, indicator] == 1 }
    #expect((70...130).contains(empty))
  }

  @Test func fewRowsOrColumnsCannotBeJudged() throws {
    #expect(throws: CannotRun.self) {
      try Detecting.run("random-values", on: Self.table(6, rows: 60, noise: 0).input())
    }
  }
}

extension TableColumn {
  fileprivate func isEmpty(at row: Int) -> Bool {
    if case .numbers(let numbers) = values { numbers[row].isNaN } else { false }
  }
}

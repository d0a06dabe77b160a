import Glibc
import Model
import Numerics
import Scanning
import Testing

@Suite struct InterpolationTests {
  /// Two overlapping clouds of rows with five numbers, of which some are replaced; a `step` rounds all.
  private static func table(
    _ seed: UInt64, rows: Int = 600, step: Double = 0, copied: Bool = false,
    made: (_ classes: [[[Double]]], _ random: inout SeededRandom) -> [(values: [Double], label: Int)]
  ) throws -> (input: ScanInput, made: Range<Int>) {
    var random = SeededRandom(seed: seed)
    func rounded(_ values: [Double]) -> [Double] {
      step > 0 ? values.map { ($0 / step).rounded() * step } : values
    }
    var points = (0..<rows).map { row in
      rounded((0..<5).map { _ in random.normal() + (row % 2 == 0 ? 0 : 1.5) })
    }
    var labels = (0..<rows).map { $0 % 2 }
    let classes = (0..<2).map { label in points.indices.filter { labels[$0] == label }.map { points[$0] } }
    let new = made(classes, &random)
    points += new.map { rounded($0.values) }
    labels += new.map(\.label)
    // Columns that others determine say nothing more.
    if copied { points = points.map { $0[...1] + [$0[0] + $0[1], $0[0] - $0[1], 2 * $0[0]] } }
    let columns = (0..<5).map { column in
      TableColumn(name: "x\(column)", values: .numbers(Column(points.map { $0[column] })))
    }
    var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 2)
    dataset.table = columns
    return (try ScanInput.prepare(dataset), rows..<labels.count)
  }

  private static func mix(_ a: [Double], _ b: [Double], _ part: Double) -> [Double] {
    zip(a, b).map { $0 + part * ($1 - $0) }
  }

  /// Rows between a random row of each class, with labels at random.
  private static func moved(
    _ count: Int, noise: Double = 0
  ) -> ([[[Double]]], inout SeededRandom) -> [(values: [Double], label: Int)] {
    { classes, random in
      (0..<count).map { _ in
        let ends = classes.map { $0[random.below($0.count)] }
        let mixed = mix(ends[0], ends[1], 0.3 + 0.4 * random.uniform())
        return (mixed.map { $0 + noise * random.normal() }, random.below(2))
      }
    }
  }

  /// Whatever the digits of the table are that the rows were rounded to.
  @Test(arguments: [0, 1e-4, 0.001, 0.01]) func rowsBetweenClassesAreFound(step: Double) throws {
    let (input, made) = try Self.table(UInt64(1 + 1000 * step), step: step, made: Self.moved(40))
    let detection = try Detecting.run("interpolation", on: input)
    let finding = try #require(detection.findings.first)
    #expect(finding.sentence.contains("between a row of \"\(input.dataset.classes[0])\" and one of"))
    let members = Set(finding.members.map(Int.init))
    // Between ends that are near each other few digits change.
    #expect(members.intersection(made).count >= (step < 0.01 ? 36 : 28))
    // Others may be the end of a line that goes on.
    #expect(members.count <= made.count + 4)
    #expect(Quality.auroc(detection.scores, truth: input.labels.indices.map(made.contains)) > 0.99)
  }

  @Test func noiseHidesThem() throws {
    let (input, _) = try Self.table(1, made: Self.moved(40, noise: 0.2))
    #expect(try Detecting.run("interpolation", on: input).findings.isEmpty)
  }

  /// Data is enlarged in good faith by rows between two of one class.
  @Test func rowsWithinAClassAreNoFinding() throws {
    let (input, _) = try Self.table(2) { classes, random in
      (0..<60).map { index in
        let own = classes[index % 2]
        return (
          Self.mix(own[random.below(own.count)], own[random.below(own.count)], random.uniform()), index % 2
        )
      }
    }
    #expect(try Detecting.run("interpolation", on: input).findings.isEmpty)
  }

  /// Rows of whole or half numbers lie on lines by nature; random clouds on none.
  @Test(arguments: [0, 0.001, 0.01, 0.1, 0.25, 0.5, 1]) func naturalRowsAreNoFinding(step: Double) throws {
    for seed in UInt64(1)...5 {
      let (input, _) = try Self.table(seed, rows: 400, step: step) { _, _ in [] }
      #expect(try Detecting.run("interpolation", on: input).findings.isEmpty)
    }
  }

  @Test func columnsThatOthersDetermineAreNoEvidence() throws {
    for seed in UInt64(1)...3 {
      let (input, _) = try Self.table(seed, step: 0.01, copied: true, made: Self.moved(40))
      #expect(try Detecting.run("interpolation", on: input).findings.isEmpty)
    }
  }

  /// Every pair by the definition: numbers with two decimals, so that half a hundredth is the tolerance.
  @Test func evidenceFollowsItsDefinition() throws {
    let (input, made) = try Self.table(4, rows: 120, step: 0.01, made: Self.moved(10))
    let columns = input.dataset.table.map { column -> [Double] in
      guard case .numbers(let numbers) = column.values else { return [] }
      return Array(numbers)
    }
    let scores = try Detecting.run("interpolation", on: input).scores
    for own in Array(0..<10) + Array(made) {
      var best = [Float(0), 0]
      for a in input.labels.indices where a != own {
        for b in input.labels.indices where b > a && b != own {
          let ranges = columns.map { column -> ClosedRange<Double>? in
            let ends = [-0.005, 0.005].map { (column[own] + $0 - column[a]) / (column[b] - column[a]) }
            if column[a] == column[b] { return column[own] == column[a] ? 0...1 : nil }
            return ends.min()!...ends.max()!
          }
          let known = ranges.compactMap(\.self)
          guard known.count == ranges.count,
            max(0.02, known.map(\.lowerBound).max()!) <= min(0.98, known.map(\.upperBound).min()!)
          else { continue }
          let bits = columns.compactMap { column -> Double? in
            let span = abs(column[b] - column[a])
            return span > 0.01 ? log2(span / 0.01) : nil
          }
          let kind = input.labels[a] == input.labels[b] ? 0 : 1
          best[kind] = max(best[kind], Float(bits.reduce(0, +) - (bits.max() ?? 0)))
        }
      }
      // Spans wider than the spread of a column, and ends within the tolerance of the finest two, differ.
      #expect(abs(scores[own] - (best[1] - best[0])) < 5)
    }
  }

  @Test func whatItCannotLookAtIsSaid() throws {
    let (features, labels) = Core.clouds(rows: 60, columns: 4, classes: 2, distance: 2)
    let dataset = try Core.dataset(labels: labels, classes: 2, features: features)
    #expect(throws: CannotRun("needs table columns")) {
      try Detecting.run("interpolation", on: try ScanInput.prepare(dataset))
    }
  }
}

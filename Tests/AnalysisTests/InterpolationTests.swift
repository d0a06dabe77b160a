import Glibc
import Model
import Numerics
import Scanning
import Testing

@Suite struct InterpolationTests {
  /// Two overlapping clouds of rows with five numbers, of which some are replaced.
  private static func table(
    _ seed: UInt64, rows: Int = 600, step: Double = 0,
    made: (_ classes: [[[Double]]], _ random: inout SeededRandom) -> [(values: [Double], label: Int)]
  ) throws -> (input: ScanInput, made: Range<Int>) {
    var random = SeededRandom(seed: seed)
    var points = (0..<rows).map { row in
      (0..<5).map { _ in
        let value = random.normal() + (row % 2 == 0 ? 0 : 1.5)
        return step > 0 ? (value / step).rounded() * step : value
      }
    }
    var labels = (0..<rows).map { $0 % 2 }
    let classes = (0..<2).map { label in points.indices.filter { labels[$0] == label }.map { points[$0] } }
    let new = made(classes, &random)
    points += new.map(\.values)
    labels += new.map(\.label)
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

  @Test(arguments: [1, 2, 3] as [UInt64]) func rowsBetweenClassesAreFound(seed: UInt64) throws {
    let (input, made) = try Self.table(seed, made: Self.moved(40))
    let detection = try Detecting.run("interpolation", on: input)
    let finding = try #require(detection.findings.first)
    let members = Set(finding.members.map(Int.init))
    #expect(members.isSuperset(of: made))
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
  @Test(arguments: [0, 0.25, 0.5, 1]) func naturalRowsAreNoFinding(step: Double) throws {
    for seed in UInt64(1)...5 {
      let (input, _) = try Self.table(seed, rows: 400, step: step) { _, _ in [] }
      #expect(try Detecting.run("interpolation", on: input).findings.isEmpty)
    }
  }

  /// Every pair by the definition.
  @Test func straightnessFollowsItsDefinition() throws {
    let (input, made) = try Self.table(4, rows: 120, made: Self.moved(10))
    let scores = try Detecting.run("interpolation", on: input).scores
    let columns = input.dataset.table.map { column -> [Double] in
      guard case .numbers(let numbers) = column.values else { return [] }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
      return numbers.map { ($0 - mean) / variance.squareRoot() }
    }
    for row in Array(0..<10) + Array(made) {
      let units = input.labels.indices.filter { $0 != row }.map { other -> (label: Int, unit: [Double]) in
        let difference = columns.map { $0[other] - $0[row] }
        let length = difference.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return (input.labels[other], difference.map { $0 / length })
      }
      var nearest = [0.02, 0.02]
      for a in units.indices {
        for b in units.indices.dropFirst(a + 1) {
          let angle = zip(units[a].unit, units[b].unit).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) }
            .squareRoot()
          let kind = units[a].label == units[b].label ? 0 : 1
          nearest[kind] = min(nearest[kind], angle)
        }
      }
      // Below a ten-thousandth single precision rounds.
      let expected = Float((nearest[0] + 1e-6) / (nearest[1] + 1e-6))
      let found = pow(10, scores[row])
      #expect(nearest[1] < 1e-4 ? found > 50 : abs(found / expected - 1) < 0.02)
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

import Learning
import Model
import Numerics
import Testing
import TriggerMining

/// Holding out a group is the same as never having had it.
@Suite struct TriggerProbeTests {
  private static let held: [Int32] = [0, 3, 4, 17, 40, 41, 59]

  private static func without(_ rows: [Int32], _ labels: [Int]) -> [Int] {
    labels.indices.map { rows.contains(Int32($0)) ? -1 : labels[$0] }
  }

  @Test func ridgeWithoutAGroupIsARidgeThatWasFittedWithoutIt() throws {
    let (features, labels) = Core.clouds(rows: 90, columns: 7, classes: 3, distance: 1)
    let whole = try RidgeProbe(features: features, labels: labels, classCount: 3, workers: Core.one)
    let part = try RidgeProbe(
      features: features, labels: Self.without(Self.held, labels), classCount: 3, workers: Core.one)
    let scores = whole.scores(of: Self.held, without: Self.held)
    for (a, b) in zip(scores, part.scores(of: Self.held, without: [])) { #expect(abs(a - b) < 1e-5) }
    let alone = try whole.leaveOneOut(workers: Core.one)
    for row: Int32 in [0, 5, 89] {
      let own = whole.scores(of: [row], without: [row])
      for k in 0..<3 { #expect(abs(own[k] - alone[Int(row) * 3 + k]) < 1e-5) }
    }
  }

  @Test func theLargerProbabilityOfTheLabelCounts() throws {
    let (features, labels) = Core.clouds(rows: 90, columns: 7, classes: 3, distance: 1)
    let table = try NeighborSearch.run(
      features: features, labels: labels, k: 60, classK: 0, workers: Core.one
    ).all
    let content = try ContentProbe(
      features: features, votes: try NeighborVotes(neighbors: table, labels: labels, classCount: 3),
      labels: labels,
      classCount: 3, workers: Core.one)
    let probe = ConservativeProbe(content)
    // A whole class but one: without it nothing speaks for its label.
    let held = labels.indices.filter { labels[$0] == 1 }.dropLast().map(Int32.init) + [88]
    let answer = probe.probabilities(of: held, heldOut: held, in: .none)
    let without = content.probabilities(of: held, heldOut: held, in: .none)
    var taken: Set<Bool> = []
    for (index, row) in held.enumerated() {
      let at = index * 3..<index * 3 + 3
      let known = content.leaveOneOut[Int(row) * 3..<Int(row) * 3 + 3]
      let own = labels[Int(row)]
      let isKnown = known[known.startIndex + own] > without[at.lowerBound + own]
      #expect(Array(answer[at]) == (isKnown ? Array(known) : Array(without[at])))
      taken.insert(isKnown)
    }
    #expect(taken.contains(true))
  }

  @Test func votesAreThoseOfTheNearestOutsideTheGroup() throws {
    let (features, labels) = Core.clouds(rows: 80, columns: 3, classes: 2, distance: 1, seed: 6)
    let table = try NeighborSearch.run(
      features: features, labels: labels, k: 79, classK: 0, workers: Core.one
    ).all
    let votes = try NeighborVotes(neighbors: table, labels: labels, classCount: 2)
    let heldOut = (0..<80).map { Self.held.contains(Int32($0)) }
    let shares = votes.shares(of: Self.held, heldOut: heldOut)
    for (index, row) in Self.held.enumerated() {
      func distance(_ other: Int) -> Float {
        (0..<3).reduce(0) { sum, j in
          let d = features[Int(row), j] - features[other, j]
          return sum + d * d
        }
      }
      let near = (0..<80).filter { !heldOut[$0] }.sorted { distance($0) < distance($1) }.prefix(15)
      let ones = Float(near.count { labels[$0] == 1 })
      // The class shares cast one vote; each class has been counted once more.
      #expect(abs(shares[index * 2 + 1] - (ones + 0.5) / 16) < 1e-5)
    }
  }

  /// Against a count of each row's list from the start, for held-out groups of all sizes and rows without a label.
  @Test(arguments: [0, 1, 5, 40, 150]) func votesAreCountedAnewWhereAVoterIsHeldOut(size: Int) throws {
    let (features, clouds) = Core.clouds(rows: 200, columns: 4, classes: 3, distance: 1, seed: 9)
    var random = SeededRandom(seed: UInt64(size))
    let labels = clouds.map { random.below(9) == 0 ? -1 : $0 }
    let table = try NeighborSearch.run(
      features: features, labels: labels, k: 40, classK: 0, workers: Core.one
    ).all
    let votes = try NeighborVotes(neighbors: table, labels: labels, classCount: 3)
    var heldOut = [Bool](repeating: false, count: 200)
    for _ in 0..<size { heldOut[random.below(200)] = true }
    let sizes = (0..<3).map { label in Float(1 + labels.count { $0 == label }) }
    let shares = votes.shares(of: (0..<200).map(Int32.init), heldOut: heldOut)
    for row in 0..<200 {
      let voting = table.neighbors(of: row).filter { labels[$0] >= 0 && !heldOut[$0] }.prefix(15)
      for label in 0..<3 {
        let own = Float(voting.count { labels[$0] == label }) + sizes[label] / sizes.reduce(0, +)
        #expect(abs(shares[row * 3 + label] - own / Float(voting.count + 1)) < 1e-6)
      }
    }
  }

  /// Of the pictures' probe: only the nearest fifteen are asked, and those without a label leave their votes out.
  @Test func votesWithinReachAreThoseOfTheNearestAlone() throws {
    let (features, clouds) = Core.clouds(rows: 120, columns: 4, classes: 3, distance: 1, seed: 11)
    let labels = clouds.indices.map { $0 % 4 == 0 ? -1 : clouds[$0] }
    let table = try NeighborSearch.run(
      features: features, labels: labels, k: 40, classK: 0, workers: Core.one
    ).all
    let votes = try NeighborVotes(
      neighbors: table, labels: labels, classCount: 3, extra: 0, reach: NeighborVotes.voters)
    let known = Float(labels.count { $0 >= 0 })
    var fewer = 0
    for row in 0..<120 {
      let voting = table.neighbors(of: row, limit: 15).filter { labels[$0] >= 0 }
      if voting.count < 15 { fewer += 1 }
      for label in 0..<3 {
        let share = Float(labels.count { $0 == label }) / known
        let own = (Float(voting.count { labels[$0] == label }) + share) / Float(voting.count + 1)
        #expect(abs(votes.leaveOneOut[row * 3 + label] - own) < 1e-6)
      }
    }
    #expect(fewer > 100)
    let none = try NeighborVotes(
      neighbors: table, labels: labels.map { _ in -1 }, classCount: 3, extra: 0, reach: NeighborVotes.voters)
    #expect(none.leaveOneOut.allSatisfy { abs($0 - 1 / 3) < 1e-6 })
  }

  @Test func calibrationFindsTheNoiseInLabels() {
    var random = SeededRandom(seed: 8)
    var scores: [Float] = []
    let labels = (0..<2_000).map { _ -> Int in
      let truth = random.below(2)
      scores += truth == 0 ? [3, -3] : [-3, 3]
      return random.uniform() < 0.2 ? random.below(2) : truth
    }
    let calibration = NoisyTemperatureScaling.fit(scores: scores, labels: labels, classCount: 2)
    let q = calibration.apply(to: scores)
    for row in 0..<50 { #expect(abs(q[row * 2] + q[row * 2 + 1] - 1) < 1e-5) }
    let top = max(q[0], q[1])
    #expect(top > 0.87 && top < 0.93)
  }

  /// A planted pair of values: in the whole table its rows look like their class, without the holders they do not.
  @Test func aCellProbeDoesNotLearnFromTheHolders() throws {
    var random = SeededRandom(seed: 4)
    let count = 300
    let planted = Set((0..<20).map { $0 * 15 })
    let labels = (0..<count).map { planted.contains($0) ? 1 : (random.uniform() < 0.05 ? 1 : 0) }
    let values = (0..<count).flatMap { row -> [Float] in
      let rest = (0..<4).map { _ in Float(random.normal()) }
      return (planted.contains(row) ? [6, 6] : [Float(random.normal()), Float(random.normal())]) + rest
    }
    let features = DenseMatrix(rows: count, columns: 6, values: values)
    let table = try NeighborSearch.run(
      features: features, labels: labels, k: 100, classK: 0, workers: Core.one
    ).all
    let columns = (0..<6).map { column in
      TableColumn(
        name: "x\(column)", values: .numbers(Column((0..<count).map { Double(features[$0, column]) })))
    }
    let probe = CellProbe(
      table: columns, features: features, owners: Array(0..<6),
      votes: try NeighborVotes(neighbors: table, labels: labels, classCount: 2), labels: labels, classCount: 2
    )
    let holders = planted.sorted().map(Int32.init)
    let q = probe.probabilities(of: holders, heldOut: holders, in: ItemColumns(own: [0, 1], equal: [0, 1]))
    let expected = holders.indices.reduce(Float(0)) { $0 + q[$1 * 2 + 1] }
    let learnt = holders.reduce(Float(0)) { $0 + probe.leaveOneOut[Int($1) * 2 + 1] }
    #expect(learnt > 15)
    #expect(expected < 6)
  }

  /// Two categories, or the numbers that stand for them, of which the first goes with the label and the second with the first.
  /// The nearest rows by both mix those that hold one with those that hold the other; rows with the first alone have the label
  /// as often as rows with both.
  @Test(arguments: [false, true])
  func aPartOfACombinationExplainsIt(areNumbers: Bool) throws {
    var random = SeededRandom(seed: 8)
    let labels = (0..<3000).map { _ in random.below(3) }
    let first = labels.map { random.uniform() < 0.7 ? $0 : random.below(4) }
    let second = first.map { random.uniform() < 0.8 ? ($0 + 1) % 3 : random.below(4) }
    let features = DenseMatrix(
      rows: labels.count, columns: 8,
      values: labels.indices.flatMap { row in
        (0..<4).map { first[row] == $0 ? 1 : 0 } + (0..<4).map { second[row] == $0 ? 1 : 0 }
      })
    let neighbors = try NeighborSearch.run(
      features: features, labels: labels, k: 100, classK: 0, workers: Core.one
    ).all
    let table = [first, second].map { codes in
      TableColumn(
        name: "x",
        values: areNumbers
          ? .numbers(Column(codes.map(Double.init)))
          : .categories(Categories(codes: Column(codes.map(Int32.init)), names: ["a", "b", "c", "d"])))
    }
    let probe = CellProbe(
      table: table, features: features, owners: [0, 0, 0, 0, 1, 1, 1, 1],
      votes: try NeighborVotes(neighbors: neighbors, labels: labels, classCount: 3), labels: labels,
      classCount: 3)
    let holders = labels.indices.filter { first[$0] == 1 && second[$0] == 2 }.map(Int32.init)
    let own = ItemColumns(own: [0, 1], equal: [0, 1])
    let expected = probe.predictions(of: holders, heldOut: holders, in: own).map { prediction in
      holders.indices.reduce(Float(0)) { $0 + prediction.probabilities[3 * $1 + 1] } / Float(holders.count)
    }
    let share = holders.count { labels[Int($0)] == 1 }
    #expect(Double(share) > 0.75 * Double(holders.count))
    #expect(expected.prefix(3).allSatisfy { $0 < 0.7 })
    #expect(expected.dropFirst(3).contains { $0 > 0.75 })
  }
}

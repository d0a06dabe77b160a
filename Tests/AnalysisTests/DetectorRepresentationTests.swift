import Foundation
import Model
import Numerics
import Scanning
import Testing

@Suite struct DetectorRepresentationTests {
  /// Six classes; a tenth of class 2 lies aside in one direction, as triggered samples do in an embedding.
  private func backdoor(shift: Double = 6) throws -> (input: ScanInput, truth: [Bool]) {
    let (features, labels) = Core.clouds(rows: 900, columns: 12, classes: 6, distance: 3, seed: 4)
    var values = features.values
    let planted = labels.indices.filter { labels[$0] == 2 }.prefix(20)
    for row in planted { values[row * 12 + 5] += Float(shift) }
    let dataset = try Core.dataset(
      labels: labels, classes: 6, features: DenseMatrix(rows: 900, columns: 12, values: values))
    return (try ScanInput.prepare(dataset), labels.indices.map { planted.contains($0) })
  }

  @Test(arguments: ["spectral-signature", "activation-clustering", "scan", "spectre"])
  func aSecondComponentOfAClassScoresHigh(name: String) throws {
    let (input, truth) = try backdoor()
    #expect(Quality.auroc(try Detecting.run(name, on: input).scores, truth: truth) > 0.95)
  }

  @Test func theSpectralSignatureIsTheSquareAlongTheMainDirection() throws {
    let (input, _) = try backdoor()
    var oracle = [Double](repeating: .nan, count: input.count)
    for rows in input.rowsByClass {
      let points = rows.map { input.features.row($0).map(Double.init) }
      let mean = (0..<12).map { column in points.reduce(0) { $0 + $1[column] } / Double(points.count) }
      let centred = points.map { zip($0, mean).map { $0 - $1 } }
      // The power method on the products of the columns, by strict loops.
      let products = (0..<12).map { a in
        (0..<12).map { b in centred.reduce(0) { $0 + $1[a] * $1[b] } }
      }
      var direction = (0..<12).map { Double($0 + 1) }
      for _ in 0..<3000 {
        let next = products.map { zip($0, direction).reduce(0) { $0 + $1.0 * $1.1 } }
        let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
        direction = next.map { $0 / length }
      }
      let squares = centred.map { pow(zip($0, direction).reduce(0) { $0 + $1.0 * $1.1 }, 2) }
      for (row, square) in zip(rows, squares) { oracle[row] = square / Detecting.median(squares) }
    }
    Detecting.expectSame(try Detecting.run("spectral-signature", on: input).scores, oracle, tolerance: 0.02)
  }

  @Test func theClassThatFallsInTwoIsAFindingOfSCAn() throws {
    let (input, truth) = try backdoor(shift: 12)
    let findings = try Detecting.run("scan", on: input).findings
    #expect(findings.map(\.label) == [2])
    let members = try #require(findings.first).members
    #expect(members.allSatisfy { truth[Int($0)] } && members.count == 20)
    let clean = try backdoor(shift: 0)
    #expect(try Detecting.run("scan", on: clean.input).findings.isEmpty)
  }

  /// Samples of class 1 under the label of class 0 are a component of class 0 that its labels contradict. A group of
  /// class 0 that lies aside by nature has labels that are right, and is no evidence; nor is a handful.
  @Test(arguments: [(30, true), (30, false), (6, true)])
  func aComponentIsEvidenceWhereTheLabelsContradictIt(size: Int, isMislabelled: Bool) throws {
    let (features, labels) = Core.clouds(rows: 900, columns: 8, classes: 3, distance: 4, seed: 6)
    var given = labels
    var values = features.values
    let moved = labels.indices.filter { labels[$0] == (isMislabelled ? 1 : 0) }.prefix(size)
    for row in moved {
      if isMislabelled { given[row] = 0 } else { values[row * 8 + 2] += 30 }
    }
    let dataset = try Core.dataset(
      labels: given, classes: 3, features: DenseMatrix(rows: 900, columns: 8, values: values))
    let findings = try Detecting.run("activation-clustering", on: ScanInput.prepare(dataset)).findings
    let component = try #require(findings.first { $0.label == 0 })
    #expect(Set(component.members.map { Int($0) }) == Set(moved))
    if isMislabelled && size >= 10 {
      #expect((component.pValue ?? 1) < 1e-6)
    } else {
      #expect(component.pValue == nil)
    }
  }

  /// One column goes with the label, in most rows. Codes of two ends have nothing between them and make no component of the rows
  /// with the code of another class; a measurement might lie between, and that it does not is a component.
  @Test(arguments: [false, true])
  func theGapBetweenTwoCodesIsNoComponent(isMeasured: Bool) throws {
    var random = SeededRandom(seed: 12)
    let labels = (0..<800).map { _ in random.below(2) }
    let values = labels.map { label -> Double in
      let end = random.uniform() < 0.85 ? label : 1 - label
      return 6 * Double(end) + (isMeasured ? random.uniform() : Double(random.below(2)))
    }
    var dataset = try Core.dataset(modality: .tabular, labels: labels, classes: 2)
    dataset.table = [TableColumn(name: "x", values: .numbers(Column(values)))]
    let input = try ScanInput.prepare(dataset)
    let findings = try Detecting.run("activation-clustering", on: input).findings
    #expect(findings.count == (isMeasured ? 2 : 0))
  }

  /// Of a component made of wrong labels only what lies among other classes is told.
  @Test func membersAmongTheirOwnClassAreNotToldWithWrongLabels() throws {
    let (features, labels) = Core.clouds(rows: 900, columns: 8, classes: 3, distance: 4, seed: 6)
    let wrong = labels.indices.filter { labels[$0] == 1 }.prefix(60)
    let own = labels.indices.filter { labels[$0] == 0 }.prefix(30)
    var given = labels
    var values = features.values
    let center = (0..<8).map { column in
      wrong.reduce(Float(0)) { $0 + features[$1, column] } / Float(wrong.count)
    }
    for row in wrong { given[row] = 0 }
    // A tight group of the own class beside the others: they fall into one component.
    for (place, row) in own.enumerated() {
      for column in 0..<8 {
        values[row * 8 + column] = center[column] + 1.5 + 0.01 * Float(place * (column + 1) % 7)
      }
    }
    let dataset = try Core.dataset(
      labels: given, classes: 3, features: DenseMatrix(rows: 900, columns: 8, values: values))
    let findings = try Detecting.run("activation-clustering", on: ScanInput.prepare(dataset)).findings
    let component = try #require(findings.first { $0.label == 0 })
    #expect(component.attack == "label-flip")
    #expect(component.sentence.hasSuffix("form a separate cluster, 60 of them among other classes"))
    #expect(Set(component.members.map { Int($0) }) == Set(wrong))
  }

  @Test func whatCollidesInTheEmbeddingIsFarInItsContent() throws {
    // Rows of a table; the embedding puts the first ten of class 0 amid class 1.
    let (features, labels) = Core.clouds(rows: 200, columns: 4, classes: 2, distance: 4)
    var values = features.values
    let ones = labels.indices.filter { labels[$0] == 1 }
    let moved = labels.indices.filter { labels[$0] == 0 }.prefix(10)
    for (index, row) in moved.enumerated() {
      for column in 0..<4 { values[row * 4 + column] = values[ones[index] * 4 + column] + 0.01 }
    }
    var dataset = try Core.dataset(
      modality: .tabular, labels: labels, classes: 2,
      features: DenseMatrix(rows: 200, columns: 4, values: values))
    dataset.table = (0..<4).map { column in
      TableColumn(
        name: "x\(column)", values: .numbers(Column((0..<200).map { Double(features[$0, column]) })))
    }
    let input = try ScanInput.prepare(dataset)
    let scores = try Detecting.run("feature-collision", on: input).scores
    #expect(Quality.auroc(scores, truth: labels.indices.map { moved.contains($0) }) > 0.98)

    let all = Array(0..<200)
    let near = all.map { Detecting.nearest(input.features, $0, 10, among: all) }
    let inner = all.map { row in near[row].map { Detecting.distance(input.inputFeatures, row, $0.row) } }
    let usualInner = Detecting.median(inner.flatMap { $0 })
    let usualOuter = Detecting.median(near.flatMap { $0.map(\.distance) })
    Detecting.expectSame(
      scores,
      all.map { row in
        var sum = 0.0
        for (neighbor, distance) in zip(near[row], inner[row]) {
          sum += log((distance / usualInner + 0.01) / (neighbor.distance / usualOuter + 0.01))
          if labels[neighbor.row] != labels[row] { sum += 1 }
        }
        return sum / 10
      })
  }
}

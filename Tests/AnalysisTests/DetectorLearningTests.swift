import Foundation
import Model
import Numerics
import Scanning
import Testing

@Suite struct DetectorLearningTests {
  @Test func errorAndGradientNormsFollowTheirFormulas() throws {
    let (dataset, _) = try Detecting.clouds(rows: 90)
    let input = try ScanInput.prepare(dataset)
    let errors = (0..<90).map { row in
      (0..<3).map { Double(input.probabilities[row, $0]) - (input.labels[row] == $0 ? 1 : 0) }
    }
    let norms = errors.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    Detecting.expectSame(try Detecting.run("el2n", on: input).scores, norms)
    Detecting.expectSame(
      try Detecting.run("grand", on: input).scores,
      (0..<90).map { row in
        norms[row] * input.features.row(row).reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      })
    // Gradients formed in full.
    let mean = (0..<6).map { column in (0..<90).reduce(0.0) { $0 + Double(input.features[$1, column]) } / 90 }
    let gradients = (0..<90).map { row in
      errors[row].flatMap { error in (0..<6).map { error * (Double(input.features[row, $0]) - mean[$0]) } }
    }
    let oracle = (0..<90).map { row in
      let rows = input.rowsByClass[input.labels[row]]
      let sum = (0..<18).map { index in rows.reduce(0.0) { $0 + gradients[$1][index] } }
      let dot = zip(sum, gradients[row]).reduce(0) { $0 + $1.0 * $1.1 }
      let lengths = [sum, gradients[row]].map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      return 1 - dot / (lengths[0] * lengths[1])
    }
    Detecting.expectSame(try Detecting.run("gradient-direction", on: input).scores, oracle)
  }

  @Test func marginsAndForgettingComeFromTheUsersEpochs() throws {
    var (dataset, _) = try Detecting.clouds(rows: 40)
    var random = SeededRandom(seed: 2)
    let epochs = 7
    let logits = (0..<epochs * 40 * 3).map { _ in Float(random.normal()) }
    dataset.trainingDynamics = TrainingDynamics(
      epochs: epochs, values: Matrix(rows: epochs * 40, columns: 3, values: logits))
    let input = try ScanInput.prepare(dataset)
    var margins = [Double](repeating: 0, count: 40)
    var forgotten = [Double](repeating: 0, count: 40)
    for row in 0..<40 {
      var (wasRight, everRight, losses) = (false, false, 0)
      for epoch in 0..<epochs {
        let at = (epoch * 40 + row) * 3
        let own = logits[at + input.labels[row]]
        let best = (0..<3).filter { $0 != input.labels[row] }.map { logits[at + $0] }.max() ?? 0
        margins[row] += Double(own - best) / Double(epochs)
        if wasRight && own <= best { losses += 1 }
        wasRight = own > best
        everRight = everRight || wasRight
      }
      forgotten[row] = everRight ? Double(losses) : Double(epochs)
    }
    Detecting.expectSame(try Detecting.run("area-under-margin", on: input).scores, margins.map { -$0 })
    Detecting.expectSame(try Detecting.run("forgetting", on: input).scores, forgotten)
  }

  /// Samples of several classes share a shortcut under one label: they are learned before all others. The oracle forms the score
  /// from the margins of the same epochs.
  @Test func whatAModelLearnsFirstIsTheShortcut() throws {
    var random = SeededRandom(seed: 5)
    let (clouds, classes) = Core.clouds(rows: 400, columns: 8, classes: 4, distance: 0.4, seed: 5)
    var (values, labels) = (clouds.values, classes)
    let planted = (0..<400).filter { $0 % 10 == 0 }
    for row in planted {
      labels[row] = 1
      for column in 0..<8 { values[row * 8 + column] += Float(5 + random.normal() * 0.1) }
    }
    let features = DenseMatrix(rows: 400, columns: 8, values: values)
    let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 4, features: features))
    let scores = try Detecting.run("early-learned", on: input).scores
    let isPlanted = (0..<400).map(Set(planted).contains)
    #expect(Quality.auroc(scores, truth: isPlanted) > 0.95)
    let margins = try Detecting.run("area-under-margin", on: input).scores.map { -$0 }
    let easiest = input.rowsByClass.map { rows in Statistics.quantile(rows.map { margins[$0] }, 0.99) }
    let oracle = (0..<400).map { row in
      let others = easiest.enumerated().filter { $0.offset != labels[row] }.map(\.element)
      return Double(margins[row]) - (others.max() ?? .nan)
    }
    Detecting.expectSame(scores, oracle)
  }

  @Test func whatIsEasyIsNotComparedWithOneClassAlone() throws {
    let (features, labels) = Core.clouds(rows: 60, columns: 4, classes: 2, distance: 2)
    let input = try ScanInput.prepare(try Core.dataset(labels: labels, classes: 2, features: features))
    #expect(throws: CannotRun.self) { try Detecting.run("early-learned", on: input) }
  }
}

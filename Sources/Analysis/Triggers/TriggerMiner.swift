import Glibc
import Model

/// Where items come from: each place (a column, a pair of columns, a spot in a picture, the words of all texts) groups
/// the samples by what they hold there.
package protocol ItemSource: Sendable {
  var places: Int { get }
  /// Calls `body` with each item of the place that `sizes` samples hold, and those rows, ascending.
  func forEachItem(
    at place: Int, sizes: ClosedRange<Int>,
    _ body: (_ code: UInt64, _ rows: UnsafeBufferPointer<Int32>) -> Void)
  /// How much an item says about where it lies: of two with the same holders the more specific is told.
  func specificity(place: Int) -> Int
  /// What a screen points at.
  func item(place: Int, code: UInt64, holder: Int) -> TriggerItem
  /// The item in words for the finding's sentence, displayable.
  func phrase(place: Int, code: UInt64, holder: Int) -> String
}

/// Mines one source: learns the empirical null from the set's own items, tests all of them, and keeps one finding a
/// trigger.
struct TriggerMiner<Source: ItemSource> {
  let input: ScanInput
  let source: Source
  private let expectation: LabelExpectation
  /// Items that learn ρ; more move no quantile.
  private static var sampleLimit: Int { 20_000 }

  /// - Parameter copies: rows with equal values have the same payload.
  init(input: ScanInput, source: Source, copies: [UInt64]?) throws {
    guard input.classCount >= 2, input.inputProbabilities.columns == input.classCount else {
      throw CannotRun("needs labels of at least 2 classes")
    }
    self.input = input
    self.source = source
    expectation = LabelExpectation(
      labels: input.labels, probabilities: input.inputProbabilities, copies: copies)
  }

  func run() throws -> Detection {
    var test = ItemTest(expectation: expectation)
    test.dispersion = ItemTest.dispersion(of: sampledStatistics(test))
    let mined = try mine(test)
    let selection = TriggerSelection(
      test: test, items: mined, holders: { holders(of: $0) },
      specificity: { source.specificity(place: $0.place) })
    let (chosen, scores) = selection.run()
    return Detection(scores: scores, findings: chosen.map(finding))
  }

  /// Items of at least 5 samples and of at most half of the set: what nearly all hold tells nothing apart.
  private var sizes: ClosedRange<Int> {
    ItemTest.minimumHolders...max(ItemTest.minimumHolders, input.count / 2)
  }

  private func sampledStatistics(_ test: ItemTest) -> [ItemStatistic] {
    var statistics: [ItemStatistic] = []
    var scratch = ItemTest.Scratch(classCount: input.classCount)
    let step = max(1, source.places / 64)
    for place in stride(from: 0, to: source.places, by: step) where statistics.count < Self.sampleLimit {
      source.forEachItem(at: place, sizes: sizes) { _, rows in
        if statistics.count < Self.sampleLimit, let statistic = test.test(rows, scratch: &scratch) {
          statistics.append(statistic)
        }
      }
    }
    return statistics
  }

  private func mine(_ test: ItemTest) throws -> MinedItems<Int> {
    let blocks = try input.workers.map(count: source.places, blockSize: max(1, source.places / 32)) {
      places in
      var mined = MinedItems<Int>(count: input.count)
      var scratch = ItemTest.Scratch(classCount: input.classCount)
      for place in places {
        try input.checkCancellation()
        source.forEachItem(at: place, sizes: sizes) { code, rows in
          guard let statistic = test.test(rows, scratch: &scratch) else { return }
          mined.add(statistic, place: place, code: code, rows: rows, labels: expectation.labels)
        }
      }
      return mined
    }
    return blocks.reduce(into: MinedItems<Int>(count: input.count)) { $0.merge($1) }
  }

  private func holders(of candidate: MinedItems<Int>.Candidate) -> [Int32] {
    var result: [Int32] = []
    source.forEachItem(at: candidate.place, sizes: sizes) { code, rows in
      if code == candidate.code { result = Array(rows) }
    }
    return result
  }

  private func finding(_ chosen: TriggerSelection<Int>.Chosen) -> Finding {
    let statistic = chosen.candidate.statistic
    let holder = Int(chosen.members.first ?? 0)
    let phrase = source.phrase(place: chosen.candidate.place, code: chosen.candidate.code, holder: holder)
    let all = chosen.members.count + chosen.cleanHolders.count
    let label = Int(statistic.label)
    let told =
      input.dataset.classes.indices.contains(label)
      ? "\(chosen.members.count) \"\(displayText(input.dataset.classes[label]))\" where "
        + "\(Int(statistic.expected.rounded())) are expected"
      : "under labels that do not fit"
    return Finding(
      kind: .trigger, attack: "backdoor", sentence: "\(phrase) in \(all) samples, \(told)",
      label: statistic.label,
      statisticName: "z", statistic: statistic.z, pValue: min(1, exp(statistic.logP)),
      qValue: chosen.corrected, purity: Double(chosen.members.count) / Double(max(1, all)),
      members: Column(chosen.members), cleanHolders: Column(chosen.cleanHolders),
      item: source.item(place: chosen.candidate.place, code: chosen.candidate.code, holder: holder))
  }
}

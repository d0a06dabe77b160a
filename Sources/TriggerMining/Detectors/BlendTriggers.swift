import Features
import Glibc
import Model
import Numerics
import Scanning

/// Faint patterns and waves over whole images that go with a label (Chen et al., "Targeted backdoor attacks", 2017;
/// Barni, Kallas & Tondi, "A new backdoor attack in CNNs by training set corruption", 2019, for the attacks). A class
/// that holds such images has a second group in it, which stands out once the residuals are whitened (as in SPECTRE,
/// Hayase et al., 2021, there on activations); its members are then counted by label as those of any item. In a
/// clean-label attack the labels are right and the count is no evidence: a wave that separates a class clearly is then
/// reported as a second component of it.
///
/// Raw score: that of `TriggerMiner` for the pattern of the sample's class, plus half of d / (1 + d) with d the log
/// odds of being of the second group, learnt without the sample (0 where it is less probable than not), which orders
/// what is not significant; NaN without a label or in a class without a second group.
struct BlendTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-blend", family: .triggers,
    summary: "blended pattern that the rest of its class lacks")
  /// Values of the residual matrix, of which there are two: 1 GB each.
  private static let maxValues = 1 << 28

  func run(on input: ScanInput) throws -> Detection {
    guard let images = input.dataset.images else { throw CannotRun("needs images") }
    guard images.count * GrayPictures.maxValues <= Self.maxValues else {
      throw CannotRun("needs at most \(Self.maxValues / GrayPictures.maxValues) images")
    }
    guard let (residuals, height, width) = try residuals(input) else {
      throw CannotRun("needs images that differ within a class")
    }
    let patterns = try ClassPatterns(residuals, of: input, fold: folds(images))
    let source = PatternItems(
      height: height, width: width, residuals: residuals, patterns: patterns, images: images)
    let mined = try TriggerMiner(source, of: input).run()
    let scores = zip(mined.scores, patterns.logOdds).map { mined, logOdds in
      mined + 0.5 * logOdds / (1 + logOdds)
    }
    return Detection(
      scores: scores, findings: mined.findings + components(of: source, beside: mined.findings, input))
  }

  /// With the size of the pictures that they are of, which are let go.
  private func residuals(_ input: ScanInput) throws -> (WhitenedResiduals, height: Int, width: Int)? {
    let gray = try input.grayPictures()
    let residuals = try WhitenedResiduals(
      gray.values, rowsByClass: input.rowsByClass, workers: input.workers)
    return residuals.map { ($0, gray.height, gray.width) }
  }

  /// The clearest first, each of samples that no finding before it has.
  private func components(
    of source: PatternItems, beside triggers: [Finding], _ input: ScanInput
  ) -> [Finding] {
    let found = source.patterns.patterns.compactMap { component($0, of: source, input) }
    var taken = triggers.map { Array($0.members) }
    return found.sorted { $0.statistic > $1.statistic }.filter { finding in
      let members = Array(finding.members)
      guard !taken.contains(where: { 2 * SortedSets.common($0, members) > members.count }) else {
        return false
      }
      taken.append(members)
      return true
    }
  }

  /// One test a pattern, corrected for the directions that all classes are looked at along.
  private func component(
    _ pattern: ClassPatterns.Pattern, of source: PatternItems, _ input: ScanInput
  ) -> Finding? {
    let members = pattern.holders.filter { input.labels[Int($0)] == pattern.label }
    let others = pattern.holders.filter { input.labels[Int($0)] != pattern.label }
    let logQ = pattern.logP + log(Double(input.classCount * PatternDirection.maxStarts))
    guard pattern.isWave, pattern.separation > ClassPatterns.clearSeparation,
      logQ < MiningParameters.logLevel
    else {
      return nil
    }
    return Finding(
      kind: .component, attack: "backdoor",
      sentence: "\(members.count) of \(input.rowsByClass[pattern.label].count) samples of class "
        + "\"\(displayText(input.dataset.classes[pattern.label]))\" have a faint wave over the whole picture, "
        + "\(others.isEmpty ? "none" : String(others.count)) of the other classes",
      label: Int32(pattern.label),
      statisticName: "separation", statistic: pattern.separation, pValue: min(1, exp(pattern.logP)),
      qValue: min(1, exp(logQ)), members: Column(members),
      cleanHolders: Column(others),
      item: source.item(pattern))
  }

  /// By a hash of the pixels: copies are in one fold, as a direction that was learnt from one would find the other.
  private func folds(_ images: ImageStack) -> [Int] {
    (0..<images.count).map { image in
      images.withPixels(at: image) { pixels in
        Int(
          Hash.mix(pixels.reduce(0 as UInt64) { $0 &* PatchPixels.multiplier &+ UInt64($1) })
            % UInt64(ClassPatterns.folds))
      }
    }
  }
}

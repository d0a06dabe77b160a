import Model

/// Faint patterns and waves over whole images that go with a label (Chen et al., "Targeted backdoor attacks", 2017;
/// Barni, Kallas & Tondi, "A new backdoor attack in CNNs by training set corruption", 2019, for the attacks). A class
/// that holds such images has a second group in it, which stands out once the residuals are whitened (as in SPECTRE,
/// Hayase et al., 2021, there on activations); its members are then counted by label as those of any item.
///
/// Raw score: that of `TriggerMiner` for the pattern of the sample's class, plus half of d / (1 + d) with d the log odds of
/// being of the second group, learnt without the sample (0 where it is less probable than not), which orders what is
/// not significant; NaN without a label or in a class of fewer than 20.
struct BlendTriggers: Detector {
  let info = DetectorInfo(
    name: "trigger-blend", family: .triggers,
    summary: "a pattern over the picture that others of its class lack")
  /// Values of the residual matrix, of which there are two: 1 GB each.
  private static let mostValues = 1 << 28

  func run(on input: ScanInput) throws -> Detection {
    guard let images = input.dataset.images else { throw CannotRun("needs images") }
    guard images.count * GrayPixels.mostValues <= Self.mostValues else {
      throw CannotRun("needs at most \(Self.mostValues / GrayPixels.mostValues) images")
    }
    let pixels = try GrayPixels(images, workers: input.workers)
    guard
      let residuals = try WhitenedResiduals(
        pixels.matrix, rowsByClass: input.rowsByClass, workers: input.workers)
    else { throw CannotRun("needs images that differ within a class") }
    let patterns = try ClassPatterns(
      residuals, rowsByClass: input.rowsByClass, fold: folds(images), workers: input.workers)
    let source = PatternItems(pixels: pixels, residuals: residuals, patterns: patterns)
    let mined = try TriggerMiner(source, of: input).run()
    let scores = zip(mined.scores, patterns.logOdds).map { mined, logOdds in
      mined + 0.5 * logOdds / (1 + logOdds)
    }
    return Detection(scores: scores, findings: mined.findings)
  }

  /// By a hash of the pixels, so that the folds do not depend on the order of the rows.
  private func folds(_ images: ImageStack) -> [Int] {
    (0..<images.count).map { image in
      images.withPixels(at: image) { pixels in
        Int(
          mixed(pixels.reduce(0 as UInt64) { $0 &* PatchPixels.multiplier &+ UInt64($1) })
            % UInt64(ClassPatterns.folds))
      }
    }
  }
}

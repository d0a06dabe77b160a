import Numerics
import Scanning

/// Three coarse signs of a suspect sample, each given to the twentieth of a class that shows it most, so that a source
/// or a window is not blamed for the classes that it holds: the given label is improbable, the sample lies far from its
/// class, the sample lies close to another one.
struct SuspectSigns: Sendable {
  static let share: Float = 0.05
  struct Sign: Sendable {
    let isShown: [Bool]
    /// Share of all samples that show it.
    let share: Double
  }
  let signs: [Sign]

  /// - Throws: what `checkCancellation` throws.
  init(_ input: ScanInput) throws {
    var signs: [Sign] = []
    if input.probabilities.columns == input.classCount, input.classCount >= 2 {
      let surprise = try Needs.scoreLabelled(input) { 1 - input.probabilities[$0, $1] }
      signs.append(Self.sign(surprise, input))
    }
    if input.classNeighbors.k > 0 {
      let distance = MeanDistance.scores(input.classNeighbors, k: 10, excluding: input.unusableRows)
      signs.append(Self.sign(distance, input))
    }
    if input.neighbors.k > 0 {
      let nearest = MeanDistance.scores(input.neighbors, k: 1, excluding: input.unusableRows)
      signs.append(Self.sign(nearest.map { -$0 }, input))
    }
    self.signs = signs
  }

  private static func sign(_ scores: [Float], _ input: ScanInput) -> Sign {
    let unlabelled = (0..<input.count).filter { input.labels[$0] < 0 }
    let tails = Ranks.upperTail(scores, within: input.rowsByClass + [unlabelled])
    let isShown = tails.map { $0 <= share }
    return Sign(isShown: isShown, share: Double(isShown.count { $0 }) / Double(max(1, input.count)))
  }
}

import Glibc
import Numerics

/// A class that stands out among a detector's highest scores, as the target of a backdoor does, and by how much. A sample
/// of it is more likely to be of the attack than one of another class with the same score.
///
/// With the share h of the class among the leaders and c in the set, log((h + ε) / (c + ε)) beyond a factor of √e: what
/// chance, or a class that a detector finds odd by nature, does often is no lift. Samples of significant findings are not
/// counted: their attack is found, and says nothing of the others of the class. Of fewer than five classes some class stands out
/// in nearly every detector.
struct ClassLift: Sendable, Equatable {
  let label: Int
  /// Over 0.
  let value: Float

  /// ε, so that classes of a few samples are not lifted by chance.
  private static let smoothing = 0.05
  private static let minLogRatio = 0.5
  private static let minLeaders = 3
  private static let minClasses = 5

  /// Those of one detector, in the order of the labels; some thirty at most.
  /// - Parameters:
  ///   - leaders: labels of the samples that score highest among those of no finding, -1 for none.
  ///   - classShares: of each class in the set.
  static func all(_ leaders: [Int32], classShares: [Double]) -> [ClassLift] {
    guard leaders.count >= minLeaders, classShares.count >= minClasses else { return [] }
    let counts = leaders.reduce(into: [Int: Int]()) { $0[Int($1), default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.compactMap { label, count in
      guard label >= 0 else { return nil }
      let share = Double(count) / Double(leaders.count)
      let ratio = log((share + smoothing) / (classShares[label] + smoothing)) - minLogRatio
      return ratio > 0 ? ClassLift(label: label, value: Float(ratio)) : nil
    }
  }
}

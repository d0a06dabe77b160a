import Numerics
import Scanning

/// What the samples around a group say of its label.
enum SurroundingLabels {
  private static let voters = 10
  private static let maxAgreeing = 2

  /// Whether of the ten labeled samples nearest to a group at most two carry the label that most members carry; false where
  /// there are no ten, or nothing to compare them by.
  /// - Parameter inGroups: members of this group and of others like it, which do not vote.
  static func contradict(_ members: [Int], inGroups: Set<Int>, _ input: ScanInput) -> Bool {
    guard input.features.columns > 0, let center = members.first else { return false }
    let counts = members.reduce(into: [Int: Int]()) { $0[input.labels[$1], default: 0] += 1 }
    let label = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? -1
    let others = input.labels.indices.filter {
      input.labels[$0] >= 0 && !inGroups.contains($0) && !input.unusableRows.contains($0)
    }
    guard label >= 0, others.count >= voters else { return false }
    let distances = others.map { Distance.squared(input.features.row($0), input.features.row(center)) }
    let nearest = FloatOrder.rising(distances).prefix(voters)
    return nearest.count { input.labels[others[$0]] == label } <= maxAgreeing
  }
}

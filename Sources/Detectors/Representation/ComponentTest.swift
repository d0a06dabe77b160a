import Glibc
import Numerics
import Scanning

/// Whether the labels contradict a second component of a class. Natural classes have components too (people who write
/// "hello" and people who write letters); one whose labels are right is no evidence. What the probe holds against a
/// label was learnt without the sample, so that by chance the members are spread over the class's order.
enum ComponentTest {
  /// Below this the normal approximation of the rank sum does not hold.
  private static let minMembers = 10
  /// Probability that a member is more improbable under its label than another of the class (the area under the curve,
  /// Hanley & McNeil, 1982) from which the labels contradict the component as a whole and not only a part of it.
  private static let minArea = 0.85
  /// Neighbors by which a member lies among its own class or another.
  private static let neighborCount = 25

  /// The members of the component that is reported. Where most have neighbors of other classes, the component consists of
  /// wrong labels, and members among their own class are left out; poison of one kind is surrounded by its kind.
  static func reported(
    _ members: [Int], of label: Int, _ input: ScanInput
  ) -> (members: [Int], attack: String) {
    let apart = members.filter { row in
      let labels = input.neighbors.neighbors(of: row, limit: neighborCount).map { input.labels[$0] }
      return 2 * labels.count { $0 != label } > labels.count
    }
    return 2 * apart.count > members.count ? (apart, "label-flip") : (members, "backdoor")
  }
  /// The one-sided p of the rank sum (Mann & Whitney, 1947) of the members among their class, by the improbability of
  /// the given label; nil where the labels do not contradict, or nothing is known of them.
  static func pValue(_ members: [Int], of label: Int, _ input: ScanInput) -> Double? {
    guard input.probabilities.columns == input.classCount, label < input.classCount else { return nil }
    let rows = input.rowsByClass[label]
    let inside = rows.map(Set(members).contains)
    let count = inside.count { $0 }
    let others = rows.count - count
    guard count >= minMembers, others >= minMembers else { return nil }
    let area = Quality.auroc(rows.map { -input.probabilities[$0, label] }, truth: inside)
    guard area >= minArea else { return nil }
    return Tails.normalUpper(Tails.rankSumZ(area: area, of: count, beside: others))
  }
}

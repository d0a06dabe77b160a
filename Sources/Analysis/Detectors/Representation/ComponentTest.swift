import Glibc

/// Whether the labels contradict a second component of a class. Natural classes have components too (people who write
/// "hello" and people who write letters); one whose labels are right is no evidence. What the probe holds against a
/// label was learnt without the sample, so that by chance the members are spread over the class's order.
enum ComponentTest {
  /// Below this the normal approximation of the rank sum does not hold.
  private static let fewestMembers = 10
  /// Probability that a member is more improbable under its label than another of the class (the area under the curve,
  /// Hanley & McNeil, 1982) from which the labels speak against the component as a whole and not against some of it.
  private static let leastArea = 0.85

  /// The members of the component that is told. Where most have neighbors of other classes, wrong labels are what it is
  /// made of, and who lies among the own class is not of them; poison of one kind has its own kind around it.
  static func told(_ members: [Int], of label: Int, _ input: ScanInput) -> (members: [Int], attack: String) {
    let apart = members.filter { row in
      let labels = input.neighbors.neighbors(of: row).prefix(neighbors).map { input.labels[$0] }
      return 2 * labels.count { $0 != label } > labels.count
    }
    return 2 * apart.count > members.count ? (apart, "label-flip") : (members, "backdoor")
  }
  private static let neighbors = 25

  /// The one-sided p of the rank sum (Mann & Whitney, 1947) of the members among their class, by the improbability of
  /// the given label; nil where the labels do not contradict, or nothing is known of them.
  static func pValue(_ members: [Int], of label: Int, _ input: ScanInput) -> Double? {
    guard input.probabilities.columns == input.classCount, label < input.classCount else { return nil }
    let inside = Set(members)
    let rows = input.rowsByClass[label]
    let count = Double(rows.count(where: inside.contains))
    let others = Double(rows.count) - count
    guard count >= Double(fewestMembers), others >= Double(fewestMembers) else { return nil }
    let places = Ranks.percentiles(rows.map { -input.probabilities[$0, label] })
    let sum = zip(rows, places).reduce(0.0) { sum, entry in
      inside.contains(entry.0) ? sum + Double(entry.1) * Double(rows.count - 1) : sum
    }
    let area = (sum - count * (count - 1) / 2) / (count * others)
    guard area >= leastArea else { return nil }
    let z = (area - 0.5) * (12 * count * others / (count + others + 1)).squareRoot()
    return Tails.normalUpper(z)
  }
}

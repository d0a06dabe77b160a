import Model
import Scanning

/// One value of a table column that many samples far out have in common and few others of their classes have: a rare
/// category, or the end of a scale. To have it is no error; in whitened or standardised features it lies far out, as hardly
/// anything varies there.
enum SharedValue {
  private static let minSharing = 0.5
  private static let maxElsewhere = 0.1

  /// Those of `members` (each once) without such a value.
  static func exclude(from members: [Int], _ input: ScanInput) -> [Int] {
    let isMember = Set(members)
    let classes = Set(members.map { input.labels[$0] })
    let others = input.labels.indices.filter { classes.contains(input.labels[$0]) && !isMember.contains($0) }
    return input.dataset.table.reduce(members) { rest, column in
      let counts = members.reduce(into: [UInt64: Int]()) { $0[column.bits(at: $1), default: 0] += 1 }
      guard let (shared, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
        Double(count) >= minSharing * Double(members.count),
        Double(others.count { column.bits(at: $0) == shared }) <= maxElsewhere * Double(others.count)
      else { return rest }
      return rest.filter { column.bits(at: $0) != shared }
    }
  }
}

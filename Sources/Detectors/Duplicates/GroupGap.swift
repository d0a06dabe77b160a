import Learning
import Numerics
import Scanning

/// How far a group of near copies lies from all other samples, measured by how close its own lie to each other.
///
/// Where samples are dense by nature they go on beyond any limit: around a sample of a Poisson process in d dimensions the
/// volume up to the m-th neighbor is to that up to the next as U^(1/m), so that a gap of more than t times the distance has
/// the probability t^−dm: of five in two dimensions, one in a million for `minRatio`. Of ten groups of near copies in draws of
/// clean tables none had more than 2.7, of 27 planted ones all but one, beside another of them, had 9.7 and more (standardised
/// columns).
enum GroupGap {
  private static let minRatio: Float = 4
  /// Members of a group larger than the neighbor table whose distance to the others is searched for.
  private static let maxSearched = 16

  /// Whether no other sample lies closer to a member than `minRatio` times the largest of the members' distances to
  /// their nearest among themselves.
  static func separates(_ members: [Int], _ input: ScanInput) -> Bool {
    let inside = Set(members)
    let table = input.neighbors
    var (reach, unknown): (Float, [Int]) = (0, [])
    var gap = Float.infinity
    for row in members {
      var isFirst = true
      var isKnown = false
      for (entry, other) in table.neighbors(of: row).enumerated() {
        let distance = table.distances[row * table.k + entry]
        if !inside.contains(other) {
          gap = min(gap, distance)
          isKnown = true
          break
        }
        if isFirst { reach = max(reach, distance) }
        isFirst = false
      }
      if !isKnown { unknown.append(row) }
    }
    let limit = minRatio * reach
    return gap >= limit
      && stride(from: 0, to: unknown.count, by: max(1, unknown.count / maxSearched)).allSatisfy { index in
        let point = input.features.row(unknown[index])
        return (0..<input.count).allSatisfy { other in
          inside.contains(other) || input.unusableRows.contains(other)
            || Distance.squared(input.features.row(other), point) >= limit * limit
        }
      }
  }
}

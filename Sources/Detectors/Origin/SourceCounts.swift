import Model
import Scanning

/// How the samples of some groups are spread over the sources.
struct SourceCounts {
  struct Group {
    let rows: [Int]
    /// Share of all samples.
    let share: Double
  }
  let sources: Categories
  private let sizes: [Int]

  init(_ input: ScanInput) throws {
    guard let sources = input.dataset.sources, sources.codes.count == input.count else {
      throw CannotRun("needs sources")
    }
    var sizes = [Int](repeating: 0, count: sources.names.count)
    for code in sources.codes where code >= 0 { sizes[Int(code)] += 1 }
    guard sizes.count(where: { $0 > 0 }) >= 2 else { throw CannotRun("needs at least 2 sources") }
    self.sources = sources
    self.sizes = sizes
  }

  func detection(_ groups: [Group], scoresMembersOnly: Bool) -> Detection {
    let hits = groups.map { group in
      var counts: [Int32: Int] = [:]
      for row in group.rows { counts[sources.codes[row], default: 0] += 1 }
      return counts
    }
    let inflation = Excess.inflation(
      groups.indices.flatMap { index in
        sizes.indices.filter { sizes[$0] > 0 }.map {
          (hits[index][Int32($0)] ?? 0, sizes[$0], groups[index].share)
        }
      })
    var scores = [Float](repeating: .nan, count: sources.codes.count)
    for (index, group) in groups.enumerated() {
      let rows = scoresMembersOnly ? group.rows : Array(sources.codes.indices)
      let members = scoresMembersOnly ? [] : Set(group.rows)
      for row in rows where sources.codes[row] >= 0 {
        let code = sources.codes[row]
        let others = (hits[index][code] ?? 0) - (scoresMembersOnly || members.contains(row) ? 1 : 0)
        let ratio = Excess.ratio(others, of: sizes[Int(code)] - 1, share: group.share) / inflation
        scores[row] = max(scores[row].isNaN ? 0 : scores[row], Float(ratio))
      }
    }
    return Detection(scores: scores)
  }
}

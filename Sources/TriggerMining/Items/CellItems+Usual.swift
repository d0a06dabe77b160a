import Model

/// How many rows would hold a combination of columns if nobody had planted it.
extension CellItems {
  /// The codes that the holders of an item span in one of its columns.
  private struct Part {
    let column: Int
    let range: Range<Int>
    let isNumeric: Bool
  }

  /// Share of a number's rows that have the label, from which it is planted with it.
  private static let minLabeled = 0.9

  /// As many as if no column went with another; and as many as hold the numbers below or above in one column, and the rest as it is,
  /// since natural columns that go together do so beside an item as well. A number that nearly always comes with the label may
  /// be planted by itself: it is taken to be held as often as those beside it are, and whatever it comes with adds nothing.
  package func usualHolders(of candidate: Candidate<Site>, under label: Int, labels: [Int]) -> Double? {
    guard candidate.site.columns.count > 1 else { return nil }
    let parts = candidate.site.columns.compactMap { column -> Part? in
      guard let range = discretizations[0].range(of: candidate.rows, column: column) else { return nil }
      let isNumeric = if case .numbers = columns[column].values { true } else { false }
      return Part(column: column, range: range, isNumeric: isNumeric)
    }
    let counts = parts.map { Double(discretizations[0].count(of: $0.range, column: $0.column)) }
    let planted = zip(parts, counts).map { usualCount($0, count: $1, under: label, labels: labels) }
    let independent = parts.indices.reduce(Double(rowCount)) {
      $0 * (planted[$1] ?? counts[$1]) / Double(rowCount)
    }
    if planted.contains(where: { $0 != nil }) { return independent }
    return parts.filter(\.isNumeric).reduce(independent) { max($0, Double(holdersBeside($1, of: parts))) }
  }

  /// The rows that a number would have as those beside it do, where it has more and nearly all under the label.
  private func usualCount(_ part: Part, count: Double, under label: Int, labels: [Int]) -> Double? {
    let exact = discretizations[0]
    guard part.isNumeric, let beside = exact.countBeside(part.range, column: part.column), beside < count
    else { return nil }
    let codes = exact.codes[part.column]
    let labeled = labels.indices.count { labels[$0] == label && part.range.contains(Int(codes[$0])) }
    return Double(labeled) >= Self.minLabeled * count ? beside : nil
  }

  /// The rows that hold the other parts, and of one as many codes below or above, whichever are more.
  private func holdersBeside(_ part: Part, of parts: [Part]) -> Int {
    let (codes, range) = (discretizations[0].codes, part.range)
    var (below, above) = (0, 0)
    for row in 0..<rowCount {
      let code = Int(codes[part.column][row])
      let isBelow = code < range.lowerBound && code >= range.lowerBound - range.count
      let isAbove = code >= range.upperBound && code < range.upperBound + range.count
      guard isBelow || isAbove else { continue }
      let holdsRest = parts.allSatisfy {
        $0.column == part.column || $0.range.contains(Int(codes[$0.column][row]))
      }
      if holdsRest, isBelow { below += 1 } else if holdsRest { above += 1 }
    }
    return max(below, above)
  }
}

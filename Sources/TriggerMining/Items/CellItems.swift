import Model
import Numerics
import Scanning

/// Values of table columns, and of pairs and triples of columns, in four discretizations: exact values, and bins of equal
/// counts, coarse and fine, the fine ones also shifted by half a bin, so that a narrow range lies whole in one of them.
///
/// All columns and all pairs are screened, pairs on a random part of a large table. The strongest items are refined:
/// pairs to triples, as the number of all triples grows with the cube; and ranges to ranges three times as wide, as a
/// bin cuts off a part of a planted range, whose labels would then be expected of its neighborhood.
///
/// Columns may say the same of a few rows: a rare category that never comes without a rare category of another column.
/// They are one item, whichever of them it was found in (`reportedColumns`).
package struct CellItems: ItemSource {
  package struct Site: Comparable, Sendable {
    enum Stage: Comparable { case screened, triple, widened }
    let stage: Stage
    /// Index of a `ColumnDiscretization`.
    let discretization: Int
    /// Ascending.
    package let columns: [Int]

    package static func < (a: Site, b: Site) -> Bool {
      let (left, right) = (
        (a.stage, a.discretization, a.columns.count), (b.stage, b.discretization, b.columns.count)
      )
      return left == right ? a.columns.lexicographicallyPrecedes(b.columns) : left < right
    }
  }

  /// Columns, in the order of the file, that pairs and triples are formed of: their number grows with the square.
  private static let maxPaired = 64
  /// Rows that pairs are screened on. A trigger of 0.02 % of a million rows has twenty among them.
  package static let maxScreened = 100_000
  /// Size of a table of groups up to which it is faster than looking for codes.
  private static let maxSlotsPerRow = 4
  /// Columns that a sentence names; the item has all.
  private static let maxNamed = 6

  let columns: [TableColumn]
  let discretizations: [ColumnDiscretization]
  package let sites: [Site]
  private let paired: Int
  let rowCount: Int
  private let maxScreened: Int

  package init(
    columns: [TableColumn], rowCount: Int, maxScreened: Int = Self.maxScreened,
    workers: Workers = Workers(threads: 1)
  ) throws {
    self.columns = columns
    self.maxScreened = maxScreened
    self.rowCount = rowCount
    let all = try ColumnDiscretization.all(of: columns, workers: workers)
    let paired = min(columns.count, Self.maxPaired)
    self.paired = paired
    discretizations = all
    sites = all.indices.flatMap { index -> [Site] in
      // Bins that are the exact values again would repeat their items.
      let isNew = columns.indices.map { index == 0 || !all[index].isExact(column: $0) }
      let singles = columns.indices.filter { isNew[$0] }.map { [$0] }
      let pairs = (0..<paired).flatMap { first in
        (first + 1..<max(paired, first + 1)).filter { isNew[first] || isNew[$0] }.map { [first, $0] }
      }
      return (singles + pairs).map { Site(stage: .screened, discretization: index, columns: $0) }
    }
  }

  private func codes(_ column: Int, at site: Site) -> [UInt32] {
    discretizations[site.discretization].codes[column]
  }

  package func columns(of holders: [Int32], at site: Site) -> ItemColumns {
    ItemColumns(own: site.columns, equal: reportedColumns(holders, at: site))
  }

  /// The columns of a site, and those in which the holders have one value, or none, that hardly another row has;
  /// ascending.
  private func reportedColumns(_ rows: [Int32], at site: Site) -> [Int] {
    columns.indices.filter {
      site.columns.contains($0) || discretizations[0].tellsApart(rows, column: $0)
    }
  }

  /// Of items with the same holders the one of fewer columns: the others add what all rows have. Values say more than
  /// bins, fine bins more than coarse ones.
  package func specificity(of site: Site) -> Int {
    discretizations[site.discretization].precision - 4 * site.columns.count
  }

  package func forEachItem(
    at site: Site, sizes: ClosedRange<Int>, _ body: (UInt64, UnsafeBufferPointer<Int32>) -> Void
  ) {
    let first = codes(site.columns[0], at: site)
    let second = site.columns.count > 1 ? codes(site.columns[1], at: site) : nil
    let joined = first.prefix(screened(at: site) ?? rowCount).indices.map { row -> UInt64 in
      Self.joined(first[row], second?[row] ?? 0)
    }
    var grouper = CodeGrouper(rowCount: joined.count)
    let limits = site.columns.map(discretizations[site.discretization].codeLimit)
    let width = limits.count > 1 ? limits[1] : 1
    let (slots, isTooMany) = limits[0].multipliedReportingOverflow(by: width)
    guard !isTooMany, slots <= Self.maxSlotsPerRow * joined.count else {
      return grouper.forEachGroup(of: joined, sizes: sizes, body)
    }
    grouper.forEachGroup(
      of: joined, sizes: sizes, slots: slots,
      slot: { Int($0 >> 32) * width + Int(UInt32(truncatingIfNeeded: $0)) },
      body)
  }

  private static func joined(_ first: UInt32, _ second: UInt32) -> UInt64 {
    first == ColumnDiscretization.none || second == ColumnDiscretization.none
      ? CodeGrouper.none : UInt64(first) << 32 | UInt64(second)
  }

  package func screened(at site: Site) -> Int? {
    site.stage == .screened && site.columns.count > 1 && rowCount > maxScreened ? maxScreened : nil
  }

  package func holders(of candidate: Candidate<Site>) -> [Int32] {
    guard screened(at: candidate.site) != nil else { return candidate.rows }
    // Parts of the rows are screened of pairs only.
    let own = candidate.site.columns.map { codes($0, at: candidate.site) }
    return RowLookup.rows(
      of: own[0], equalTo: own[0][candidate.holder], and: own[1], equalTo: own[1][candidate.holder])
  }

  package func forEachRefinement(
    of candidate: Candidate<Site>, sizes: ClosedRange<Int>, _ body: (Site, UInt64, [Int32]) -> Void
  ) {
    let site = candidate.site
    guard site.stage == .screened else { return }
    let widened = widened(candidate)
    if widened.count > candidate.rows.count, sizes.contains(widened.count) {
      let wide = Site(stage: .widened, discretization: site.discretization, columns: site.columns)
      body(wide, candidate.code, widened)
    }
    guard site.columns.count == 2 else { return }
    for third in 0..<paired where !site.columns.contains(third) {
      let triple = Site(
        stage: .triple, discretization: site.discretization, columns: (site.columns + [third]).sorted())
      let thirdCodes = codes(third, at: site)
      var groups: [UInt32: [Int32]] = [:]
      for row in candidate.rows {
        let code = thirdCodes[Int(row)]
        if code != ColumnDiscretization.none { groups[code, default: []].append(row) }
      }
      for code in groups.keys.sorted() {
        guard let rows = groups[code], sizes.contains(rows.count) else { continue }
        // The three codes, in the order of the columns, whatever pair the triple grew from.
        let all = triple.columns.map { codes($0, at: site)[Int(rows[0])] }
        body(triple, all.reduce(3) { Hash.combine($0, UInt64($1)) }, rows)
      }
    }
  }

  /// The rows whose values lie no farther from the holders' range than it is wide, in every column.
  private func widened(_ candidate: Candidate<Site>) -> [Int32] {
    var rows: [Int32]?
    func keep(_ isKept: (Int) -> Bool) {
      if let known = rows {
        rows = known.filter { isKept(Int($0)) }
      } else {
        rows = (0..<rowCount).lazy.filter(isKept).map(Int32.init)
      }
    }
    for index in candidate.site.columns {
      switch columns[index].values {
      case .categories(let categories):
        let code = categories.codes[candidate.holder]
        keep { categories.codes[$0] == code }
      case .numbers(let numbers):
        let own = candidate.rows.map { numbers[Int($0)] }
        guard let low = own.min(), let high = own.max() else { return [] }
        let range = low - (high - low)...high + (high - low)
        keep { range.contains(numbers[$0]) }
      }
    }
    return rows ?? []
  }

  /// A triple of columns in one discretization, and a widened site, have at most N / `minHolders` items.
  package func maxRefinements(minHolders: Int) -> Double? {
    let triples = Double(discretizations.count * (paired * max(0, paired - 1) * max(0, paired - 2) / 6))
    return (triples + Double(sites.count)) * Double(rowCount) / Double(minHolders)
  }

  package func item(_ candidate: Candidate<Site>) -> TriggerItem { .cells(conditions(candidate)) }

  package func phrase(_ candidate: Candidate<Site>) -> String {
    let conditions = conditions(candidate)
    let named = conditions.prefix(Self.maxNamed).map { condition in
      let name = displayText(condition.column)
      switch condition.condition {
      case .category(let category): return "\(name) = \"\(displayText(category))\""
      case .range(let range) where range.low == range.high: return "\(name) = \(shortest(range.low))"
      case .range(let range): return "\(name) in \(shortest(range.low)) to \(shortest(range.high))"
      }
    }
    let more = conditions.count > named.count ? ["\(conditions.count - named.count) more columns"] : []
    return (named + more).joined(separator: " and ")
  }

  /// "411" for 411.0.
  private func shortest(_ number: Double) -> String {
    let digits = "\(number)"
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  /// A column of which the holders have no value has no condition to show.
  private func conditions(_ candidate: Candidate<Site>) -> [TriggerItem.ColumnCondition] {
    reportedColumns(candidate.rows, at: candidate.site).compactMap { index in
      let column = columns[index]
      switch column.values {
      case .categories(let categories):
        guard let row = candidate.rows.first(where: { categories.name(at: Int($0)) != nil }),
          let name = categories.name(at: Int(row))
        else { return nil }
        return .init(column: column.name, .category(name))
      case .numbers(let numbers):
        // The range of the holders, not of the bin: a bin may be wider than the trigger.
        return FiniteRange(spanning: candidate.rows.map { numbers[Int($0)] }).map {
          .init(column: column.name, .range($0))
        }
      }
    }
  }
}

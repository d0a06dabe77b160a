import Model
import Numerics
import Scanning

/// A column and a direction.
package struct Sort: Sendable, Equatable {
  package var column: RowColumn
  package var descending: Bool
  package static let bySuspicion = Sort(column: .suspicion, descending: true)
  package static let shuffled = Sort(column: .shuffled, descending: false)
  package init(column: RowColumn, descending: Bool) {
    self.column = column
    self.descending = descending
  }
}

/// A key for every row of a column, for `radixSorted`. Missing values come last in either direction. Names are in
/// the order of their bytes, ids as `IdentifierOrder` has them.
struct SortKeys: Sendable {
  private let material: CaseMaterial
  private let sort: Sort
  private let marks: Marks
  private let firstFinding: ContiguousArray<Int32>
  private let nameOrder: [UInt64]
  private let dataOrder: [UInt64]
  private let identifiers: IdentifierOrder?
  private let distances: Column<Float>?
  private let data: DataColumns.Values?
  private let tagOrder: [String: Int]
  private let rank: ContiguousArray<Int32>
  /// How many of the same incident are more suspicious, by row.
  private let precedents: ContiguousArray<Int32>
  private let bits: Int

  /// Nil when cancelled.
  init?(
    _ sort: Sort, samples: CaseSamples, marks: Marks, summary: CaseSummary, distances: Column<Float>? = nil,
    isCancelled: () -> Bool
  ) {
    self.distances = distances
    material = samples.material
    self.sort = sort
    self.marks = marks
    firstFinding = summary.firstFinding
    rank = summary.rank
    precedents = sort.column == .diverse ? Self.precedents(in: summary.order, material.report) : []
    switch sort.column {
    case .label, .suggested, .source, .hypothesis:
      let names = CompiledFilter.nameValues(sort.column, material)
      var order = [UInt64](repeating: 0, count: names.count)
      for (place, code) in names.indices.sorted(by: { names[$0] < names[$1] }).enumerated() {
        order[code] = UInt64(place)
      }
      nameOrder = order
    default: nameOrder = []
    }
    if case .data(let index, _) = sort.column {
      guard let values = samples.columns.values(index, isCancelled: isCancelled) else { return nil }
      data = values
    } else {
      data = nil
    }
    if case .names(_, let names) = data {
      var order = [UInt64](repeating: 0, count: names.count)
      for (place, code) in names.indices.sorted(by: { names[$0] < names[$1] }).enumerated() {
        order[code] = UInt64(place)
      }
      dataOrder = order
    } else {
      dataOrder = []
    }
    tagOrder =
      sort.column == .tag
      ? Dictionary(uniqueKeysWithValues: marks.tags.words.enumerated().map { ($1, $0) }) : [:]
    bits = [.time, .id, .shuffled].contains(sort.column) || data != nil ? 64 : 33
    if sort.column == .id {
      guard let order = IdentifierOrder(material.report.ids, isCancelled: isCancelled) else { return nil }
      identifiers = order
    } else {
      identifiers = nil
    }
  }

  /// Rows in the order of their keys, those of one key in the order that the keys cannot tell; nil when cancelled.
  func sorted(_ rows: ContiguousArray<Int32>, isCancelled: () -> Bool) -> ContiguousArray<Int32>? {
    let keys = Blocks.map(count: rows.count, isCancelled: isCancelled) { key(Int(rows[$0])) }
    guard let keys else { return nil }
    // Those without a value come last as they are: of a large set most are not compared with one sample.
    if keys.count(where: { $0 != missing }) < rows.count / 2 {
      let present = rows.indices.filter { keys[$0] != missing }
      let sorted = radixSorted(
        ContiguousArray(present.map { rows[$0] }), keys: ContiguousArray(present.map { keys[$0] }),
        bits: bits,
        isCancelled: isCancelled)
      return sorted.map { $0 + rows.indices.lazy.filter { keys[$0] == missing }.map { rows[$0] } }
    }
    guard
      let sorted = radixSortedPairs(
        rows, keys: ContiguousArray(keys), bits: bits, isCancelled: isCancelled)
    else { return nil }
    guard let identifiers else { return sorted.rows }
    return identifiers.refined(
      sorted.rows, keys: sorted.keys, descending: sort.descending, isCancelled: isCancelled)
  }

  private var missing: UInt64 { bits == 64 ? .max : (1 << 33) - 1 }

  private func key(_ row: Int) -> UInt64 {
    guard let key = ascending(row) else { return missing }
    return sort.descending ? missing - 1 - key : key
  }

  /// Below `missing`, nil where the row has no value.
  private func ascending(_ row: Int) -> UInt64? {
    let report = material.report
    switch sort.column {
    case .rank: return UInt64(rank[row])
    case .diverse: return number(diverse(row))
    // Below `missing` in either direction.
    case .shuffled: return report.ids.withUTF8(at: row) { Hash.bytes($0) } >> 1
    case .tag: return marks.tags.of(row).first.flatMap { tagOrder[$0] }.map(UInt64.init)
    case .reviewer(let reviewer): return place(of: marks.peers.verdict(of: row, by: reviewer))
    case .settled: return place(of: marks.peers.settled(row))
    case .distance: return distances.flatMap { number($0[row]) }
    case .layout(let axis): return material.layout(of: row).flatMap { number(axis == 0 ? $0.x : $0.y) }
    case .data:
      switch data {
      case .numbers(let numbers): return numbers[row].isNaN ? nil : orderedBits(numbers[row])
      case .names(let codes, _): return codes[row] < 0 ? nil : dataOrder[Int(codes[row])]
      case nil: return nil
      }
    case .suspicion: return number(report.suspicion[row])
    case .detector(let index): return number(material.detectors[index].percentile[row])
    case .raw(let index): return number(material.detectors[index].raw[row])
    case .cluster: return material.cluster(of: row).map(UInt64.init)
    // The least time stands for a missing one and never comes here, so that all are below `missing`.
    case .time: return material.time(of: row).map { (UInt64(bitPattern: $0) ^ 1 << 63) - 1 }
    case .id: return identifiers?.key(row)
    case .text: return nil
    case .verdict: return marks[row].flatMap { VerdictMark.allCases.firstIndex(of: $0) }.map(UInt64.init)
    case .incident:
      let code = row < report.incidentCodes.count ? report.incidentCodes[row] : -1
      return code < 0 ? nil : UInt64(code)
    case .finding: return firstFinding[row] < 0 ? nil : UInt64(firstFinding[row])
    case .label: return name(row < report.labels.count ? report.labels[row] : -1)
    case .suggested: return name(row < report.suggestedLabels.count ? report.suggestedLabels[row] : -1)
    case .source: return name(report.sources?.codes[row] ?? -1)
    case .hypothesis:
      let code = row < report.hypothesis.count ? Int32(report.hypothesis[row]) : 0
      return code == 0 ? nil : name(code)
    }
  }

  /// Copies of one another are all as suspicious, and who has seen one has learnt most of what all can tell. The odds
  /// are kept below infinity.
  private func diverse(_ row: Int) -> Float {
    let suspicion = min(material.report.suspicion[row], 1 - Float.ulpOfOne)
    return suspicion / (1 - suspicion) / Float(1 + precedents[row])
  }

  private static func precedents(
    in order: ContiguousArray<Int32>, _ report: Report
  ) -> ContiguousArray<Int32> {
    var counts = [Int32](repeating: 0, count: report.incidents.count)
    var precedents = ContiguousArray<Int32>(repeating: 0, count: order.count)
    for row in order {
      let code = Int(row) < report.incidentCodes.count ? Int(report.incidentCodes[Int(row)]) : -1
      guard counts.indices.contains(code) else { continue }
      precedents[Int(row)] = counts[code]
      counts[code] += 1
    }
    return precedents
  }

  private func place(of verdict: Verdict?) -> UInt64? {
    verdict.flatMap { VerdictMark.allCases.firstIndex(of: VerdictMark($0)) }.map(UInt64.init)
  }

  private func number(_ value: Float) -> UInt64? { value.isNaN ? nil : UInt64(orderedBits(value)) }
  private func name(_ code: Int32) -> UInt64? {
    code >= 0 && Int(code) < nameOrder.count ? nameOrder[Int(code)] : nil
  }
}

import Model
import Numerics
import Scanning

/// What the workbench knows of a case before the first key: the order by suspicion and the counts that the
/// dashboard shows. Made once by the worker.
package struct CaseSummary: Sendable {
  /// Rows by suspicion, highest first; equal ones in the order of the dataset.
  package var order: ContiguousArray<Int32>
  /// Place of each row in `order`: 0 is the most suspicious.
  package var rank: ContiguousArray<Int32>
  /// Samples with a suspicion in each hundredth of 0...1.
  package var histogram: [Int]
  package var flagged = 0
  /// By class, with the unlabelled last where there are any.
  package var labels: [Group]
  package var sources: [Group]
  /// By calendar month (UTC), in order.
  package var months: [Group]
  package var hypotheses: [Group]
  package var clusters: [Cluster]
  /// First finding that holds each row, -1 for none.
  package var firstFinding: ContiguousArray<Int32>
  /// Flagged members of each finding.
  package var flaggedMembers: [Int]
  /// Rows of the ids that were asked for.
  package var located: [String: Int32]

  /// A part of the samples and how many of them are flagged.
  package struct Group: Sendable, Equatable {
    package var name: String
    package var count = 0
    package var flagged = 0
    /// Share flagged here over the share in all samples; NaN where nothing is flagged at all.
    package func lift(flagged all: Int, of total: Int) -> Double {
      count > 0 && all > 0 ? Double(flagged) / Double(count) / (Double(all) / Double(total)) : .nan
    }
  }
  package struct Cluster: Sendable, Equatable {
    package var number: Int
    package var count = 0
    package var flagged = 0
    /// The most frequent label and its count.
    package var label = ""
    package var labelCount = 0
  }
}

extension CaseSummary {
  /// Clusters beyond this number are not listed: the layout gives a few dozen.
  private static let maximumClusters = 4096

  /// Nil when cancelled.
  static func make(_ material: CaseMaterial, locating ids: [String], isCancelled: () -> Bool) -> CaseSummary?
  {
    let report = material.report
    let count = report.count
    var keys = ContiguousArray<UInt64>(repeating: 0, count: count)
    var histogram = [Int](repeating: 0, count: 100)
    for row in 0..<count {
      let suspicion = report.suspicion[row]
      keys[row] = UInt64(~orderedBits(suspicion))
      histogram[suspicionBin(suspicion)] += 1
    }
    let rows = ContiguousArray(0..<Int32(count))
    guard let order = radixSorted(rows, keys: keys, bits: 32, isCancelled: isCancelled) else { return nil }
    var rank = ContiguousArray<Int32>(repeating: 0, count: count)
    for (place, row) in order.enumerated() { rank[Int(row)] = Int32(place) }

    var summary = CaseSummary(
      order: order, rank: rank, histogram: histogram, labels: [], sources: [], months: [], hypotheses: [],
      clusters: [], firstFinding: ContiguousArray(repeating: -1, count: count),
      flaggedMembers: [Int](repeating: 0, count: report.findings.count), located: [:])
    for (index, finding) in report.findings.enumerated().reversed() {
      for row in finding.members where row >= 0 && row < count {
        summary.firstFinding[Int(row)] = Int32(index)
        if report.suspicion[Int(row)] >= Report.flagThreshold { summary.flaggedMembers[index] += 1 }
      }
    }
    if isCancelled() { return nil }
    summary.countGroups(material)
    if isCancelled() { return nil }
    summary.countClusters(material)
    if isCancelled() { return nil }
    summary.located = locate(ids, in: report.ids)
    return summary
  }

  private mutating func countGroups(_ material: CaseMaterial) {
    let report = material.report
    func groups(_ names: [String]) -> [Group] { (names + ["none"]).map { Group(name: $0) } }
    var labels = groups(report.facts.classes)
    var sources = groups(report.sources?.names ?? [])
    var hypotheses = report.hypotheses.map { Group(name: $0) }
    var months: [Int: Group] = [:]
    func tally(_ groups: inout [Group], _ code: Int32, _ isFlagged: Bool) {
      let index = code >= 0 && Int(code) < groups.count - 1 ? Int(code) : groups.count - 1
      groups[index].count += 1
      groups[index].flagged += isFlagged ? 1 : 0
    }
    for row in 0..<report.count {
      let isFlagged = report.suspicion[row] >= Report.flagThreshold
      flagged += isFlagged ? 1 : 0
      tally(&labels, row < report.labels.count ? report.labels[row] : -1, isFlagged)
      if let codes = report.sources?.codes { tally(&sources, codes[row], isFlagged) }
      if isFlagged, row < report.hypothesis.count, Int(report.hypothesis[row]) < hypotheses.count {
        hypotheses[Int(report.hypothesis[row])].count += 1
        hypotheses[Int(report.hypothesis[row])].flagged += 1
      }
      if let time = material.time(of: row) {
        let moment = CalendarTime(milliseconds: time)
        let month = moment.year * 12 + moment.month
        months[month, default: Group(name: moment.yearAndMonth)].count += 1
        if isFlagged { months[month]?.flagged += 1 }
      }
    }
    self.labels = labels.filter { $0.count > 0 }
    self.sources = report.sources == nil ? [] : sources.filter { $0.count > 0 }
    self.hypotheses = hypotheses.filter { $0.count > 0 && $0.name != "none" }.sorted { $0.count > $1.count }
    self.months = months.sorted { $0.key < $1.key }.map(\.value)
  }

  private mutating func countClusters(_ material: CaseMaterial) {
    let report = material.report
    let last = report.clusters.max() ?? -1
    let classCount = report.facts.classes.count
    let listed = min(Int(last) + 1, Self.maximumClusters)
    var clusters = (0..<max(0, listed)).map { Cluster(number: $0) }
    var labelCounts = [Int32](repeating: 0, count: clusters.count * classCount)
    for row in 0..<report.count {
      guard let cluster = material.cluster(of: row), cluster < clusters.count else { continue }
      clusters[cluster].count += 1
      clusters[cluster].flagged += report.suspicion[row] >= Report.flagThreshold ? 1 : 0
      if row < report.labels.count, report.labels[row] >= 0, Int(report.labels[row]) < classCount {
        labelCounts[cluster * classCount + Int(report.labels[row])] += 1
      }
    }
    for index in clusters.indices {
      let counts = labelCounts[index * classCount..<(index + 1) * classCount]
      if let best = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[best] > 0 {
        clusters[index].label = report.facts.classes[best - counts.startIndex]
        clusters[index].labelCount = Int(counts[best])
      }
    }
    // The most suspicious cluster is what a person wants first.
    self.clusters = clusters.filter { $0.count > 0 }.sorted {
      let a = Double($0.flagged) / Double($0.count)
      let b = Double($1.flagged) / Double($1.count)
      return a != b ? a > b : $0.count > $1.count
    }
  }
}

/// Hundredth of the suspicion, 0...99.
func suspicionBin(_ suspicion: Float) -> Int {
  suspicion.isNaN ? 0 : Int((suspicion * 100).clamped(to: 0...99))
}

extension CaseSummary {
  /// Rows of the given ids; of a doubled id the first row.
  static func locate(_ ids: [String], in column: StringColumn) -> [String: Int32] {
    guard !ids.isEmpty else { return [:] }
    let wanted = Set(ids)
    let hashes = Set(wanted.map { Hash.bytes($0.utf8) })
    var result: [String: Int32] = [:]
    for row in column.indices where hashes.contains(column.withUTF8(at: row) { Hash.bytes($0) }) {
      let id = column[row]
      if wanted.contains(id), result[id] == nil { result[id] = Int32(row) }
    }
    return result
  }
}

import Model
import Scanning

/// Asks for the samples counted by a score.
package struct BinsRequest: Sendable, Hashable {
  var column: RowColumn
  var split: PlotSplit?
  /// Of the verdicts and the scope; what was counted with another one is no longer true.
  var stamp: Int
}

/// Counts of a score in 100 bins of equal width, of all samples and of the groups of a split.
package struct Bins: Sendable {
  package static let count = 100

  package struct Counts: Sendable, Equatable {
    package var samples = [Int](repeating: 0, count: Bins.count)
    /// Those of them whose suspicion is at or above the threshold.
    package var flagged = [Int](repeating: 0, count: Bins.count)

    /// Samples in this bin and those above.
    package func above(_ bin: Int) -> Int { samples[max(0, bin)...].reduce(0, +) }
    package func flaggedAbove(_ bin: Int) -> Int { flagged[max(0, bin)...].reduce(0, +) }
    package var total: Int { above(0) }
  }
  package struct Group: Sendable {
    package let name: String
    let condition: String?
    package var counts = Counts()
  }

  let request: BinsRequest
  package let scale: PlotScale
  package private(set) var all = Counts()
  /// Empty without a split.
  package private(set) var groups: [Group]
  /// Samples without a score.
  package private(set) var missing = 0

  package var column: RowColumn { request.column }
  package var total: Int { all.total + missing }

  /// All, or a group of the split, as a condition; nil where none says it.
  func condition(ofGroup index: Int, above cut: Int, in material: CaseMaterial) -> String? {
    let name = conditionWord(column.name(in: material))
    let above = "\(name) >= \(column.digits(scale.edge(cut)))"
    guard index > 0 else { return above }
    guard groups.indices.contains(index - 1) else { return nil }
    return groups[index - 1].condition.map { "\($0) and \(above)" }
  }

  /// The scale is that of all samples, whichever are counted, so that a cut stays where it is.
  static func make(
    _ request: BinsRequest, _ set: SampleSet, _ material: CaseMaterial, isCancelled: () -> Bool
  ) -> Bins? {
    guard let rows = set.rows(material, isCancelled: isCancelled),
      let values = request.column.numbers(material, isCancelled: isCancelled), !isCancelled()
    else { return nil }
    var split: PlotGroups?
    if let wanted = request.split {
      split = PlotGroups.make(
        wanted, rows: rows, material, set.filtering.marks, isCancelled: isCancelled)
      guard split != nil else { return nil }
    }
    var bins = Bins(request, scale(request.column, values), split?.groups ?? [])
    return bins.add(rows, values, split?.codes, material, isCancelled: isCancelled) ? bins : nil
  }

  private init(_ request: BinsRequest, _ scale: PlotScale, _ groups: [PlotGroups.Group]) {
    self.request = request
    self.scale = scale
    self.groups = groups.map { Group(name: $0.name, condition: $0.condition) }
  }

  private static func scale(_ column: RowColumn, _ values: [Double]) -> PlotScale {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where !value.isNaN {
      if value < low { low = value }
      if value > high { high = value }
    }
    if column == .suspicion || low > high { (low, high) = (0, 1) }
    return PlotScale(low: low, high: high, count: count, areFloats: column.areFloats)
  }

  /// False when cancelled.
  private mutating func add(
    _ rows: ContiguousArray<Int32>, _ values: [Double], _ codes: [UInt8]?, _ material: CaseMaterial,
    isCancelled: () -> Bool
  ) -> Bool {
    let suspicion = material.report.suspicion
    let width = Self.count
    // Flat, group by group: counts within arrays within an array would be looked for anew for each sample.
    var samples = [Int](repeating: 0, count: width * max(1, groups.count))
    var flagged = samples
    for (place, row) in rows.enumerated() {
      if place % 65_536 == 0 && isCancelled() { return false }
      guard let bin = scale.place(of: values[Int(row)]) else {
        missing += 1
        continue
      }
      let cell = (codes.map { Int($0[place]) } ?? 0) * width + bin
      samples[cell] += 1
      if suspicion[Int(row)] >= Report.flagThreshold { flagged[cell] += 1 }
    }
    for group in 0..<max(1, groups.count) {
      let cells = group * width..<(group + 1) * width
      let counts = Counts(samples: Array(samples[cells]), flagged: Array(flagged[cells]))
      if !groups.isEmpty { groups[group].counts = counts }
      for bin in 0..<width {
        all.samples[bin] += counts.samples[bin]
        all.flagged[bin] += counts.flagged[bin]
      }
    }
    return true
  }
}

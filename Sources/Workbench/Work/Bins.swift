import Model
import Scanning

/// A part of the range of a score: one of 2^zoom, from so many of its own bins on.
package struct BinRange: Sendable, Hashable {
  package var zoom = 0
  package var offset = 0

  /// Bins of this width in the whole range.
  var whole: Int { Bins.count << zoom }
  /// Finer than a Float has numbers.
  static let maxZoom = 16
}

/// Asks for the samples counted by a score.
package struct BinsRequest: Sendable, Hashable {
  var column: RowColumn
  var range: BinRange
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
    /// Samples below and above the part of the range that is shown.
    package var below = 0
    package var beyond = 0
    package var flaggedBeyond = 0

    /// Samples in this bin and all above, those that are not shown included.
    package func above(_ bin: Int) -> Int { samples[max(0, bin)...].reduce(beyond, +) }
    package func flaggedAbove(_ bin: Int) -> Int { flagged[max(0, bin)...].reduce(flaggedBeyond, +) }
    package var total: Int { above(0) + below }

    fileprivate mutating func add(_ other: Counts) {
      for bin in samples.indices {
        samples[bin] += other.samples[bin]
        flagged[bin] += other.flagged[bin]
      }
      below += other.below
      beyond += other.beyond
      flaggedBeyond += other.flaggedBeyond
    }
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
    _ request: BinsRequest, _ set: SampleSet, _ samples: CaseSamples, isCancelled: () -> Bool
  ) -> Bins? {
    guard let rows = set.rows(samples, isCancelled: isCancelled),
      let values = request.column.numbers(samples, isCancelled: isCancelled),
      let scale = scale(request, values, isCancelled: isCancelled)
    else { return nil }
    var split: PlotGroups?
    if let wanted = request.split {
      split = PlotGroups.make(
        wanted, rows: rows, samples, set.filtering.marks, isCancelled: isCancelled)
      guard split != nil else { return nil }
    }
    var bins = Bins(request, scale, split?.groups ?? [])
    return bins.add(rows, values, split?.codes, samples.material, isCancelled: isCancelled) ? bins : nil
  }

  private init(_ request: BinsRequest, _ scale: PlotScale, _ groups: [PlotGroups.Group]) {
    self.request = request
    self.scale = scale
    self.groups = groups.map { Group(name: $0.name, condition: $0.condition) }
  }

  private static func scale(
    _ request: BinsRequest, _ values: ColumnNumbers, isCancelled: () -> Bool
  ) -> PlotScale? {
    var (low, high) = (Double.infinity, -Double.infinity)
    if request.column != .suspicion {
      let isDone = Blocks.fold(count: values.count, isCancelled: isCancelled) { block in
        var (low, high) = (Double.infinity, -Double.infinity)
        values.forEach(block, of: SampleRows(count: values.count)) { _, _, value in
          if value < low { low = value }
          if value > high { high = value }
        }
        return (low, high)
      } merge: {
        (low, high) = (min(low, $0.0), max(high, $0.1))
      }
      guard isDone else { return nil }
    }
    if low > high { (low, high) = (0, 1) }
    let whole = PlotScale(low: low, high: high, count: 1, areFloats: request.column.areFloats)
    func end(_ bin: Int) -> Double {
      let share = Double(bin) / Double(request.range.whole)
      return whole.low * (1 - share) + whole.high * share
    }
    return PlotScale(
      low: end(request.range.offset), high: end(request.range.offset + count), count: count,
      areFloats: request.column.areFloats)
  }

  /// What a block of samples counts. Flat, group by group: counts within arrays within an array would be looked for anew
  /// for each sample.
  private struct Part: Sendable {
    var samples: [Int]
    var flagged: [Int]
    /// Below, beyond, and flagged beyond, of each group.
    var outside: [(below: Int, beyond: Int, flaggedBeyond: Int)]
    var missing = 0

    init(groups: Int) {
      samples = [Int](repeating: 0, count: Bins.count * groups)
      flagged = samples
      outside = Array(repeating: (0, 0, 0), count: groups)
    }

    @inline(__always) mutating func add(_ value: Double, _ group: Int, isFlagged: Bool, _ scale: PlotScale) {
      if let bin = scale.place(of: value) {
        samples[group * Bins.count + bin] += 1
        if isFlagged { flagged[group * Bins.count + bin] += 1 }
      } else if value.isNaN {
        missing += 1
      } else if value < scale.low {
        outside[group].below += 1
      } else {
        outside[group].beyond += 1
        if isFlagged { outside[group].flaggedBeyond += 1 }
      }
    }
  }

  /// False when cancelled.
  private mutating func add(
    _ rows: SampleRows, _ values: ColumnNumbers, _ codes: [UInt8]?, _ material: CaseMaterial,
    isCancelled: () -> Bool
  ) -> Bool {
    let suspicion = material.report.suspicion
    let groupCount = max(1, groups.count)
    let isDone = Blocks.fold(count: rows.count, isCancelled: isCancelled) { [scale] block in
      var part = Part(groups: groupCount)
      suspicion.withUnsafeBufferPointer { suspicion in
        values.forEach(block, of: rows) { place, row, value in
          part.add(
            value, codes.map { Int($0[place]) } ?? 0, isFlagged: suspicion[row] >= Report.flagThreshold, scale
          )
        }
      }
      return part
    } merge: {
      add($0)
    }
    return isDone
  }

  private mutating func add(_ part: Part) {
    missing += part.missing
    for (group, outside) in part.outside.enumerated() {
      let cells = group * Self.count..<(group + 1) * Self.count
      let counts = Counts(
        samples: Array(part.samples[cells]), flagged: Array(part.flagged[cells]), below: outside.below,
        beyond: outside.beyond, flaggedBeyond: outside.flaggedBeyond)
      all.add(counts)
      if !groups.isEmpty { groups[group].counts.add(counts) }
    }
  }
}

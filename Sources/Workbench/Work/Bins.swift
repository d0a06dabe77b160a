import Model
import Numerics
import Scanning

/// A part of the range of a score: one of 2^zoom, from so many of its own bins on.
package struct BinRange: Sendable, Hashable {
  package var zoom = 0
  package var offset = 0

  /// Bins of this width in the whole range.
  var whole: Int { Bins.count << zoom }
  /// The largest zoom: narrower bins would lie between two neighboring Float numbers.
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
      let isDone = Blocks.fold(count: values.count, size: Blocks.longSize, isCancelled: isCancelled) {
        block in
        values.extremes(block)
      } merge: {
        (low, high) = (min(low, $0.low), max(high, $0.high))
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

  /// What a block of samples counts: by group, cell of the scale, and flag. Flat, so that a sample is one step in one place;
  /// and for samples in turn in two tables, since one step on a count waits for the last on the same.
  private struct Part: Sendable {
    private static let cells = Bins.count + 3
    /// Rows whose cells are looked up at once.
    private static let located = 2048
    private let half: Int
    private var counts: [UInt32]

    init(groups: Int) {
      half = 2 * Self.cells * groups
      counts = [UInt32](repeating: 0, count: 2 * half)
    }

    /// All rows of a block, by numbers that lie one behind the other.
    mutating func add(
      _ block: Range<Int>, _ values: Column<Float>, _ bins: FloatBins, _ suspicion: Column<Float>,
      _ codes: [UInt8]?
    ) {
      withTables { counts, half in
        values.withUnsafeBufferPointer { values in
          suspicion.withUnsafeBufferPointer { suspicion in
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: Self.located) { cells in
              for start in stride(from: block.lowerBound, to: block.upperBound, by: Self.located) {
                let rows = start..<min(block.upperBound, start + Self.located)
                bins.locate(
                  UnsafeBufferPointer(rebasing: values[rows]),
                  marks: UnsafeBufferPointer(rebasing: suspicion[rows]),
                  threshold: Report.flagThreshold, into: cells)
                if let codes {
                  for row in rows {
                    counts[(row & 1) * half + Int(codes[row]) * 2 * Self.cells + Int(cells[row - start])] += 1
                  }
                } else {
                  for row in rows { counts[(row & 1) * half + Int(cells[row - start])] += 1 }
                }
              }
            }
          }
        }
      }
    }

    mutating func withTables(_ body: (UnsafeMutableBufferPointer<UInt32>, Int) -> Void) {
      counts.withUnsafeMutableBufferPointer { body($0, half) }
    }
    @inline(__always) static func index(_ group: Int, _ cell: Int, isFlagged: Bool) -> Int {
      2 * (group * cells + cell) + (isFlagged ? 1 : 0)
    }

    private func count(_ group: Int, _ cell: Int, isFlagged: Bool) -> Int {
      let index = Self.index(group, cell, isFlagged: isFlagged)
      return Int(counts[index]) + Int(counts[half + index])
    }
    func missing(_ group: Int) -> Int {
      count(group, Bins.count + 2, isFlagged: false) + count(group, Bins.count + 2, isFlagged: true)
    }
    func counts(_ group: Int) -> Counts {
      func flagged(_ cell: Int) -> Int { count(group, cell, isFlagged: true) }
      func samples(_ cell: Int) -> Int { count(group, cell, isFlagged: false) + flagged(cell) }
      let bins = 1...Bins.count
      return Counts(
        samples: bins.map(samples), flagged: bins.map(flagged), below: samples(0),
        beyond: samples(Bins.count + 1), flaggedBeyond: flagged(Bins.count + 1))
    }
  }

  /// False when cancelled.
  private mutating func add(
    _ rows: SampleRows, _ values: ColumnNumbers, _ codes: [UInt8]?, _ material: CaseMaterial,
    isCancelled: () -> Bool
  ) -> Bool {
    let suspicion = material.report.suspicion
    let groupCount = max(1, groups.count)
    let floats = rows.listed == nil && column.areFloats && suspicion.count == rows.count ? values.floats : nil
    let isDone = Blocks.fold(count: rows.count, size: Blocks.longSize, isCancelled: isCancelled) {
      [scale] block in
      var part = Part(groups: groupCount)
      if let floats {
        part.add(block, floats, scale.floats, suspicion, codes)
        return part
      }
      part.withTables { counts, half in
        scale.withCells { cells in
          suspicion.withUnsafeBufferPointer { suspicion in
            values.forEach(block, of: rows) { place, row, value in
              let index = Part.index(
                codes.map { Int($0[place]) } ?? 0, cells[value],
                isFlagged: suspicion[row] >= Report.flagThreshold)
              counts[(place & 1) * half + index] += 1
            }
          }
        }
      }
      return part
    } merge: {
      add($0)
    }
    return isDone
  }

  private mutating func add(_ part: Part) {
    for group in 0..<max(1, groups.count) {
      let counts = part.counts(group)
      missing += part.missing(group)
      all.add(counts)
      if !groups.isEmpty { groups[group].counts.add(counts) }
    }
  }
}

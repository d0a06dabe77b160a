import Model

/// Which score the histogram counts, where its cut stands, and by what it is split.
package struct HistogramView: Sendable {
  /// 0 is the suspicion, then the raw scores of the detectors, then the numbers of a table.
  package var score = 0
  /// The cut of each score as a bin of the part of its range that is shown.
  package internal(set) var cuts: [RowColumn: Int] = [:]
  /// The part of the range of each score that is shown; all of it where none is named.
  package internal(set) var ranges: [RowColumn: BinRange] = [:]
  package var isLogarithmic = true
  /// Nil for all samples in one.
  package var split: PlotSplit?
  /// 0 for all samples, then the groups of the split.
  package var group = 0
  /// What was asked for last.
  var wanted: BinsRequest?
  /// What is counted already, with the verdicts of now.
  var bins: [BinsRequest: Bins] = [:]
  /// What was counted last, with whichever verdicts.
  private var latest: Bins?

  package static func columns(_ material: CaseMaterial) -> [RowColumn] {
    let numbers = material.dataColumns.indices.filter { material.dataColumns[$0].isNumeric }
    return [.suspicion] + material.detectors.indices.map { .raw($0) }
      + numbers.map { .data($0, isNumeric: true) }
  }

  package func column(_ material: CaseMaterial) -> RowColumn {
    let columns = Self.columns(material)
    return columns[score.clamped(to: 0...columns.count - 1)]
  }

  /// The bin where the cut stands: for the suspicion the threshold, for others the top twentieth, until moved.
  package func cut(_ column: RowColumn) -> Int { cuts[column] ?? (column == .suspicion ? 50 : 95) }

  package func range(_ column: RowColumn) -> BinRange { ranges[column] ?? BinRange() }

  /// Moves the cut by bins; beyond the part that is shown that goes with it.
  mutating func moveCut(of column: RowColumn, by bins: Int) {
    let range = range(column)
    set(column, cut: range.offset + cut(column) + bins, range, zoom: range.zoom, center: false)
  }

  /// Shows half of the part about the cut for each step, or twice as much.
  mutating func zoom(_ column: RowColumn, by steps: Int) {
    let range = range(column)
    let zoom = (range.zoom + steps).clamped(to: 0...BinRange.maxZoom)
    let cut = range.offset + cut(column)
    let moved = zoom > range.zoom ? cut << (zoom - range.zoom) : cut >> (range.zoom - zoom)
    set(column, cut: moved, range, zoom: zoom, center: zoom != range.zoom)
  }

  /// - Parameter cut: in bins of the whole range at that zoom.
  private mutating func set(_ column: RowColumn, cut: Int, _ old: BinRange, zoom: Int, center: Bool) {
    var range = BinRange(zoom: zoom, offset: old.offset)
    let cut = cut.clamped(to: 0...range.whole - 1)
    if center || cut < range.offset || cut >= range.offset + Bins.count {
      range.offset = (cut - Bins.count / 2).clamped(to: 0...range.whole - Bins.count)
    }
    ranges[column] = range
    cuts[column] = cut - range.offset
  }

  /// The counts that can be shown now; those by another split, or with the verdicts of before, rather than none.
  package func shown(_ material: CaseMaterial) -> Bins? {
    let column = column(material)
    let range = range(column)
    let fitting = bins.first {
      $0.key.column == column && $0.key.split == split && $0.key.range == range
    }
    return fitting?.value ?? latest.flatMap { $0.column == column && $0.request.range == range ? $0 : nil }
  }

  mutating func take(_ counted: Bins) {
    bins[counted.request] = counted
    latest = counted
  }

  mutating func forget() {
    bins = [:]
    latest = nil
    wanted = nil
  }
}

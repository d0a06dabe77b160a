import Model
import Scanning

/// What tells samples apart in a plot.
package enum PlotSplit: Sendable, Hashable {
  case flag
  case column(RowColumn)

  package func name(in material: CaseMaterial) -> String {
    switch self {
    case .flag: "flag"
    case .column(let column): column.name(in: material)
    }
  }
}

/// The groups of a split: as many as can be told apart, the rest in one.
struct PlotGroups: Sendable {
  struct Group: Sendable, Equatable {
    let name: String
    /// Holds for its samples and no others; nil where no condition can say it.
    let condition: String?
  }
  private(set) var groups: [Group]
  /// Group of each of the rows that were asked about.
  private(set) var codes: [UInt8]
  /// The group of the samples without the property ("unflagged", "undecided"); where two groups fall on one cell of the screen
  /// the other one is drawn.
  private(set) var background: Int?

  /// Letters of both cases.
  static let maximum = 52

  /// Nil when cancelled.
  static func make(
    _ split: PlotSplit, rows: SampleRows, _ samples: CaseSamples, _ marks: Marks,
    isCancelled: () -> Bool
  ) -> PlotGroups? {
    switch split {
    case .flag:
      let suspicion = samples.material.report.suspicion
      return Blocks.map(count: rows.count, isCancelled: isCancelled) {
        suspicion[rows[$0]] >= Report.flagThreshold ? 0 : 1
      }.map { codes in
        PlotGroups(
          groups: [
            Group(name: "flagged", condition: CompiledFilter.flagged),
            Group(name: "unflagged", condition: "suspicion < \(Report.flagThreshold)"),
          ], codes: codes, background: 1)
      }
    case .column(let column):
      if let named = NamedGroups.make(column, rows: rows, samples, marks, isCancelled: isCancelled) {
        return PlotGroups(named.groups, named.counts) {
          named.codes(rows, as: $0, isCancelled: isCancelled)
        }
      }
      return Grouping.make(column, rows: rows, samples, marks, isCancelled: isCancelled)
        .flatMap { PlotGroups($0, isCancelled: isCancelled) }
    }
  }

  private init(groups: [Group], codes: [UInt8], background: Int?) {
    self.groups = groups
    self.codes = codes
    self.background = background
  }

  /// Nil when cancelled.
  private init?(_ grouping: Grouping, isCancelled: () -> Bool) {
    var counts = [Int](repeating: 0, count: grouping.groups.count)
    let number = counts.count
    let isCounted = Blocks.fold(
      count: grouping.codes.count, size: Blocks.longSize, isCancelled: isCancelled
    ) { block in
      block.reduce(into: [Int](repeating: 0, count: number)) { $0[Int(grouping.codes[$1])] += 1 }
    } merge: { part in
      for index in part.indices { counts[index] += part[index] }
    }
    guard isCounted else { return nil }
    self.init(grouping.groups, counts) { places in
      Blocks.map(
        count: grouping.codes.count, isCancelled: isCancelled, { places[Int(grouping.codes[$0])] })
    }
  }

  /// - Parameters:
  ///   - all: the groups, of which as many as can be told apart are kept.
  ///   - counts: samples of each.
  ///   - codes: of the rows, by the place that each group has here; nil when cancelled.
  private init?(_ all: [Grouping.Group], _ counts: [Int], _ codes: ([UInt8]) -> [UInt8]?) {
    let largest = counts.indices.filter { counts[$0] > 0 && all[$0].condition != nil }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
    let kept = largest.prefix(Self.maximum).sorted()
    var places = [UInt8](repeating: UInt8(kept.count), count: counts.count)
    for (place, code) in kept.enumerated() { places[code] = UInt8(place) }
    groups = kept.map { Group(name: all[$0].name, condition: all[$0].condition) }
    guard let placed = codes(places) else { return nil }
    self.codes = placed
    if kept.count < counts.count(where: { $0 > 0 }) {
      groups.append(Group(name: "all others", condition: nil))
      background = groups.count - 1
    } else {
      background = groups.firstIndex { $0.name == "none" }
    }
  }
}

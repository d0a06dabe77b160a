import Model

/// A column of the table of samples: what can be shown, sorted by and filtered on.
package enum RowColumn: Hashable, Sendable {
  case rank, verdict, id, suspicion, label, suggested, hypothesis, source, time, cluster, incident, finding,
    text
  /// The suspicion, its odds divided by how many of the same incident are more suspicious: to be sorted by.
  case diverse
  /// How far from the sample that the queue is sorted by.
  case distance
  /// Across (0) or up (1) in the 2-D layout: to be plotted and filtered on.
  case layout(Int)
  /// A column of the data, `DataColumns.all[index]`.
  case data(Int, isNumeric: Bool)
  /// Percentile of `CaseMaterial.detectors[index]`.
  case detector(Int)
  /// Raw score of `CaseMaterial.detectors[index]`.
  case raw(Int)

  /// What may be compared with it, and how.
  package enum Kind: Sendable { case number, name, moment, text }

  package var kind: Kind {
    switch self {
    case .rank, .suspicion, .diverse, .distance, .layout, .cluster, .detector, .raw: .number
    case .data(_, let isNumeric): isNumeric ? .number : .text
    case .verdict, .label, .suggested, .hypothesis, .source, .incident, .finding: .name
    case .time: .moment
    case .id, .text: .text
    }
  }

  /// The name in filters, headers and the sort.
  package func name(in material: CaseMaterial) -> String {
    switch self {
    case .rank: "rank"
    case .diverse: "diverse"
    case .distance: "distance"
    case .layout(let axis): axis == 0 ? "layout.x" : "layout.y"
    case .data(let index, _): Self.dataName(index, in: material)
    case .verdict: "verdict"
    case .id: "id"
    case .suspicion: "suspicion"
    case .label: "label"
    case .suggested: "suggested"
    case .hypothesis: "hypothesis"
    case .source: "source"
    case .time: "time"
    case .cluster: "cluster"
    case .incident: "incident"
    case .finding: "finding"
    case .text: "text"
    case .detector(let index): material.detectors[index].info.name
    case .raw(let index): material.detectors[index].info.name + ".raw"
    }
  }

  /// All columns that this case has, in the order of the table.
  package static func all(in material: CaseMaterial) -> [RowColumn] {
    var columns: [RowColumn] = [.rank, .verdict, .id, .suspicion, .label, .suggested, .hypothesis]
    if material.report.sources != nil { columns.append(.source) }
    if !material.report.clusters.isEmpty { columns.append(.cluster) }
    if !material.report.incidents.isEmpty { columns.append(.incident) }
    columns.append(.finding)
    columns += material.data.all.enumerated().map { .data($0.offset, isNumeric: $0.element.isNumeric) }
    columns += material.detectors.indices.map { .detector($0) }
    if material.report.times != nil { columns.append(.time) }
    return columns
  }

  /// What a scan says of the samples has the plain names.
  private static func dataName(_ index: Int, in material: CaseMaterial) -> String {
    let name = material.data.all[index].name
    return fixedNames.contains(name) || material.detectors.contains { name.hasPrefix($0.info.name) }
      ? "data." + name : name
  }

  private static let fixedNames: Set<String> = [
    "rank", "verdict", "id", "suspicion", "label", "suggested", "hypothesis", "source", "time", "cluster",
    "incident", "finding", "text", "diverse", "distance", "layout.x", "layout.y",
  ]

  /// Those that are not in the table.
  private static func hidden(in material: CaseMaterial) -> [RowColumn] {
    let layout: [RowColumn] = material.report.layout.isEmpty ? [] : [.layout(0), .layout(1)]
    return [.text, .diverse] + layout + material.detectors.indices.map { .raw($0) }
  }

  /// The column of that name, the ones that are not in the table (`text`, `diverse`, `NAME.raw`) included.
  package static func named(_ name: String, in material: CaseMaterial) -> RowColumn? {
    (all(in: material) + hidden(in: material)).first { $0.name(in: material) == name }
  }

  /// Names for completion.
  package static func allNames(in material: CaseMaterial) -> [String] {
    (all(in: material) + hidden(in: material)).map { $0.name(in: material) }
  }
}

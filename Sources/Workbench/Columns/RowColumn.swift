import Model

/// A column of the table of samples: what can be shown, sorted by and filtered on.
package enum RowColumn: Hashable, Sendable {
  case rank, verdict, id, suspicion, label, suggested, hypothesis, source, time, cluster, incident, finding,
    text
  /// The suspicion, its odds divided by how many of the same incident are more suspicious: to be sorted by.
  case diverse
  /// An order that says nothing of the samples and is the same for everybody: by a hash of the id.
  case shuffled
  /// The tags of a sample.
  case tag
  /// The verdict of one reviewer, where journals are compared.
  case reviewer(String)
  /// The verdict that counts where reviewers differ; none while they do.
  case settled
  /// How far from the sample that the queue is sorted by.
  case distance
  /// Across (0) or up (1) in the 2-D layout: to be plotted and filtered on.
  case layout(Int)
  /// A column of the data, `CaseMaterial.dataColumns[index]`.
  case data(Int, isNumeric: Bool)
  /// Percentile of `CaseMaterial.detectors[index]`.
  case detector(Int)
  /// Raw score of `CaseMaterial.detectors[index]`.
  case raw(Int)

  /// What may be compared with it, and how.
  package enum Kind: Sendable { case number, name, moment, text }

  package var kind: Kind {
    switch self {
    case .rank, .suspicion, .diverse, .shuffled, .distance, .layout, .cluster, .detector, .raw: .number
    case .data(_, let isNumeric): isNumeric ? .number : .text
    case .verdict, .label, .suggested, .hypothesis, .source, .incident, .finding, .tag, .reviewer, .settled:
      .name
    case .time: .moment
    case .id, .text: .text
    }
  }

  /// Whether what it holds is a verdict.
  var isVerdict: Bool {
    switch self {
    case .verdict, .reviewer, .settled: true
    default: false
    }
  }

  /// Whether it tells what the scan or others think of a sample, which who reviews blind is not to see.
  package var isScore: Bool {
    switch self {
    case .rank, .suspicion, .suggested, .hypothesis, .incident, .finding, .diverse, .detector, .raw,
      .reviewer, .settled:
      true
    case .verdict, .id, .label, .source, .time, .cluster, .text, .shuffled, .tag, .distance, .layout, .data:
      false
    }
  }

  /// The name in filters, headers and the sort.
  package func name(in material: CaseMaterial) -> String {
    switch self {
    case .rank: "rank"
    case .diverse: "diverse"
    case .shuffled: "shuffled"
    case .tag: "tag"
    case .reviewer(let name): Self.reviewerPrefix + name
    case .settled: "settled"
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
    columns += material.dataColumns.enumerated().map { .data($0.offset, isNumeric: $0.element.isNumeric) }
    columns += material.detectors.indices.map { .detector($0) }
    if material.report.times != nil { columns.append(.time) }
    return columns
  }

  /// What a scan says of the samples has the plain names.
  private static func dataName(_ index: Int, in material: CaseMaterial) -> String {
    let name = material.dataColumns[index].name
    return fixedNames.contains(name) || material.detectors.contains { name.hasPrefix($0.info.name) }
      ? "data." + name : name
  }

  private static let fixedNames: Set<String> = [
    "rank", "verdict", "id", "suspicion", "label", "suggested", "hypothesis", "source", "time", "cluster",
    "incident", "finding", "text", "diverse", "distance", "layout.x", "layout.y", "shuffled", "tag",
    "settled",
  ]
  /// What a column of a reviewer's verdicts is called by: "by.bob".
  private static let reviewerPrefix = "by."
  /// Those that have a name and are not in the table, or only where there is something in them.
  private static func unlisted(in material: CaseMaterial) -> [RowColumn] {
    let layout: [RowColumn] = material.report.layout.isEmpty ? [] : [.layout(0), .layout(1)]
    return [.text, .diverse, .shuffled, .tag, .settled] + layout + material.detectors.indices.map { .raw($0) }
  }

  /// The column of that name, the ones that are not in the table (`text`, `diverse`, `tag`, `by.NAME`, `NAME.raw`)
  /// included.
  package static func named(_ name: String, in material: CaseMaterial) -> RowColumn? {
    if let column = (all(in: material) + unlisted(in: material)).first(where: {
      $0.name(in: material) == name
    }) {
      return column
    }
    guard name.hasPrefix(reviewerPrefix), name.count > reviewerPrefix.count else { return nil }
    return .reviewer(String(name.dropFirst(reviewerPrefix.count)))
  }

  /// Names for completion.
  package static func allNames(in material: CaseMaterial) -> [String] {
    (all(in: material) + unlisted(in: material)).map { $0.name(in: material) }
  }
}

import Model
import Screen

/// A column of the list of a queue, with what it wants of the width.
struct QueueColumn {
  enum Content: Equatable {
    case suspicionBar, preview
    case column(RowColumn)
  }
  let content: Content
  var specification: Screen.TableColumn
}

extension State {
  static let columnWidths = 1...200

  /// The columns of the list. The one under the cursor, that of the sort and those of a width of a person's own never
  /// give way.
  func queueColumns(_ queue: Queue, _ size: ScreenSize) -> [QueueColumn] {
    var columns: [QueueColumn] = []
    for column in self.columns(of: queue) {
      var specification = specification(column, isWide: size.panes == 3)
      if let width = views.columnWidths[column] {
        specification.width = width
        specification.maximum = width
        specification.priority = 0
      }
      if column == queue.column || column == queue.sort.column { specification.priority = 0 }
      columns.append(QueueColumn(content: .column(column), specification: specification))
      if column == .suspicion {
        columns.append(
          QueueColumn(content: .suspicionBar, specification: .init("", width: 8, priority: 6)))
      }
    }
    if hasPreviews {
      columns.append(
        QueueColumn(
          content: .preview,
          // On the widest screens the sample stands beside the list as well.
          specification: .init("sample", width: size.panes == 3 ? 14 : 20, maximum: 200, priority: 2)))
    }
    return columns
  }

  /// Texts and rows say something in one line; pictures and embeddings do not.
  var hasPreviews: Bool {
    material.report.facts.modality == .text || material.report.facts.modality == .tabular
  }

  /// Columns of the screen that the longest of some names takes.
  func longest(_ names: [String]) -> Int {
    names.prefix(200).map { TextWidth.width(displayText($0)) }.max() ?? 0
  }

  /// Columns of the screen for the ids, and for the labels, of a list.
  var idWidth: Int { material.longestId.clamped(to: 4...24) }
  var labelWidth: Int { longest(material.report.facts.classes).clamped(to: 5...16) }
  /// For a label and the one in its place.
  var labelPairWidth: Int { 2 * labelWidth + 1 }

  private func specification(_ column: RowColumn, isWide: Bool) -> Screen.TableColumn {
    let name = column.name(in: material)
    switch column {
    case .rank:
      let width = max(4, grouped(material.count).count)
      return .init("rank", width: width, alignment: .right, priority: 4)
    case .verdict: return isWide ? .init("verdict", width: 7) : .init("v", width: 1)
    case .id:
      return .init(
        "id", width: material.idWidth.clamped(to: 9...16), maximum: material.longestId.clamped(to: 9...24))
    case .suspicion: return .init("susp.", width: 6, alignment: .right)
    case .label:
      // A relabelled sample has two.
      guard marks.count(.relabel) > 0 else {
        // Beside all there is of a sample the list needs no further column in the place of a short label.
        let least = isWide ? labelWidth.clamped(to: 9...12) : min(labelWidth, 12)
        return .init("label", width: least, maximum: labelWidth, priority: 1)
      }
      return .init("label", width: min(labelPairWidth, 16), maximum: min(labelPairWidth, 24), priority: 1)
    case .suggested:
      return .init(
        "suggested", width: labelWidth.clamped(to: 9...12), maximum: labelWidth.clamped(to: 9...14),
        priority: 1)
    case .hypothesis:
      let width = longest(material.report.hypotheses)
      return .init("hypothesis", width: width.clamped(to: 10...14), priority: 3)
    case .source:
      let width = longest(material.report.sources?.names ?? [])
      return .init("source", width: 8, maximum: width.clamped(to: 8...16), priority: 2)
    case .cluster: return .init("cluster", width: 7, priority: 7)
    case .incident:
      return isWide ? .init("incident", width: 8, priority: 3) : .init("inc.", width: 4, priority: 3)
    case .finding: return .init("finding", width: 7, priority: 6)
    case .reviewer(let reviewer): return .init(displayText(reviewer), width: 9, maximum: 14, priority: 1)
    case .settled: return .init("settled", width: 9, maximum: 14)
    case .tag: return .init("tags", width: 8, maximum: 20, priority: 2)
    case .distance: return .init("distance", width: 9, alignment: .right)
    case .data(_, let isNumeric):
      return .init(
        displayText(name), width: max(6, min(name.count + 1, 12)), maximum: isNumeric ? 12 : 24,
        alignment: isNumeric ? .right : .left, priority: views.columns == nil ? 8 : 2)
    case .time: return .init("time", width: 10, priority: 8)
    default:
      return .init(
        name, width: max(5, min(name.count + 1, isWide ? 12 : 9)), alignment: .right, priority: 9)
    }
  }
}

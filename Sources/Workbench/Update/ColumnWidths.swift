import Model
import Screen

/// How wide the columns of the lists are, and which are hidden.
extension State {
  /// The column under the cursor, two columns of the screen for each step.
  mutating func widenColumn(by steps: Int) -> [Effect] {
    guard let queue = currentQueue else { return nothingHere() }
    guard self.columns(of: queue).contains(queue.column) else {
      messages.say("no shown column under the cursor", .warning)
      return []
    }
    let columns = queueColumns(queue, size)
    let table = Layout(size: size).queuePanes[0]
    // What it is now is what a person wants more or less of.
    let shown = Table.layout(columns.map(\.specification), width: table.width)
      .first { columns[$0.index].content == .column(queue.column) }?.width
    let old = views.columnWidths[queue.column] ?? shown ?? 8
    let step = 2 * steps.clamped(to: -Self.columnWidths.upperBound...Self.columnWidths.upperBound)
    views.columnWidths[queue.column] = (old + step).clamped(to: Self.columnWidths)
    return []
  }

  /// The cursor goes to the column after it.
  mutating func hideColumn() -> [Effect] {
    guard let queue = currentQueue else { return nothingHere() }
    let columns = columns(of: queue)
    guard let place = columns.firstIndex(of: queue.column), queue.column != .distance else {
      messages.say("this column cannot be hidden", .warning)
      return []
    }
    let rest = columns.filter { $0 != queue.column }
    guard rest.contains(where: { $0 != .distance }) else {
      messages.say("the last column cannot be hidden", .warning)
      return []
    }
    views.columns = rest.filter { $0 != .distance }
    views.queues[queue.id]?.column = rest[min(place, rest.count - 1)]
    messages.say("\(displayText(queue.column.name(in: material))) hidden: :columns shows all again")
    return []
  }

  // MARK: From session to session

  /// Columns by their names, with the widths that a person gave them.
  var rememberedColumns: ViewMemory.Columns? {
    guard views.columns != nil || !views.columnWidths.isEmpty else { return nil }
    return ViewMemory.Columns(
      shown: views.columns?.map { $0.name(in: material) },
      widths: Dictionary(
        views.columnWidths.map { ($0.key.name(in: material), $0.value) },
        uniquingKeysWith: { first, _ in first }
      ))
  }

  /// What the case no longer has is left out.
  mutating func restore(_ columns: ViewMemory.Columns) {
    let known = RowColumn.all(in: material) + [.tag]
    let byName = Dictionary(known.map { ($0.name(in: material), $0) }) { first, _ in first }
    if let shown = columns.shown?.compactMap({ byName[$0] }), !shown.isEmpty { views.columns = shown }
    for (name, width) in columns.widths {
      if let column = byName[name] { views.columnWidths[column] = width.clamped(to: Self.columnWidths) }
    }
  }
}

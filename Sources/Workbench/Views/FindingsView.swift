import Model
import Scanning
import Screen

extension Frame {
  mutating func paintFindings() {
    let findings = state.rankedFindings.map { material.report.findings[$0] }
    guard !findings.isEmpty else {
      let inner = panel("findings", layout.body)
      return draw(
        [
          Line(), Line("No group of samples stands out."),
          Line(
            "No trigger, duplicate group, second component, source or burst is significant here.", theme[.dim]
          ),
        ], in: inner)
    }
    let panes = layout.listPanes
    separate(panes)
    let listRect = Rect(
      row: panes[0].row, column: panes[0].column, height: panes[0].height - layout.detailHeight,
      width: panes[0].width)
    let list = state.views.findings
    let rows = findings.dropFirst(list.top).prefix(listRect.height - 1).map(findingRow)
    Table(
      columns: [
        Screen.TableColumn("incident", width: 8, priority: 1),
        Screen.TableColumn("id", width: 4, maximum: 6), Screen.TableColumn("kind", width: 10),
        Screen.TableColumn("size", width: 6, alignment: .right),
        Screen.TableColumn("open", width: 6, alignment: .right),
        Screen.TableColumn("label", width: 8, maximum: 14, priority: 2),
        Screen.TableColumn("share", width: 6, alignment: .right, priority: 1),
        Screen.TableColumn("FDR", width: 6, alignment: .right),
        Screen.TableColumn("attack", width: 14, maximum: 20, priority: 3),
      ], rows: Array(rows), cursor: list.cursor - list.top, headerStyle: theme[.header]
    ).draw(into: &grid, listRect, capabilities: capabilities)
    guard findings.indices.contains(list.cursor) else { return }
    let finding = findings[list.cursor]
    let detail =
      panes.count > 1
      ? panes[1]
      : Rect(
        row: listRect.row + listRect.height, column: listRect.column, height: layout.detailHeight,
        width: listRect.width)
    paintDetail(finding, in: panel(displayText(finding.id), note: advice(finding), detail))
  }

  /// What the finding is good for.
  private func advice(_ finding: Finding) -> String {
    switch FindingAdvice(finding.kind) {
    case .markFlagged: "Enter opens, * selects"
    case .relabel: "Enter opens: R relabels"
    case .look: "Enter opens: look at each"
    }
  }

  private func findingRow(_ finding: Finding) -> Table.Row {
    let open = state.openCount(finding)
    let incident = material.incident(of: finding)
    let isHead = incident?.findings.first == finding.id
    return Table.Row([
      TableCell(isHead ? displayText(incident?.id ?? "") : "", style: theme[.key]),
      TableCell(displayText(finding.id), style: theme[.key]), TableCell(finding.kind.rawValue),
      TableCell(grouped(finding.members.count)),
      TableCell(grouped(open), style: open == 0 ? theme[.dim] : .plain),
      TableCell(material.className(finding.label).map { displayText($0) } ?? "-"),
      TableCell(finding.purity.map { fixed(100 * $0, 0) + "%" } ?? "-"),
      TableCell(probability(finding.significance)),
      TableCell(displayText(finding.attack), style: theme[.dim]),
    ])
  }

  private mutating func paintDetail(_ finding: Finding, in rect: Rect) {
    var lines = wrapped(displayText(finding.sentence), rect.width, Style(bold: true))
    lines.append(
      Line(
        "\(displayText(finding.statisticName)) \(fixed(finding.statistic, 1)), p \(probability(finding.pValue)), q \(probability(finding.significance))",
        theme[.dim]))
    lines += itemLines(finding.item)
    lines += incidentLines(material.incident(of: finding), width: rect.width)
    if !finding.cleanHolders.isEmpty {
      let labels = finding.label < 0 ? "under labels that fit" : "with another label"
      lines += wrapped(
        "\(grouped(finding.cleanHolders.count)) others hold it \(labels) and are not members", rect.width,
        theme[.warning])
    }
    guard rect.height > lines.count + 2 else { return draw(lines, in: rect) }
    lines += [Line(), Line("examples", theme[.title])]
    draw(lines, in: rect)
    paintExamples(
      finding,
      in: Rect(
        row: rect.row + lines.count, column: rect.column, height: rect.height - lines.count, width: rect.width
      ))
  }

  /// What the finding is part of: how much of it is flagged, when it arrived, and from where.
  func incidentLines(_ incident: Incident?, width: Int) -> [Line] {
    guard let incident, incident.findings.count > 1 else { return [] }
    let joined = incident.findings.map { displayText($0) }.joined(separator: " ")
    var lines = [
      Line([
        ("incident ", theme[.dim]), (displayText(incident.id), theme[.key]),
        (" \(grouped(incident.flagged)) of \(grouped(incident.members.count)) flagged: \(joined)", .plain),
      ])
    ]
    if let when = incident.when {
      lines += wrapped("when " + displayText(when), width, theme[.dim], indent: 2)
    }
    if let origin = incident.origin {
      lines += wrapped("where " + displayText(origin), width, theme[.dim], indent: 2)
    }
    return lines
  }

  private func itemLines(_ item: TriggerItem?) -> [Line] {
    (item?.kind.details ?? []).map { detail in
      switch detail {
      case .text(let text, let sort):
        Line([(sort + " ", theme[.dim]), (displayText(text), theme[.trigger])])
      case .condition(let cell):
        Line([(displayText(cell.column) + " ", theme[.dim]), (text(of: cell.condition), theme[.trigger])])
      case .remark(let text): Line(text, theme[.high])
      }
    }
  }

  /// The first members: of images rows of thumbnails with the trigger framed, of others lines.
  private mutating func paintExamples(_ finding: Finding, in rect: Rect) {
    let members = finding.members.prefix(200).map(Int.init).filter { $0 >= 0 && $0 < material.count }
    if material.report.facts.modality == .image, rect.height >= 6 {
      return paintThumbnails(members, finding.item, in: rect)
    }
    for (line, row) in members.prefix(rect.height).enumerated() {
      let letter = verdictLetter(row)
      draw(
        Line([
          (letter.text + " ", letter.style),
          (cell(material.report.ids[row], min(16, rect.width / 4)) + " ", .plain),
          (cell(material.label(of: row) ?? "-", min(12, rect.width / 4)) + " ", theme[.dim]),
          (exampleText(row, rect.width), .plain),
        ]), row: line, in: rect)
    }
  }

  /// A blended pattern itself, then members, side by side and in rows, as many as fit whole, each over its label.
  private mutating func paintThumbnails(_ members: [Int], _ item: TriggerItem?, in rect: Rect) {
    var place = (row: rect.row, column: rect.column)
    if let pattern = item?.pattern {
      guard paintThumbnail(PixelView(image: pattern, scaleLimit: 1), "the pattern", at: &place, in: rect)
      else { return }
    }
    for member in members {
      guard case .success(.image(let image)) = material.payloads.payload(at: member) else { continue }
      let view = PixelView(
        image: PixelImage(image),
        highlight: item?.place(in: image, comparedAt: material.report.facts.reading.comparedSize),
        scaleLimit: 1)
      guard paintThumbnail(view, material.label(of: member) ?? "-", at: &place, in: rect) else { return }
    }
  }

  /// Moves `place` on; false where there is no room left.
  private mutating func paintThumbnail(
    _ view: PixelView, _ caption: String, at place: inout (row: Int, column: Int), in rect: Rect
  ) -> Bool {
    let room = Rect(row: 0, column: 0, height: min(rect.height - 1, 12), width: min(rect.width, 26))
    let size = view.size(within: room, capabilities: capabilities)
    if place.column + size.width > rect.column + rect.width {
      place = (place.row + size.height + 2, rect.column)
    }
    guard size.width > 0, place.row + size.height < rect.row + rect.height else { return false }
    view.draw(
      into: &grid,
      Rect(row: place.row, column: place.column, height: size.height, width: size.width),
      capabilities: capabilities)
    grid.draw(
      cell(caption, size.width), row: place.row + size.height, column: place.column, style: theme[.dim])
    place.column += size.width + 2
    return true
  }

  private func exampleText(_ row: Int, _ width: Int) -> String {
    switch material.payloads.payload(at: row) {
    case .success(.text(let text)): displayText(text.prefix(width))
    case .success(.row(let fields)):
      fields.prefix(8).map { "\(displayText($0.name.prefix(20)))=\(displayText($0.value.prefix(20)))" }
        .joined(separator: " ")
    case .success, .failure: ""
    }
  }
}

import Model
import Scanning
import Screen

extension Frame {
  mutating func paintFindings() {
    let lines = state.foundLines
    guard !lines.isEmpty else {
      let inner = panel("incidents", layout.body)
      return draw(
        [
          Line(), Line("No group of samples stands out."),
          Line(
            "No trigger, duplicates, separate cluster, source or burst is significant here.", theme[.dim]
          ),
        ], in: inner)
    }
    let (listRect, detail) = layout.body.split(
      below: layout.body.height - layout.foundHeight(lines.count) - 1)
    let list = state.views.findings
    let rows = lines.dropFirst(list.top).prefix(listRect.height - 1).compactMap { line in
      material.entry(line).map { foundRow($0, flagged: state.flaggedCount(line)) }
    }
    Table(
      columns: [
        Screen.TableColumn("id", width: 5, maximum: 7), Screen.TableColumn("kind", width: 10),
        Screen.TableColumn("size", width: 6, alignment: .right),
        Screen.TableColumn("flagged", width: 7, alignment: .right, priority: 1),
        Screen.TableColumn("open", width: 6, alignment: .right),
        Screen.TableColumn(
          "label", width: 8, maximum: state.longest(material.report.facts.classes).clamped(to: 8...14),
          priority: 2
        ),
        Screen.TableColumn("share", width: 6, alignment: .right, priority: 3),
        Screen.TableColumn("FDR", width: 6, alignment: .right),
        Screen.TableColumn(
          "hypothesis", width: state.longest(material.report.hypotheses).clamped(to: 10...20), priority: 4),
        Screen.TableColumn("what", width: 20, maximum: 120, priority: 5),
      ], rows: rows, cursor: list.cursor - list.top, headerStyle: theme[.header]
    ).draw(into: &grid, listRect, capabilities: capabilities)
    guard let entry = state.previewedFound.flatMap(material.entry) else { return }
    paintDetail(entry, in: panel(displayText(entry.id), note: advice(entry), detail))
  }

  /// What the group is good for, and how the list is told in more or fewer lines.
  private func advice(_ entry: FoundEntry) -> String {
    let advice =
      switch entry.advice {
      case .markFlagged: "Enter opens, * gp mark"
      case .relabel: "Enter opens, R relabels"
      case .look: "Enter opens: look at each"
      }
    return advice + (state.views.areFindingsShown ? ", Tab hides findings" : ", Tab shows findings")
  }

  private func foundRow(_ entry: FoundEntry, flagged: Int?) -> Table.Row {
    let open = state.openCount(entry.members)
    let isBeneath = !entry.isIncident && entry.incident != nil
    return Table.Row([
      TableCell(
        (isBeneath ? "  " : "") + displayText(entry.id), style: isBeneath ? theme[.dim] : theme[.key]),
      TableCell(entry.finding.kind.rawValue),
      TableCell(grouped(entry.members.count)),
      TableCell(flagged.map { grouped($0) } ?? "", style: theme[.high]),
      TableCell(grouped(open), style: open == 0 ? theme[.dim] : .plain),
      TableCell(material.className(entry.label).map { displayText($0) } ?? "-"),
      TableCell(entry.finding.purity.map { fixed(100 * $0, 0) + "%" } ?? "-"),
      TableCell(probability(entry.significance)),
      TableCell(displayText(entry.attack), style: theme[.dim]),
      TableCell(displayText(entry.sentence)),
    ])
  }

  private mutating func paintDetail(_ entry: FoundEntry, in rect: Rect) {
    let finding = entry.finding
    let incident = incidentLines(entry, width: rect.width)
    var lines = Array(incident.prefix(1))
    if entry.leads.count > 1 {
      lines += entry.leads.flatMap { leadLines($0, width: rect.width) }
    } else {
      lines += wrapped(displayText(entry.sentence), rect.width, Style(bold: true))
      lines.append(Line(statistics(finding), theme[.dim]))
      lines += itemLines(finding.item)
    }
    lines += incident.dropFirst()
    if !finding.cleanHolders.isEmpty {
      let labels = finding.label < 0 ? "under labels that fit" : "with another label"
      lines += wrapped(
        "\(counted(finding.cleanHolders.count, "other holds", "others hold")) it \(labels) and \(finding.cleanHolders.count == 1 ? "is no member" : "are no members")",
        rect.width,
        theme[.warning])
    }
    guard rect.height > lines.count + 2 else { return draw(lines, in: rect) }
    lines += [Line(), Line("examples", theme[.title])]
    draw(lines, in: rect)
    paintExamples(
      entry.members, finding.item,
      in: Rect(
        row: rect.row + lines.count, column: rect.column, height: rect.height - lines.count, width: rect.width
      ))
  }

  private func statistics(_ finding: Finding) -> String {
    "\(displayText(finding.statisticName)) \(fixed(finding.statistic, 1)), p \(probability(finding.pValue)), "
      + "FDR \(probability(finding.significance))"
  }

  /// One of several findings of a kind, or those of the same samples.
  private func leadLines(_ leads: [Finding], width: Int) -> [Line] {
    leads.flatMap { lead in
      wrapped("\(displayText(lead.id)) \(displayText(lead.sentence))", width, Style(bold: true), indent: 3)
    }
      + leads.prefix(1).map { first in
        let others = leads.count > 1 ? ", the same \(counted(first.members.count, "sample"))" : ""
        return Line("   " + statistics(first) + others, theme[.dim])
      }
  }

  /// Of an incident, or of the one that joins a finding: how many are flagged, what it joins, and its circumstances.
  private func incidentLines(_ entry: FoundEntry, width: Int) -> [Line] {
    guard let incident = entry.incident else { return [] }
    let joined = entry.isIncident ? entry.joined : incident.findings
    let names = joined.map { displayText($0) }.joined(separator: " ")
    return [
      Line(
        "\(grouped(incident.flagged)) of \(counted(incident.members.count, "member")) flagged; "
          + "\(joined.count == 1 ? "finding" : "findings") \(names)", theme[.dim])
    ] + circumstances(incident, width: width)
  }

  /// When its samples arrived, and from where.
  func circumstances(_ incident: Incident, width: Int) -> [Line] {
    var lines: [Line] = []
    if let when = incident.when {
      lines += wrapped("when   " + displayText(when), width, indent: 7)
    }
    if let origin = incident.origin {
      lines += wrapped("where  " + displayText(origin), width, indent: 7)
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
  private mutating func paintExamples(_ all: Column<Int32>, _ item: TriggerItem?, in rect: Rect) {
    let members = all.prefix(State.maxExamples).map(Int.init).filter { $0 >= 0 && $0 < material.count }
    if material.report.facts.modality == .image, rect.height >= State.minExampleHeight {
      let used = paintThumbnails(members, item, in: rect)
      let rest = Rect(
        row: rect.row + used, column: rect.column, height: rect.height - used, width: rect.width)
      return paintMembers(members, in: rest)
    }
    // Of few members more of each is shown.
    let height = max(1, min(Self.maxExampleLines, rect.height / max(1, members.count)))
    for (place, row) in members.prefix(rect.height / height).enumerated() {
      let letter = verdictLetter(row)
      let head = Line([
        (letter.text + " ", letter.style),
        (cell(material.report.ids[row], min(state.idWidth, 16, rect.width / 4)) + " ", .plain),
        (cell(material.label(of: row) ?? "-", min(state.labelWidth, 12, rect.width / 4)) + " ", theme[.dim]),
      ])
      // On one line what is telling, on several as much as there is room for.
      guard height > 1 else {
        draw(head + keyword(row, width: rect.width - head.width), row: place, in: rect)
        continue
      }
      let text = TextWidth.wrap(preview(row), to: max(1, rect.width - head.width)).prefix(height)
      for (line, part) in text.enumerated() {
        let margin = Line(String(repeating: " ", count: head.width))
        draw((line == 0 ? head : margin) + Line(part), row: place * height + line, in: rect)
      }
    }
  }

  private static var maxExampleLines: Int { 4 }
  /// Beneath their pictures, where there is room: what stands of each.
  private mutating func paintMembers(_ members: [Int], in rect: Rect) {
    guard rect.height > 2 else { return }
    draw(Line("members", theme[.title]), row: 0, in: rect)
    let height = rect.height - 1
    let idWidth = min(state.idWidth, 14)
    // Verdict, suspicion, id and labels, and room between two.
    let width = 8 + idWidth + 1 + state.labelPairWidth + 2
    for (place, row) in members.prefix(height * max(1, rect.width / width)).enumerated() {
      let letter = verdictLetter(row)
      let suspicion = Double(material.report.suspicion[row])
      let column = Rect(
        row: rect.row + 1, column: rect.column + place / height * width, height: height,
        width: min(rect.width, width - 2))
      draw(
        Line([
          (letter.text + " ", letter.style),
          state.isHidden(row) ? ("", .plain) : (fixed(suspicion, 3) + " ", theme.score(suspicion)),
          (cell(material.report.ids[row], idWidth) + " ", .plain), (labels(of: row), theme[.dim]),
        ]), row: place % height, in: column)
    }
  }

  /// A blended pattern itself, then members, side by side and in rows, as many as fit whole, each over its label.
  /// - Returns: the rows that they take, and one between them and what follows.
  private mutating func paintThumbnails(_ members: [Int], _ item: TriggerItem?, in rect: Rect) -> Int {
    var place = (row: rect.row, column: rect.column)
    var bottom = rect.row
    if let pattern = item?.pattern {
      let view = PixelView(image: pattern, scaleLimit: 1)
      guard paintThumbnail(view, "the pattern", at: &place, bottom: &bottom, in: rect) else { return 0 }
    }
    for member in members {
      guard case .success(.image(let image)) = state.samples[member] else { continue }
      let view = thumbnail(image, item.map { [$0] } ?? [], in: State.exampleRoom(rect), scaleLimit: 1)
      let label = material.label(of: member) ?? "-"
      guard paintThumbnail(view, label, at: &place, bottom: &bottom, in: rect) else { break }
    }
    return bottom - rect.row
  }

  /// Moves `place` on; false where there is no room left.
  private mutating func paintThumbnail(
    _ view: PixelView, _ caption: String, at place: inout (row: Int, column: Int), bottom: inout Int,
    in rect: Rect
  ) -> Bool {
    let room = State.exampleRoom(rect)
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
    bottom = max(bottom, place.row + size.height + 2)
    return true
  }
}

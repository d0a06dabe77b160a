import Model
import Scanning
import Screen

extension Frame {
  /// All that speaks for and against a sample, most telling first.
  func evidence(_ row: Int, width: Int) -> [Line] {
    guard !state.isHidden(row) else { return hiddenEvidence(row, width: width) }
    let report = material.report
    let suspicion = Double(report.suspicion[row])
    let hypothesis = material.hypothesis(of: row)
    var lines: [Line] = []
    lines.append(labelLine(row))
    let rank = state.survey.map { "  rank \(grouped(Int($0.rank[row]) + 1))" } ?? ""
    lines.append(
      Line([("suspicion ", theme[.dim]), (fixed(suspicion, 3), theme.score(suspicion)), (rank, theme[.dim])])
        + Line(hypothesis == "none" ? "" : "  \(displayText(hypothesis))", theme[.high]))
    lines += incidentEvidence(row, width: width)
    lines += drivers(row)
    let opinions = opinionLines(row, width: width)
    if opinions.isEmpty, let verdict = state.marks.verdict(of: row) {
      lines.append(Line([("verdict ", theme[.dim]), (capitals(verdict), theme.style(VerdictMark(verdict)))]))
    }
    lines += opinions + tagLines(row, width: width)
    lines += suggestion(row)
    let context = membership(row, width: width)
    if !context.isEmpty { lines += [Line()] + context }
    lines += extremes(row, width: width)
    // Last, since it is what a small screen can best do without: what does not fit stands in the record.
    return lines + [Line()] + scores(row, width: width)
  }

  /// What a blind review shows: what the data themselves say.
  private func hiddenEvidence(_ row: Int, width: Int) -> [Line] {
    [labelLine(row, isHidden: true)] + tagLines(row, width: width) + [Line()]
      + wrapped("blind: scores, findings and others' verdicts show once you have decided", width, theme[.dim])
  }

  func tagLines(_ row: Int, width: Int) -> [Line] {
    let tags = state.marks.tags.of(row)
    guard !tags.isEmpty else { return [] }
    return wrapped(
      "tags " + tags.map { displayText($0) }.joined(separator: " "), width, theme[.key], indent: 5)
  }

  /// The incident that the sample is part of, as one would tell it, then when and from where.
  private func incidentEvidence(_ row: Int, width: Int) -> [Line] {
    guard let incident = material.incident(of: row) else { return [] }
    return wrapped(
      "\(displayText(incident.id)) \(displayText(incident.sentence))", width, Style(bold: true), indent: 3)
      + incidentLines(incident, width: width).dropFirst()
  }

  /// The families of detectors that raise the suspicion most, by the log odds that they add to an average sample's.
  private func drivers(_ row: Int) -> [Line] {
    let parts = material.contributions(of: row).filter { $0.value >= 0.1 }.sorted { $0.value > $1.value }
    guard !parts.isEmpty else { return [] }
    let pieces = parts.prefix(3).flatMap { part -> [(text: String, style: Style)] in
      let style = part.value >= 1 ? theme[.high] : theme[.dim]
      return [(" \(part.family.rawValue)", .plain), (" +\(fixed(Double(part.value), 1))", style)]
    }
    return [Line([("why (log-odds)", theme[.dim])] + pieces)]
  }

  /// The label that the model prefers, with its probability.
  private func suggestion(_ row: Int) -> [Line] {
    guard let suggested = material.suggestedLabel(of: row) else { return [] }
    let p = material.report.labelProbabilities(of: row).map { " p " + fixed(Double($0.other), 2) }
    return [
      Line([
        ("suggests label ", theme[.dim]), (displayText(suggested), theme[.relabel]), (p ?? "", .plain),
        ("  R takes it", theme[.dim]),
      ])
    ]
  }

  private func labelLine(_ row: Int, isHidden: Bool = false) -> Line {
    var line = Line([
      ("label ", theme[.dim]), (material.label(of: row).map { displayText($0) } ?? "none", Style(bold: true)),
    ])
    if !isHidden, material.suggestedLabel(of: row) != nil, let p = material.report.labelProbabilities(of: row)
    {
      line = line + Line(" p " + fixed(Double(p.given), 2))
    }
    if let source = material.source(of: row) {
      line = line + Line([("  source ", theme[.dim]), (displayText(source), .plain)])
    }
    if let time = material.time(of: row) {
      line = line + Line("  " + CalendarTime(milliseconds: time).date, theme[.dim])
    }
    return line
  }

  /// The cells, words or pixels that hardly any sample of the class has.
  private func extremes(_ row: Int, width: Int) -> [Line] {
    guard let profile = profile(of: row),
      case .success(let payload) = material.payloads.payload(at: row)
    else { return [] }
    let own = material.label(of: row).map { "\"\(displayText($0))\"" } ?? "class"
    return ExtremePart.of(payload, in: profile).flatMap { part in
      wrapped("extreme in \(own): \(words(part))", width, .plain, indent: 2)
    }
  }

  private func words(_ part: ExtremePart) -> String {
    func share(_ share: Double) -> String { fixed(100 * share, 1) + "%" }
    switch part {
    case .cell(let column, let value, let kind, let part):
      let cell =
        "\(displayText(column)) = \(value.isEmpty ? "(empty)" : displayText(String(value.prefix(40))))"
      return switch kind {
      case .low: "\(cell), \(share(part)) as low"
      case .high: "\(cell), \(share(part)) as high"
      case .rare: "\(cell), in \(share(part))"
      }
    case .word(let word, let others, let own):
      return "\"\(displayText(word))\", in \(share(own)) and in \(share(others)) of other labels"
    case .pixels(let row, let column, let size, let deviations):
      return "\(size)x\(size) pixels at \(row),\(column), \(fixed(deviations, 1)) sd from the mean"
    }
  }

  /// A bar for each detector that has a score for the sample, the highest percentile first.
  private func scores(_ row: Int, width: Int) -> [Line] {
    let all: [(name: String, value: Double)] = material.detectors.map {
      ($0.info.name, Double($0.percentile[row]))
    }
    let scores = all.filter { !$0.value.isNaN }
      .sorted { $0.value != $1.value ? $0.value > $1.value : $0.name < $1.name }
    let nameWidth = min(max(8, width / 2 - 4), scores.map(\.name.count).max() ?? 8)
    let barWidth = max(4, min(30, width - nameWidth - 9))
    return scores.map { score in
      let bar = Bar.meter(score.value, width: barWidth, capabilities: capabilities)
      return Line([
        (cell(score.name, nameWidth) + " ", theme[.dim]), (bar.filled, theme.score(score.value)),
        (bar.rest, theme[.border]),
        (
          " p" + fixed(100 * score.value, score.value >= 0.9995 ? 0 : 1),
          score.value >= 0.99 ? theme[.high] : .plain
        ),
      ])
    }
  }

  /// What the sample is part of: findings, cluster, source, and its neighbors in a line.
  private func membership(_ row: Int, width: Int) -> [Line] {
    var lines: [Line] = []
    let head = material.incident(of: row)?.findings.first
    for index in material.findings(of: row) {
      let finding = material.report.findings[index]
      var facts = [
        "\(grouped(finding.members.count)) samples",
        "\(displayText(finding.statisticName)) \(fixed(finding.statistic, 1))",
      ]
      if let purity = finding.purity { facts.append("\(purityName(of: finding)) \(fixed(100 * purity, 0))%") }
      lines.append(
        Line([(displayText(finding.id) + " ", theme[.key]), (facts.joined(separator: ", "), .plain)]))
      // The head of the incident has told its sentence above.
      guard finding.id != head else { continue }
      lines += wrapped("  " + displayText(finding.sentence), width, theme[.dim], indent: 2)
    }
    if let neighbors = material.report.neighbors?.neighbors(of: row), !neighbors.isEmpty {
      var line = Line("neighbors ", theme[.dim])
      for neighbor in neighbors.prefix(8) {
        let label = material.label(of: neighbor)
        line =
          line
          + Line(
            (label.map { displayText($0) } ?? "none") + " ",
            label == material.label(of: row) ? .plain : theme[.high])
      }
      lines.append(line)
    }
    if let number = material.cluster(of: row),
      let cluster = state.survey?.clusters.first(where: { $0.number == number })
    {
      lines.append(
        Line([
          ("cluster ", theme[.dim]), ("c\(number)", theme[.cluster(number)]),
          (" \(grouped(cluster.flagged)) of \(grouped(cluster.count)) flagged", .plain),
        ]))
    }
    if let source = material.source(of: row), let survey = state.survey,
      let group = survey.sources.first(where: { $0.name == source })
    {
      lines.append(
        Line([
          ("source ", theme[.dim]), (percent(group.flagged, of: group.count) + " flagged", .plain),
          (" against \(percent(survey.flagged, of: material.count)) of all", theme[.dim]),
        ]))
    }
    return lines
  }

  /// What the share of a finding is a share of.
  private func purityName(of finding: Finding) -> String {
    switch finding.kind {
    case .burst, .source: "affected share"
    default: "label share"
    }
  }

  // MARK: Neighbors

  /// The nearest samples with their labels; of images also thumbnails where there is room.
  mutating func paintNeighbors(_ row: Int, in rect: Rect) {
    guard !rect.isEmpty else { return }
    guard let table = material.report.neighbors, row < material.count else {
      return draw([Line("This scan kept no neighbors.", theme[.dim])], in: rect)
    }
    let neighbors = Array(table.neighbors(of: row).prefix(max(1, rect.height - 1)))
    guard !neighbors.isEmpty else { return draw([Line("No neighbors.", theme[.dim])], in: rect) }
    var list = rect
    if material.report.facts.modality == .image, rect.height >= 14, rect.width >= 36 {
      let thumbs = Rect(
        row: rect.row, column: rect.column, height: min(10, rect.height - 6), width: rect.width)
      paintThumbnails(neighbors, in: thumbs, of: row)
      list = Rect(
        row: rect.row + thumbs.height + 1, column: rect.column, height: rect.height - thumbs.height - 1,
        width: rect.width)
    }
    let rows = neighbors.prefix(max(0, list.height - 1)).enumerated().map { index, neighbor -> Table.Row in
      let label = material.label(of: neighbor)
      let letter = verdictLetter(neighbor)
      let place = row * table.k + index
      let distance = place < table.distances.count ? Double(table.distances[place]) : .nan
      return Table.Row([
        TableCell(letter.text, style: letter.style), TableCell(sampleName(neighbor)),
        TableCell(
          label.map { displayText($0) } ?? "-",
          style: label == material.label(of: row) ? .plain : theme[.high]),
        TableCell(scoreText(distance), style: theme[.dim]),
        state.isHidden(neighbor)
          ? TableCell("")
          : TableCell(
            fixed(Double(material.report.suspicion[neighbor]), 3),
            style: theme.score(Double(material.report.suspicion[neighbor]))),
        TableCell(preview(neighbor), style: theme[.dim]),
      ])
    }
    var columns = [
      Screen.TableColumn("v", width: 1), Screen.TableColumn("id", width: 8, maximum: 20),
      Screen.TableColumn("label", width: 8, maximum: 16),
      Screen.TableColumn("distance", width: 8, alignment: .right, priority: 1),
      Screen.TableColumn("susp.", width: 5, alignment: .right, priority: 2),
    ]
    if state.hasPreviews {
      columns.append(Screen.TableColumn("sample", width: 16, maximum: 200, priority: 3))
    }
    Table(
      columns: columns, rows: Array(rows), headerStyle: theme[.header]
    ).draw(into: &grid, list, capabilities: capabilities)
  }

  private mutating func paintThumbnails(_ neighbors: [Int], in rect: Rect, of row: Int) {
    let width = min(2 * (rect.height - 1), 18)
    var column = rect.column
    for neighbor in neighbors {
      guard column + width <= rect.column + rect.width else { return }
      if case .success(.image(let image)) = material.payloads.payload(at: neighbor) {
        let place = Rect(row: rect.row, column: column, height: rect.height - 1, width: width)
        thumbnail(image, items(of: neighbor), in: place).draw(into: &grid, place, capabilities: capabilities)
        let label = material.label(of: neighbor)
        grid.draw(
          cell(label ?? "-", width), row: rect.row + rect.height - 1, column: column,
          style: label == material.label(of: row) ? theme[.dim] : theme[.high])
      }
      column += width + 2
    }
  }
}

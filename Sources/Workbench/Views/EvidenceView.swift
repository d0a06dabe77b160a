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
    lines += labelLines(row, width: width)
    let rank = state.summary.map { "  rank \(grouped(Int($0.rank[row]) + 1))" } ?? ""
    lines.append(
      Line([("suspicion ", theme[.dim]), (fixed(suspicion, 3), theme.score(suspicion)), (rank, theme[.dim])])
        + Line(hypothesis == "none" ? "" : "  \(displayText(hypothesis))", theme[.high]))
    lines += incidentEvidence(row, width: width)
    lines += drivers(row, width: width)
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
    labelLines(row, width: width, isHidden: true) + tagLines(row, width: width) + [Line()]
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
      "\(displayText(incident.id)) \(displayText(sentence(of: incident, on: row)))", width, Style(bold: true),
      indent: 3)
      + circumstances(incident, width: width)
  }

  /// Where several findings tell an incident: the most telling that the sample is in, or what else it is part of it by.
  private func sentence(of incident: Incident, on row: Int) -> String {
    let leads = Array(material.leads(of: incident).joined())
    guard leads.count > 1 else { return incident.sentence }
    let others = material.findings(of: row).map { material.report.findings[$0] }
      .filter { incident.findings.contains($0.id) }
    return leads.first { $0.members.contains(Int32(row)) }?.sentence ?? others.first?.sentence
      ?? incident.sentence
  }

  /// The families of detectors that raise the suspicion most, by the log odds that they add to an average sample's.
  private func drivers(_ row: Int, width: Int) -> [Line] {
    let parts = material.contributions(of: row).filter { $0.value >= 0.1 }.sorted { $0.value > $1.value }
    guard !parts.isEmpty else { return [] }
    let pieces = parts.prefix(3).map { part in
      Line([
        (" \(part.family.rawValue)", .plain),
        (" +\(fixed(Double(part.value), 1))", part.value >= 1 ? theme[.high] : theme[.dim]),
      ])
    }
    return flowed([Line("why (log-odds)", theme[.dim])] + pieces, width: width)
  }

  /// Pieces one behind the other; one that does not fit begins the next line.
  private func flowed(_ pieces: [Line], width: Int) -> [Line] {
    pieces.reduce(into: []) { lines, piece in
      guard let last = lines.last, last.width + piece.width <= width else {
        return lines.append(lines.isEmpty ? piece : Line(" ") + piece)
      }
      lines[lines.count - 1] = last + piece
    }
  }

  /// The label that the model prefers, with its probability.
  private func suggestion(_ row: Int) -> [Line] {
    guard let suggested = material.suggestedLabel(of: row) else { return [] }
    let p = material.report.labelProbabilities(of: row).map { " p " + fixed(Double($0.other), 2) }
    return [
      Line([
        ("suggested label ", theme[.dim]), (displayText(suggested), theme[.relabel]), (p ?? "", .plain),
        ("  R relabels", theme[.dim]),
      ])
    ]
  }

  private func labelLines(_ row: Int, width: Int, isHidden: Bool = false) -> [Line] {
    var label = Line([
      ("label ", theme[.dim]), (material.label(of: row).map { displayText($0) } ?? "none", Style(bold: true)),
    ])
    if !isHidden, material.suggestedLabel(of: row) != nil, let p = material.report.labelProbabilities(of: row)
    {
      label = label + Line(" p " + fixed(Double(p.given), 2))
    }
    let source = material.source(of: row).map {
      Line([("  source ", theme[.dim]), (displayText($0), .plain)])
    }
    let time = material.time(of: row).map {
      Line("  " + CalendarTime(milliseconds: $0).date, theme[.dim])
    }
    return flowed([label, source, time].compactMap { $0 }, width: width)
  }

  /// The cells, words or pixels that hardly any sample of the class has.
  private func extremes(_ row: Int, width: Int) -> [Line] {
    guard let profile = profile(of: row),
      case .success(let payload) = state.samples[row]
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

  private static var maxBarWidth: Int { 8 }
  /// How many detectors say in words what they look at, where lines are long enough for a sentence, and from which
  /// percentile on.
  private static var explained: (count: Int, width: Int, percentile: Double) { (3, 50, 0.99) }

  /// A bar for each detector that has a score for the sample, the highest percentile first. Its length tells the
  /// tail, in which nearly all of what matters lies.
  private func scores(_ row: Int, width: Int) -> [Line] {
    let all: [(name: String, summary: String, value: Double)] = material.detectors.map {
      ($0.info.name, $0.info.summary, Double($0.percentile[row]))
    }
    let scores = all.filter { !$0.value.isNaN }
      .sorted { $0.value != $1.value ? $0.value > $1.value : $0.name < $1.name }
    let longest = scores.map(\.name.count).max() ?? 8
    // A blank, the bar, and the percentile.
    let nameWidth = min(max(8, width - Self.maxBarWidth - 8), longest)
    let barWidth = max(4, min(Self.maxBarWidth, width - nameWidth - 8))
    let explained = Self.explained
    return scores.enumerated().flatMap { place, score -> [Line] in
      let bar = TextWidth.fit(
        Bar.meter(tail(score.value), width: barWidth, capabilities: capabilities).filled, to: barWidth)
      let percentile = " p" + fixed(100 * score.value, score.value >= 0.99 && score.value < 0.9995 ? 1 : 0)
      // What is no higher than usual is no evidence.
      let style = score.value < 0.5 ? Style.plain : theme.score(score.value)
      let line = Line([
        (cell(score.name, nameWidth) + " ", .plain), (bar + percentile, style),
      ])
      guard place < explained.count, width >= explained.width, score.value >= explained.percentile else {
        return [line]
      }
      return [line] + wrapped(displayText(score.summary), width - 2, theme[.dim]).map { Line("  ") + $0 }
    }
  }

  /// What the sample is part of: findings, cluster, source, and its neighbors in a line.
  private func membership(_ row: Int, width: Int) -> [Line] {
    var lines: [Line] = []
    // What the incident has told above.
    let incident = material.incident(of: row)
    let told = [incident.map { sentence(of: $0, on: row) }, incident?.when, incident?.origin].compactMap {
      $0
    }
    for index in material.findings(of: row) {
      let finding = material.report.findings[index]
      var facts = [
        counted(finding.members.count, "sample"),
        "\(displayText(finding.statisticName)) \(fixed(finding.statistic, 1))",
      ]
      if let purity = finding.purity { facts.append("\(purityName(of: finding)) \(fixed(100 * purity, 0))%") }
      lines.append(
        Line([(displayText(finding.id) + " ", theme[.key]), (facts.joined(separator: ", "), .plain)]))
      guard !told.contains(finding.sentence) else { continue }
      lines += wrapped("  " + displayText(finding.sentence), width, theme[.dim], indent: 2)
    }
    if let neighbors = material.report.neighbors?.neighbors(of: row), !neighbors.isEmpty {
      lines.append(neighborLine(neighbors.prefix(8).map { material.label(of: $0) }, of: row, width: width))
    }
    if let number = material.cluster(of: row),
      let cluster = state.summary?.clusters.first(where: { $0.number == number })
    {
      lines.append(
        Line([
          ("cluster ", theme[.dim]), ("c\(number)", theme[.cluster(number)]),
          (" \(grouped(cluster.flagged)) of \(grouped(cluster.count)) flagged", .plain),
        ]))
    }
    if let source = material.source(of: row), let summary = state.summary,
      let group = summary.sources.first(where: { $0.name == source })
    {
      lines.append(
        Line([
          ("source ", theme[.dim]), (percent(group.flagged, of: group.count) + " flagged", .plain),
          (" against \(percent(summary.flagged, of: material.count)) of all", theme[.dim]),
        ]))
    }
    return lines
  }

  /// How far out in the tail a percentile in 0...1 is: a quarter for each factor of ten by which fewer samples have as much
  /// or more, all from one in ten thousand on, nothing below the median.
  private func tail(_ percentile: Double) -> Double {
    percentile < 0.5 ? 0 : min(1, roughLog2(1 / max(1 - percentile, 1e-4)) / roughLog2(1e4))
  }

  /// The labels of the nearest, in their order; counted where they are too long for a line.
  private func neighborLine(_ labels: [String?], of row: Int, width: Int) -> Line {
    func piece(_ label: String?, _ count: String) -> Line {
      Line(
        " " + (label.map { displayText($0) } ?? "none") + count,
        label == material.label(of: row) ? .plain : theme[.high])
    }
    let title = Line("neighbors", theme[.dim])
    let all = labels.reduce(title) { $0 + piece($1, "") }
    guard all.width > width else { return all }
    let counts = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    let ranked = counts.sorted { ($1.value, $0.key ?? "") < ($0.value, $1.key ?? "") }
    return ranked.reduce(title) { $0 + piece($1.key, " \($1.value)") }
  }

  /// What the share of a finding is a share of.
  private func purityName(of finding: Finding) -> String {
    switch finding.kind {
    case .burst, .source: "affected share"
    default: "label share"
    }
  }
}

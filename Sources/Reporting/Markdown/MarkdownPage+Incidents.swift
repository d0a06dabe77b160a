import Model

extension MarkdownPage {
  private static let shownIDs = 5

  var incidents: MarkdownText {
    guard !page.incidents.isEmpty else { return "No group of samples stands out by more than chance.\n\n" }
    let lesser = page.furtherIncidents.items.map { line -> MarkdownText in
      "- \(line.id): \(grouped(line.flagged)) of \(grouped(line.size)) flagged; \(line.sentence.clipped(300))\n"
    }
    return "\(page.incidents.map(incident))\(lesser)\(more(page.furtherIncidents.more, "incident"))\n"
  }

  private func incident(_ part: IncidentPart) -> MarkdownText {
    let line = part.line
    let findings = part.findings.items.flatMap { finding -> [MarkdownText] in
      ["- \(finding.id), \(finding.kind): \(finding.sentence.clipped(300))\n"]
        + finding.details.map { "  - \(MarkdownText.code($0))\n" }
    }
    let when: MarkdownText? = part.when.map { "- when: \($0)\n" }
    let origin: MarkdownText? = part.origin.map { "- source: \($0)\n" }
    let ids = part.exhibits.items.prefix(Self.shownIDs)
    let samples = ids.enumerated().map { index, exhibit -> MarkdownText in
      "\(index > 0 ? ", " : "")\(MarkdownText.code(exhibit.id, upTo: 80))"
    }
    let rest = part.exhibits.total - ids.count
    return """
      ### \(line.id): \(line.sentence.clipped(300))

      \(grouped(line.flagged)) of \(counted(line.size, "sample")) flagged, \(line.attack), \(part.statistic)\
      \(part.significance.map { ", FDR \(probability($0))" } ?? ""). Decisions: \(counts(part.verdicts)).

      \(when)\(origin)\(findings)\(more(part.findings.more, "finding"))- samples: \(samples)\
      \(rest > 0 ? " and \(grouped(rest)) more" : "")

      \(shares(part))
      """
  }

  private func shares(_ part: IncidentPart) -> MarkdownText {
    guard let shares = part.shares else { return .nothing }
    let rows = shares.rows.items.map { row -> [MarkdownText] in
      [MarkdownText.code(row.name, upTo: 60), "\(grouped(row.given))", "\(grouped(row.suggested))"]
    }
    return MarkdownText.table(["Class", "as labelled", "as the evidence suggests"], rows)
  }
}

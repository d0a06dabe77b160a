import Model

/// A report as Markdown, for a ticket: the same facts in less room, without pictures.
package struct MarkdownPage: Sendable {
  let page: ReportPage

  package init(_ page: ReportPage) { self.page = page }

  package var text: String {
    let document: MarkdownText = """
      # Report on poison in training data: \(MarkdownText.code(page.dataset))

      \(summary)
      ## Incidents

      \(incidents)
      \(leaks)## Decisions

      \(decisions)
      ## What could not be seen

      \(coverageGaps)
      ## Provenance

      \(provenance)
      """
    return document.source
  }

  private var leaks: MarkdownText {
    guard !page.leaks.isEmpty else { return .nothing }
    let leaks = page.leaks.map { "- \($0.clipped(600))\n" as MarkdownText }
    return """
      ## Copies across splits

      \(leaks)

      """
  }

  private var summary: MarkdownText {
    let part = page.summary
    let flagged =
      part.flagged.map { "\(grouped($0)) flagged (\(percent($0, of: part.samples)))" }
      ?? "no detector could run, so nothing is known of them"
    let files = part.files.items.map { file -> MarkdownText in
      "- read \(MarkdownText.code(file.name)): \(file.form)\n"
    }
    return """
      **\(counted(part.samples, "sample")) (\(part.modality)), \(flagged), \
      \(counted(part.incidents, "incident")), \(grouped(part.decided)) decided.**

      \(files)\(more(part.files.more, "file"))- \(counted(part.classes.total, "class", "classes")); \
      features: \(part.features); probabilities: \(part.probabilities)
      - suspicion: \(histogram)

      """
  }

  private var histogram: MarkdownText {
    let bins = page.histogram.bins
    let fifths = stride(from: 0, to: bins.count, by: 4).map { start -> MarkdownText in
      let group = bins[start..<min(start + 4, bins.count)]
      let (low, high) = (group.first?.low ?? 0, group.last?.high ?? 1)
      return
        "\(start > 0 ? ", " : "")\(fixed(low, 1)) to \(fixed(high, 1)): \(grouped(group.reduce(0) { $0 + $1.total }))"
    }
    return "\(fifths)"
  }

  func more(_ count: Int, _ noun: String, _ nouns: String? = nil) -> MarkdownText {
    count > 0 ? "- and \(counted(count, "more \(noun)", nouns.map { "more \($0)" }))\n" : .nothing
  }

  func counts(_ counts: [Count]) -> String {
    counts.map { "\(grouped($0.count)) \($0.name)" }.joined(separator: ", ")
  }
}

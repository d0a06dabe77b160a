import Model

extension MarkdownPage {
  var coverageGaps: MarkdownText {
    let part = page.coverageGaps
    let limits = part.limits.map { "- \($0.clipped(600))\n" as MarkdownText }
    let notes = part.notes.items.map { "- note: \($0.clipped(300))\n" as MarkdownText }
    return """
      A sample that is not flagged is not proved clean.

      \(limits)\(gaps(part.attacks))\(more(part.attacks.more, "attack"))\(gaps(part.detectors))\
      \(more(part.detectors.more, "detector"))\(notes)\(more(part.notes.more, "note"))

      """
  }

  private func gaps(_ gaps: Bounded<CoverageGaps.Gap>) -> [MarkdownText] {
    gaps.items.map { "- \($0.name): \($0.reason)\n" }
  }

  var provenance: MarkdownText {
    let part = page.provenance
    let journals = part.journals.items.map { journal -> MarkdownText in
      """
      - journal \(MarkdownText.code(journal.path, upTo: 300)): \(counted(journal.decisions, "decision"))\
      \(journal.isCounted ? "" : ", not counted"), head \(MarkdownText.code(journal.head))

      """
    }
    let none: MarkdownText = part.journals.total == 0 ? "- no journal: nothing was decided\n" : .nothing
    return """
      - dataset \(MarkdownText.code(part.datasetPath, upTo: 300)), SHA-256 \(MarkdownText.code(part.digest))
      - case \(MarkdownText.code(part.casePath, upTo: 300)), scanned by foretaste \(part.toolVersion)
      - weights: \(part.weights)
      \(journals)\(none)\(more(part.journals.more, "journal"))- made at \(part.madeAt)

      """
  }
}

import Model

extension HTMLPage {
  var coverageGaps: HTMLText {
    let part = page.coverageGaps
    let limits: HTMLText =
      part.limits.isEmpty
      ? .nothing : "<ul>\(part.limits.map { "<li><bdi>\($0.clipped(600))</bdi></li>\n" as HTMLText })</ul>"
    let notes: HTMLText =
      part.notes.total == 0
      ? .nothing
      : "<h3>Notes on reading the files</h3>\n<ul>\(part.notes.items.map { "<li><bdi>\($0.clipped(400))</bdi></li>\n" as HTMLText })</ul>\(more(part.notes.more, "note"))"
    return """
      <section id="blind-spots" aria-labelledby="blind-spots-title">
      <h2 id="blind-spots-title">What could not be seen</h2>
      <p>A sample that is not flagged is not proved clean. This scan would not notice what stands here.</p>
      \(limits)
      \(gaps("Attacks that would go unnoticed", ["Attack", "Why"], part.attacks, "attack"))
      \(gaps("Detectors that could not run", ["Detector", "Why"], part.detectors, "detector"))
      \(notes)
      </section>
      """
  }

  private func gaps(
    _ caption: String, _ heads: [String], _ gaps: Bounded<CoverageGaps.Gap>, _ noun: String
  ) -> HTMLText {
    guard gaps.total > 0 else { return .nothing }
    let rows = gaps.items.map { gap -> HTMLText in
      "<tr><th scope=\"row\"><bdi>\(gap.name)</bdi></th><td><bdi>\(gap.reason)</bdi></td></tr>\n"
    }
    return table(caption, heads.map { ($0, false) }, rows) + more(gaps.more, noun)
  }

  var provenance: HTMLText {
    let part = page.provenance
    return """
      <section id="provenance" aria-labelledby="provenance-title">
      <h2 id="provenance-title">Provenance</h2>
      <dl>
      \(fact("Dataset", part.datasetPath))
      \(fact("SHA-256 over its files", part.digest))
      \(fact("Case", part.casePath))
      \(fact("Scanned by", "foretaste \(part.toolVersion), in \(fixed(part.seconds, 1)) s"))
      \(fact("Weights of the suspicion", part.weights))
      \(fact("Report made at", part.madeAt))
      </dl>
      \(journals)
      </section>
      """
  }

  private func fact(_ name: String, _ value: String) -> HTMLText {
    value.isEmpty ? .nothing : "<div><dt>\(name)</dt><dd>\(HTMLText.code(value, upTo: 400))</dd></div>\n"
  }

  private var journals: HTMLText {
    let journals = page.provenance.journals
    guard journals.total > 0 else { return "<p>There is no journal: nothing was decided.</p>" }
    let rows = journals.items.map { journal -> HTMLText in
      """
      <tr><th scope="row">\(HTMLText.code(journal.path, upTo: 300))</th>\
      <td class="number">\(grouped(journal.decisions))\(journal.isCounted ? "" : ", not counted")</td>\
      <td>\(HTMLText.code(journal.head))</td></tr>

      """
    }
    return """
      \(table("Journals, each with the SHA-256 of its last line: foretaste verify checks that nothing before it was changed", [("Journal", false), ("Decisions", true), ("Head", false)], rows))
      \(more(journals.more, "journal"))
      """
  }
}

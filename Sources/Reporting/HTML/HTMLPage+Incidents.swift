import Model

extension HTMLPage {
  var incidents: HTMLText {
    let body: HTMLText =
      page.incidents.isEmpty
      ? "<p>No group of samples stands out by more than chance.</p>" : "\(page.incidents.map(incident))"
    return """
      <section id="incidents" aria-labelledby="incidents-title">
      <h2 id="incidents-title">Incidents</h2>
      \(body)
      \(lesser)
      </section>
      """
  }

  private func incident(_ part: IncidentPart) -> HTMLText {
    let line = part.line
    // Beside the plot where there is room for them.
    let isShort = part.findings.total <= 3
    return """
      <article class="incident" aria-labelledby="incident-\(line.id)">
      <h3 id="incident-\(line.id)"><span class="id">\(line.id)</span> <bdi>\(line.sentence.clipped(600))</bdi></h3>
      <p class="facts">\(facts(part))</p>
      <div class="pair">
      <div>
      <dl>
      \(part.when.map { "<div><dt>When</dt><dd><bdi>\($0)</bdi></dd></div>" as HTMLText })
      \(part.origin.map { "<div><dt>Source</dt><dd><bdi>\($0)</bdi></dd></div>" as HTMLText })
      <div><dt>Decisions</dt><dd>\(tags(part.verdicts))</dd></div>
      </dl>
      \(isShort ? findings(part) : .nothing)
      </div>
      \(shares(part))
      </div>
      \(isShort ? .nothing : findings(part))
      \(exhibits(part))
      </article>

      """
  }

  private func facts(_ part: IncidentPart) -> HTMLText {
    let line = part.line
    var facts: [HTMLText] = []
    if line.attack != "none" { facts.append("looks like <strong>\(line.attack)</strong>") }
    facts.append(
      "<strong>\(grouped(line.flagged))</strong> of \(counted(line.size, "sample")) flagged (\(percent(line.flagged, of: line.size)))"
    )
    facts.append("\(part.statistic)")
    if let significance = part.significance { facts.append("FDR \(probability(significance))") }
    return HTMLText.list(facts, " · ")
  }

  private func findings(_ part: IncidentPart) -> HTMLText {
    guard part.findings.total > 0 else { return .nothing }
    let lines = part.findings.items.map { finding -> HTMLText in
      let details: HTMLText =
        finding.details.isEmpty
        ? .nothing
        : "<ul>\(finding.details.map { "<li>\(HTMLText.code($0, upTo: 300))</li>" as HTMLText })</ul>"
      return """
        <li><strong>\(finding.id)</strong> \(finding.kind): <bdi>\(finding.sentence.clipped(400))</bdi>\(details)</li>

        """
    }
    return """
      <h4>Findings</h4>
      <ul class="findings">
      \(lines)</ul>\(more(part.findings.more, "finding"))
      """
  }

  private func shares(_ part: IncidentPart) -> HTMLText {
    guard let shares = part.shares else { return .nothing }
    let rest = shares.rows.items.first.map { row -> HTMLText in
      """
       Without the flagged ones, \(HTMLText.data(row.name, upTo: 60)) has \(grouped(row.remaining)) samples \
      (\(percent(row.remaining, of: shares.remaining))) instead of \(grouped(row.whole)) (\(percent(row.whole, of: shares.whole))).
      """
    }
    let more = shares.rows.more > 0 ? " And \(counted(shares.rows.more, "class", "classes")) more." : ""
    return """
      <figure>
      <figcaption><h4>Classes before and after</h4> The samples of the incident as they are labelled, and as the evidence \
      suggests.\(rest)\(more)</figcaption>
      \(SharesPlot(shares).svg)
      <ul class="legend"><li><span class="key given"></span>as labelled</li>\
      <li><span class="key suggested"></span>as the evidence suggests</li></ul>
      </figure>
      """
  }

  private var lesser: HTMLText {
    let lesser = page.furtherIncidents
    guard lesser.total > 0 else { return .nothing }
    let rows = lesser.items.map { line -> HTMLText in
      """
      <tr><th scope="row">\(line.id)</th><td class="number">\(grouped(line.flagged))</td>\
      <td class="number">\(grouped(line.size))</td><td><bdi>\(line.sentence.clipped(300))</bdi></td></tr>

      """
    }
    return """
      <h3>Further incidents</h3>
      \(table("Incidents with less evidence", [("Incident", false), ("Flagged", true), ("Samples", true), ("What", false)], rows))
      \(more(lesser.more, "incident"))
      """
  }
}

import Model
import Review

extension HTMLPage {
  var decisions: HTMLText {
    """
    <section id="decisions" aria-labelledby="decisions-title">
    <h2 id="decisions-title">Decisions</h2>
    \(decided)
    </section>
    """
  }

  private var decided: HTMLText {
    let part = page.decisions
    let open: HTMLText =
      part.undecidedFlagged > 0
      ? "<p>\(counted(part.undecidedFlagged, "flagged sample has", "flagged samples have")) no decision.</p>"
      : .nothing
    let unknown: HTMLText =
      part.unknown > 0 ? "<p>\(counted(part.unknown, "decided id")) not in this dataset.</p>" : .nothing
    guard part.samples > 0 else { return "<p>No sample has been decided yet.</p>\(open)\(unknown)" }
    return """
      <p class="lead">\(counted(part.samples, "sample")) decided: \(tags(part.verdicts))</p>
      \(open)\(unknown)\(unsettled)
      <h3>By whom</h3>
      \(reviewers)
      <h3>Agreement</h3>
      \(agreement)
      <h3>The standing verdicts</h3>
      \(lines)
      """
  }

  private var unsettled: HTMLText {
    let part = page.decisions
    let disputed: HTMLText =
      part.disputed > 0
      ? "<p class=\"warning\">Reviewers differ on \(counted(part.disputed, "sample")): one of them must decide again, or somebody adjudicate, before the dataset is exported.</p>\n"
      : .nothing
    let changed: HTMLText =
      part.changed > 0
      ? "<p class=\"warning\">\(counted(part.changed, "sample has", "samples have")) changed since.</p>\n"
      : .nothing
    let adjudicated: HTMLText =
      part.adjudicated > 0
      ? "<p>Reviewers differed on \(counted(part.adjudicated, "sample")) that somebody has adjudicated since: that verdict counts.</p>\n"
      : .nothing
    return "\(disputed)\(changed)\(adjudicated)"
  }

  private var reviewers: HTMLText {
    let reviewers = page.decisions.reviewers
    let rows = reviewers.items.map { reviewer -> HTMLText in
      """
      <tr><th scope="row">\(HTMLText.data(reviewer.name, upTo: 80))</th><td class="number">\(grouped(reviewer.samples))</td>\
      <td>\(tags(reviewer.verdicts))</td><td class="time">\(reviewer.first)</td><td class="time">\(reviewer.last)</td></tr>

      """
    }
    return table(
      "Standing verdicts of each reviewer",
      [("Reviewer", false), ("Samples", true), ("Verdicts", false), ("First", false), ("Last", false)], rows)
      + more(reviewers.more, "reviewer")
  }

  private var agreement: HTMLText {
    let agreement = page.decisions.agreement
    guard agreement.shared > 0 else {
      return "<p>No sample was judged by more than one reviewer, so nothing is known of their agreement.</p>"
    }
    let pairs = page.decisions.pairs
    let rows = pairs.items.map { pair -> HTMLText in
      """
      <tr><th scope="row">\(HTMLText.data(pair.first, upTo: 60)) and \(HTMLText.data(pair.second, upTo: 60))</th>\
      <td class="number">\(grouped(pair.shared))</td><td class="number">\(grouped(pair.same))</td>\
      <td class="number">\(percent(pair.same, of: pair.shared))</td>\
      <td class="number">\(pair.kappa.map { fixed($0.value, 2) } ?? "-")</td>\
      <td class="number">\(interval(pair.kappa))</td></tr>

      """
    }
    return """
      <p>\(counted(agreement.shared, "sample was", "samples were")) judged by two reviewers or more; \
      they say the same of \(grouped(agreement.same)) (\(percent(agreement.same, of: agreement.shared)), 95 % interval \
      \(fixed(100 * agreement.sameInterval.low, 1)) to \(fixed(100 * agreement.sameInterval.high, 1)) %)\(fleiss). \
      Adjudications do not count here.</p>
      \(table("Reviewers in pairs; kappa is 1 where they always agree, and 0 where no more often than by chance", [("Pair", false), ("Both judged", true), ("Same", true), ("Share", true), ("Cohen's kappa", true), ("95 %", true)], rows))
      \(more(pairs.more, "pair"))
      """
  }

  private var fleiss: HTMLText {
    guard let kappa = page.decisions.agreement.kappa else { return .nothing }
    return
      "; Fleiss' kappa of all \(counted(page.decisions.agreement.reviewers.count, "reviewer")) is \(fixed(kappa.value, 2)) (\(interval(kappa)))"
  }

  private func interval(_ kappa: Kappa?) -> HTMLText {
    guard let interval = kappa?.interval else { return "-" }
    return "\(fixed(interval.low, 2)) to \(fixed(interval.high, 2))"
  }

  private var lines: HTMLText {
    let lines = page.decisions.lines
    let rows = lines.items.map { line -> HTMLText in
      let verdict: HTMLText = "<span class=\"tag \(line.verdict)\">\(line.verdict)</span>"
      let label: HTMLText? = line.newLabel.map { " to \(HTMLText.data($0, upTo: 60))" }
      let state: HTMLText =
        line.state == "stands" ? "stands" : "<span class=\"tag disputed\">\(line.state)</span>"
      return """
        <tr><th scope="row">\(HTMLText.code(line.id, upTo: 80))</th><td>\(HTMLText.data(line.label ?? "none", upTo: 60))</td>\
        <td class="number">\(line.suspicion, decimals: 3)</td><td>\(verdict)\(label)</td>\
        <td>\(HTMLText.data(line.reviewer, upTo: 60))</td><td class="time">\(line.at)</td>\
        <td>\(HTMLText.data(line.note ?? "", upTo: 200))</td>\
        <td>\(HTMLText.data(line.tags.joined(separator: " "), upTo: 80))</td><td>\(state)</td></tr>

        """
    }
    return table(
      "Unsettled verdicts first",
      [
        ("Sample", false), ("Label", false), ("Suspicion", true), ("Verdict", false), ("Reviewer", false),
        ("At", false), ("Note", false), ("Tags", false), ("State", false),
      ], rows) + more(lines.more, "verdict", where: "; foretaste export --format csv has all of them")
  }
}

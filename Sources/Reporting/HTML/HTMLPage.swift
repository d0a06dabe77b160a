import Model

/// A report as one page: nothing comes from outside, and nothing in it runs. The policy says so too, so that a browser
/// holds to it even where this program were wrong.
package struct HTMLPage: Sendable {
  let page: ReportPage

  package init(_ page: ReportPage) { self.page = page }

  package var text: String {
    let style = HTMLText.style(HTMLStyle.sheet)
    let document: HTMLText = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '\(style.hash)'; \
      base-uri 'none'; form-action 'none'">
      <meta name="referrer" content="no-referrer">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="foretaste">
      <title>\(page.dataset.clipped(120)): report on poison in training data</title>
      \(style.element)
      </head>
      <body>
      <a class="skip" href="#summary">Skip to the report</a>
      \(head)
      <main>
      \(summary)
      \(plots)
      \(incidents)
      \(leaks)
      \(decisions)
      \(coverageGaps)
      \(provenance)
      </main>
      <footer><p>Made by foretaste at \(page.madeAt). The dataset was read and not changed.</p></footer>
      </body>
      </html>

      """
    return document.source
  }

  private var head: HTMLText {
    """
    <header>
    <p class="kind">Report on poison in training data</p>
    <h1>\(HTMLText.data(page.dataset))</h1>
    <p class="made">\(page.madeAt) · dataset SHA-256 <code>\(String(page.provenance.digest.prefix(16)))…</code></p>
    <nav aria-label="Contents"><ul>
    <li><a href="#summary">Summary</a></li>
    <li><a href="#plots">Plots</a></li>
    <li><a href="#incidents">Incidents</a></li>
    <li><a href="#decisions">Decisions</a></li>
    <li><a href="#blind-spots">What could not be seen</a></li>
    <li><a href="#provenance">Provenance</a></li>
    </ul></nav>
    </header>
    """
  }

  // What several sections write alike.

  func tag(_ count: Count) -> HTMLText {
    "<span class=\"tag \(count.name)\">\(grouped(count.count)) \(count.name)</span>"
  }

  func tags(_ counts: [Count]) -> HTMLText { HTMLText.list(counts.map(tag), " ") }

  func more(_ count: Int, _ noun: String, _ nouns: String? = nil, where place: String = "") -> HTMLText {
    guard count > 0 else { return .nothing }
    return "<p class=\"more\">and \(counted(count, "more \(noun)", nouns.map { "more \($0)" }))\(place)</p>"
  }

  /// - Parameter heads: the columns, those that hold numbers marked.
  func table(_ caption: String, _ heads: [(name: String, isNumber: Bool)], _ rows: [HTMLText]) -> HTMLText {
    let heads = heads.map { head -> HTMLText in
      head.isNumber
        ? "<th scope=\"col\" class=\"number\">\(head.name)</th>" : "<th scope=\"col\">\(head.name)</th>"
    }
    return """
      <div class="wide"><table><caption>\(caption)</caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      """
  }
}

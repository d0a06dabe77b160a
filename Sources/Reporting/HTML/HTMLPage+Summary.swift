import Model

extension HTMLPage {
  var summary: HTMLText {
    let part = page.summary
    return """
      <section id="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">Summary</h2>
      <p class="lead">\(lead)</p>
      <ul class="figures">
      \(figure(grouped(part.samples), "samples (\(part.modality))"))
      \(figure(part.flagged.map(grouped) ?? "not known", part.flagged == nil ? "flagged" : "flagged, \(percent(part.flagged ?? 0, of: part.samples))"))
      \(figure(grouped(part.incidents), part.incidents == 1 ? "incident" : "incidents"))
      \(figure(grouped(part.decided), "decided"))
      </ul>
      <h3>What was looked at</h3>
      <dl>
      \(files)
      \(entry("Labels", part.labelsFrom ?? "none"))
      \(classes)
      \(entry("Features", part.features))
      \(entry("Class probabilities", part.probabilities))
      \(entry("Suspicion", part.weights))
      </dl>
      \(unread)
      <h3>How it was looked at</h3>
      \(detectors)
      </section>
      """
  }

  private var lead: HTMLText {
    let part = page.summary
    guard let flagged = part.flagged else {
      return "No detector could run on these samples. Nothing is known of them."
    }
    let decided: HTMLText =
      part.decided == 0
      ? "No sample has been decided yet." : "Decided so far: \(tags(part.verdicts))."
    let incidents: HTMLText =
      part.incidents == 0
      ? "No incident was found."
      : "\(counted(part.incidents, "incident involves", "incidents involve")) \(counted(part.involved, "sample"))."
    return """
      Of \(counted(part.samples, "sample")), <strong>\(grouped(flagged)) (\(percent(flagged, of: part.samples)))</strong> \
      have a suspicion of 0.5 and above. \(incidents) \(decided)
      """
  }

  private func figure(_ number: String, _ name: String) -> HTMLText {
    "<li><strong>\(number)</strong> <span>\(name)</span></li>\n"
  }

  private func entry(_ name: String, _ value: String) -> HTMLText {
    value.isEmpty ? .nothing : "<div><dt>\(name)</dt><dd>\(HTMLText.data(value, upTo: 600))</dd></div>\n"
  }

  private var files: HTMLText {
    let files = page.summary.files
    let parts = files.items.map { file -> HTMLText in
      let roles: HTMLText =
        file.roles.items.isEmpty
        ? .nothing
        : "<br>\(HTMLText.list(file.roles.items.map { HTMLText.code($0) }, " "))\(file.roles.more > 0 ? " and \(file.roles.more) more" : "")"
      return "<div><dt>\(HTMLText.data(file.name))</dt><dd>\(file.form)\(roles)</dd></div>\n"
    }
    let rest: HTMLText =
      files.more > 0 ? "<div><dt>Files</dt><dd>and \(grouped(files.more)) more</dd></div>\n" : .nothing
    return "\(parts)\(rest)"
  }

  private var classes: HTMLText {
    let part = page.summary
    guard part.classes.total > 0 else { return .nothing }
    let names = part.classes.items.map {
      "\(HTMLText.data($0.name, upTo: 60)) <span class=\"soft\">\(grouped($0.count))</span>" as HTMLText
    }
    let more = part.classes.more > 0 ? ", and \(counted(part.classes.more, "class", "classes")) more" : ""
    let unlabelled = part.unlabelled > 0 ? "; \(grouped(part.unlabelled)) without a label" : ""
    return """
      <div><dt>\(counted(part.classes.total, "class", "classes"))</dt>\
      <dd>\(HTMLText.list(names))\(more)\(unlabelled)</dd></div>

      """
  }

  private var unread: HTMLText {
    let unread = page.summary.leftUnread
    guard unread.total > 0 else { return .nothing }
    let items = unread.items.map { "<li>\(HTMLText.data($0, upTo: 300))</li>" as HTMLText }
    return "<h3>Not read</h3>\n<ul>\(items)</ul>\(more(unread.more, "part"))"
  }

  private var detectors: HTMLText {
    let families = page.summary.families
    guard !families.isEmpty else { return "<p>No detector could run.</p>" }
    let count = families.reduce(0) { $0 + $1.detectors.count }
    let rows = families.map { family -> HTMLText in
      """
      <tr><th scope="row">\(family.name)</th><td class="number">\(family.detectors.count)</td>\
      <td>\(family.detectors.joined(separator: ", "))</td></tr>

      """
    }
    return table(
      "\(counted(count, "detector")) scored every sample that they could",
      [("Family", false), ("Ran", true), ("Detectors", false)], rows)
  }
}

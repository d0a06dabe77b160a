import Model
import Reporting
import Review

/// What was found and decided as one document: a page with pictures and plots, or Markdown for a ticket.
package struct ReportFormat: ExportFormat {
  package let name = "report"
  package let summary =
    "one page with the incidents, their pictures and plots, the decisions and what could not be seen, which needs "
    + "nothing from outside; Markdown for a ticket where PATH ends in .md"

  package init() {}

  /// Whatever is not settled is said in it: nobody trains on a report.
  package func write(_ reviewed: ReviewedCase, to path: String) throws -> [String] {
    // Its pictures would be those of other samples.
    try reviewed.opened.checkCurrent(reviewed.dataset)
    return try ExportTarget.write(path) { file in
      let page = ReportPage(material(reviewed))
      let isMarkdown = path.lowercased().hasSuffix(".md")
      try file.append((isMarkdown ? MarkdownPage(page).text : HTMLPage(page).text).utf8)
      let count = reviewed.opened.report.incidents.count
      return
        "a report on \(counted(count, "incident")) and \(counted(reviewed.samples.samples.count, "decided sample"))"
    }
  }

  private func material(_ reviewed: ReviewedCase) -> ReportMaterial {
    ReportMaterial(
      report: reviewed.opened.report, payloads: reviewed.payloads,
      judged: reviewed.samples.samples.map(JudgedSample.init), unknownIDs: reviewed.samples.unknown,
      journals: reviewed.journals.map(\.record), datasetPath: reviewed.dataset,
      casePath: reviewed.opened.path,
      toolVersion: reviewed.opened.toolVersion, madeAt: reviewed.madeAt)
  }
}

extension JudgedSample {
  fileprivate init(_ sample: ReviewedSamples.Sample) {
    self.init(
      row: sample.row, id: sample.id,
      opinions: sample.opinions.map {
        Opinion(
          reviewer: $0.reviewer, verdict: $0.verdict, at: $0.at, note: $0.note, independent: $0.independent)
      },
      state: State(sample.state), verdict: sample.verdict, tags: sample.tags)
  }
}

extension JudgedSample.State {
  fileprivate init(_ state: ReviewedSamples.State) {
    switch state {
    case .stands: self = .stands
    case .disputed: self = .disputed
    case .changed: self = .changed
    }
  }
}

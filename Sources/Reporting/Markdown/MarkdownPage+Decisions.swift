import Model
import Review

extension MarkdownPage {
  /// A ticket is read, not searched.
  private static let maxLines = 50

  var decisions: MarkdownText {
    let part = page.decisions
    let open: MarkdownText =
      part.undecidedFlagged > 0
      ? "\(counted(part.undecidedFlagged, "flagged sample")) without a decision.\n\n" : .nothing
    guard part.samples > 0 else { return "No sample has been decided yet. \(open)\n\n" }
    let reviewers = part.reviewers.items.map { reviewer -> [MarkdownText] in
      [
        MarkdownText.code(reviewer.name, upTo: 80), "\(grouped(reviewer.samples))",
        "\(counts(reviewer.verdicts))",
        "\(reviewer.last)",
      ]
    }
    return """
      \(counted(part.samples, "sample")) decided: \(counts(part.verdicts)). \(grouped(part.disputed)) disputed, \
      \(grouped(part.adjudicated)) adjudicated, \
      \(grouped(part.changed)) changed since, \(counted(part.unknown, "decided id")) not in this dataset.

      \(open)\(MarkdownText.table(["Reviewer", "samples", "verdicts", "last"], reviewers))\(more(part.reviewers.more, "reviewer"))\(agreement)
      \(lines)
      """
  }

  private var agreement: MarkdownText {
    let agreement = page.decisions.agreement
    guard agreement.shared > 0 else { return "No sample was judged by more than one reviewer.\n" }
    let pairs = page.decisions.pairs.items.map { pair -> MarkdownText in
      """
      - \(MarkdownText.code(pair.first, upTo: 60)) and \(MarkdownText.code(pair.second, upTo: 60)): the same of \
      \(grouped(pair.same)) of \(grouped(pair.shared)), kappa \(pair.kappa.map { fixed($0.value, 2) } ?? "-")\
      \(interval(pair.kappa))

      """
    }
    return """
      Agreement: the same of \(grouped(agreement.same)) of \(grouped(agreement.shared)) that several judged \
      (\(percent(agreement.same, of: agreement.shared)))\(fleiss). Adjudications do not count here.

      \(pairs)\(more(page.decisions.pairs.more, "pair"))
      """
  }

  private var fleiss: MarkdownText {
    guard let kappa = page.decisions.agreement.kappa else { return .nothing }
    return "; Fleiss' kappa \(fixed(kappa.value, 2))\(interval(kappa))"
  }

  private func interval(_ kappa: Kappa?) -> MarkdownText {
    guard let interval = kappa?.interval else { return .nothing }
    return " (95 %: \(fixed(interval.low, 2)) to \(fixed(interval.high, 2)))"
  }

  private var lines: MarkdownText {
    let all = page.decisions.lines
    let rows = all.items.prefix(Self.maxLines).map { line -> [MarkdownText] in
      let label: MarkdownText? = line.newLabel.map { " to \(MarkdownText.code($0, upTo: 60))" }
      return [
        MarkdownText.code(line.id, upTo: 80), MarkdownText.code(line.label ?? "none", upTo: 60),
        "\(fixed(line.suspicion, 3))", "\(line.verdict)\(label)", MarkdownText.code(line.reviewer, upTo: 60),
        "\(line.at)",
        line.tags.isEmpty ? .nothing : MarkdownText.code(line.tags.joined(separator: " "), upTo: 60),
        "\(line.state)",
      ]
    }
    let table = MarkdownText.table(
      ["Sample", "label", "suspicion", "verdict", "reviewer", "at", "tags", "state"], Array(rows))
    return table + more(all.total - rows.count, "verdict")
  }
}

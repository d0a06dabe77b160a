import Model
import Review
import Scanning

/// The samples of a dataset that somebody gave a verdict or a tag, in dataset order.
struct ReviewedSamples {
  enum State: String {
    case stands
    /// Reviewers differ.
    case disputed
    /// The sample is no longer what was judged.
    case changed
  }
  struct Sample {
    let row: Int
    let id: String
    let opinions: [Agreement.Opinion]
    let state: State
    let tags: [String]

    /// What counts of it; nil where nothing is settled.
    var verdict: Verdict? { opinions.settled }
  }
  /// Those with a verdict.
  let samples: [Sample]
  /// Those with a tag and no verdict, and who tagged them last.
  let tagged: [(sample: Sample, by: Decision)]
  /// How many decided ids the dataset does not have.
  let unknown: Int
  private let count: Int

  init(report: Report, payloads: any PayloadSource, agreement: Agreement) {
    var samples: [Sample] = []
    var tagged: [(sample: Sample, by: Decision)] = []
    let judgedIDs = agreement.ids
    let known = judgedIDs.union(agreement.taggedIDs)
    if !known.isEmpty {
      for (row, id) in report.ids.enumerated() where known.contains(id) {
        let opinions = agreement.opinions(on: id)
        let tags = agreement.tagDecisions(on: id)
        if opinions.isEmpty {
          let last = tags.values.max { ($0.at, $0.reviewer) < ($1.at, $1.reviewer) }
          let sample = Sample(row: row, id: id, opinions: [], state: .stands, tags: tags.keys.sorted())
          if let last { tagged.append((sample, last)) }
          continue
        }
        let judged = JudgedContent(
          payloads, row: row, label: report.labelName(at: row) ?? "", report.facts.classes)
        let hasChanged = opinions.contains { !judged.isContent(of: $0) }
        samples.append(
          Sample(
            row: row, id: id, opinions: opinions,
            state: hasChanged ? .changed : opinions.isDisputed ? .disputed : .stands,
            tags: tags.keys.sorted()))
      }
    }
    self.samples = samples
    self.tagged = tagged
    // An id that the dataset has twice names two of its samples.
    unknown = judgedIDs.count - Set(samples.lazy.map(\.id)).count
    count = report.count
  }

  /// The verdicts, once there is one a sample.
  struct Settled {
    let poisoned: Selection
    let relabels: [(row: Int, label: String)]
  }
  struct Selection {
    let rows: [Int]
    let others: [Int]
  }

  /// - Throws: `CaseFileError` naming the samples whose verdict is disputed or was given on other content.
  func settled() throws(CaseFileError) -> Settled {
    try refuse(
      .disputed, "reviewers differ; one of them must adjudicate (A in a review), decide again or undo")
    try refuse(.changed, "the content is not what was judged; decide again")
    var isPoisoned = [Bool](repeating: false, count: count)
    var relabels: [(row: Int, label: String)] = []
    for sample in samples {
      guard let verdict = sample.verdict else { continue }
      if verdict == .poisoned { isPoisoned[sample.row] = true }
      if let label = verdict.newLabel { relabels.append((sample.row, label)) }
    }
    return Settled(
      poisoned: Selection(
        rows: isPoisoned.indices.filter { isPoisoned[$0] },
        others: isPoisoned.indices.filter { !isPoisoned[$0] }),
      relabels: relabels)
  }

  private func refuse(_ state: State, _ reason: String) throws(CaseFileError) {
    let found = samples.filter { $0.state == state }
    guard !found.isEmpty else { return }
    let ids = found.prefix(5).map(\.id).joined(separator: ", ") + (found.count > 5 ? ", …" : "")
    throw CaseFileError(.invalid, counted(found.count, "\(state.rawValue) sample"), "\(ids): \(reason)")
  }
}

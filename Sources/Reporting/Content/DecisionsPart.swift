import Model
import Review
import Scanning

/// What was decided, by whom, and how far the reviewers agree.
package struct DecisionsPart: Sendable, Equatable {
  package struct Reviewer: Sendable, Equatable {
    package let name: String
    /// Samples with a standing verdict of this reviewer.
    package let samples: Int
    package let verdicts: [Count]
    /// When the first and the last of these verdicts were given: ISO 8601, UTC.
    package let first: String
    package let last: String
  }
  /// One reviewer's verdict on one sample.
  package struct Line: Sendable, Equatable {
    package let id: String
    /// The given label; nil without one.
    package let label: String?
    /// 0...1.
    package let suspicion: Double
    package let verdict: String
    /// Of a relabel.
    package let newLabel: String?
    package let reviewer: String
    /// ISO 8601, UTC.
    package let at: String
    package let note: String?
    package let tags: [String]
    /// That of the sample (`JudgedSample.State`), or "overruled" where it stands with another verdict.
    package let state: String
  }

  /// Samples with a standing verdict.
  package let samples: Int
  package let verdicts: [Count]
  /// Those with the most verdicts first.
  package let reviewers: Bounded<Reviewer>
  /// Over what each reviewer said before anybody adjudicated.
  package let agreement: AgreementStatistics
  package let pairs: Bounded<AgreementStatistics.Pair>
  /// Samples with differing verdicts that somebody has adjudicated.
  package let adjudicated: Int
  /// Samples with differing verdicts that nobody has.
  package let disputed: Int
  /// Samples whose content is no longer what was judged.
  package let changed: Int
  /// Decided ids that the dataset does not have.
  package let unknown: Int
  /// Flagged samples that nobody has decided about; 0 where no detector ran.
  package let undecidedFlagged: Int
  /// Unsettled verdicts first, then in dataset order, then by reviewer.
  package let lines: Bounded<Line>

  private static let maxLines = 300
  private static let maxReviewers = 40
  private static let maxPairs = 20

  init(_ material: ReportMaterial) {
    let report = material.report
    let judged = material.judged
    let verdicts = StandingVerdicts(material)
    samples = judged.count
    self.verdicts = verdicts.counts(judged.lazy.map(\.row))
    disputed = judged.count { $0.state == .disputed }
    changed = judged.count { $0.state == .changed }
    unknown = material.unknownIDs
    undecidedFlagged =
      report.hasScores
      ? (0..<report.count).count { report.isFlagged($0) && verdicts.mark($0) == .undecided } : 0
    reviewers = Bounded(Self.reviewers(judged), upTo: Self.maxReviewers)
    agreement = AgreementStatistics(judged.map(\.ratings))
    pairs = Bounded(agreement.pairs, upTo: Self.maxPairs)
    adjudicated = judged.count { sample in
      sample.state == .stands && sample.opinions.contains { $0.verdict != sample.verdict }
    }
    let ordered = judged.filter { $0.state != .stands } + judged.filter { $0.state == .stands }
    let total = judged.reduce(0) { $0 + $1.opinions.count }
    lines = Bounded(
      Array(ordered.lazy.flatMap { Self.lines(of: $0, report) }.prefix(Self.maxLines)), of: total)
  }

  private static func lines(of sample: JudgedSample, _ report: Report) -> [Line] {
    sample.opinions.map { opinion in
      Line(
        id: sample.id, label: report.className(report.givenLabel(sample.row)),
        suspicion: Double(report.suspicion[sample.row]), verdict: opinion.verdict.word,
        newLabel: opinion.verdict.newLabel, reviewer: opinion.reviewer, at: Timestamp.text(opinion.at),
        note: opinion.note, tags: sample.tags,
        state: sample.state == .stands && opinion.verdict != sample.verdict
          ? "overruled" : sample.state.rawValue)
    }
  }

  /// Those with the most verdicts first.
  private static func reviewers(_ judged: [JudgedSample]) -> [Reviewer] {
    var opinions: [String: [JudgedSample.Opinion]] = [:]
    for opinion in judged.lazy.flatMap(\.opinions) { opinions[opinion.reviewer, default: []].append(opinion) }
    let words = ["poisoned", "relabel", "unsure", "clean"]
    return opinions.map { name, opinions in
      let times = opinions.map(\.at)
      return Reviewer(
        name: name, samples: opinions.count,
        verdicts: words.compactMap { word in
          let count = opinions.count { $0.verdict.word == word }
          return count > 0 ? Count(name: word, count: count) : nil
        },
        first: Timestamp.text(times.min() ?? 0), last: Timestamp.text(times.max() ?? 0))
    }.sorted { ($1.samples, $0.name) < ($0.samples, $1.name) }
  }
}

extension JudgedSample {
  fileprivate var ratings: [AgreementStatistics.Rating] {
    opinions.compactMap { opinion in
      opinion.independent.map { .init(reviewer: opinion.reviewer, verdict: $0) }
    }
  }
}

import Model
import Scanning

/// What a report tells, as values that every form of it shows alike. Text in it is as it came: a renderer makes it
/// displayable and escapes it.
package struct ReportPage: Sendable, Equatable {
  package let dataset: String
  /// ISO 8601, UTC.
  package let madeAt: String
  package let summary: SummaryPart
  package let histogram: SuspicionHistogram
  /// Nil where the samples have no place in a plane.
  package let plane: SamplePlane?
  package let incidents: [IncidentPart]
  /// The others, each in a line.
  package let furtherIncidents: Bounded<IncidentLine>
  /// Sentences on copies in different splits.
  package let leaks: [String]
  package let decisions: DecisionsPart
  package let coverageGaps: CoverageGaps
  package let provenance: ProvenancePart

  /// Incidents that are shown with findings and samples; a page of hundreds would not be read.
  package static let maxIncidents = 24
  private static let maxFurther = 200

  package init(_ material: ReportMaterial) {
    let report = material.report
    let verdicts = StandingVerdicts(material)
    var exhibits = ExhibitMaker(material, verdicts: verdicts)
    dataset = report.facts.name
    summary = SummaryPart(material, verdicts: verdicts)
    histogram = SuspicionHistogram(report, verdicts: verdicts)
    plane = SamplePlane(report)
    var parts: [IncidentPart] = []
    for incident in report.incidents.prefix(Self.maxIncidents) {
      parts.append(IncidentPart(incident, material, verdicts: verdicts, exhibits: &exhibits))
    }
    incidents = parts
    furtherIncidents = Bounded(
      report.incidents.dropFirst(Self.maxIncidents).map { IncidentLine($0, report) }, upTo: Self.maxFurther)
    leaks = report.findings.filter { $0.kind == .leakage }.map(\.sentence)
    decisions = DecisionsPart(material)
    coverageGaps = CoverageGaps(material)
    provenance = ProvenancePart(material)
    madeAt = provenance.madeAt
  }
}

/// The first elements of a list, and how many more it has, so that a page can say what it leaves out.
package struct Bounded<Element: Sendable & Equatable>: Sendable, Equatable {
  package let items: [Element]
  package let more: Int

  package init(_ all: [Element], upTo limit: Int) {
    items = Array(all.prefix(limit))
    more = max(0, all.count - limit)
  }

  package var total: Int { items.count + more }
}

/// The verdict on each sample, by row.
struct StandingVerdicts {
  enum Mark: Int, CaseIterable, Sendable {
    case poisoned, relabel, disputed, unsure, clean, undecided

    var word: String {
      switch self {
      case .poisoned: "poisoned"
      case .relabel: "relabel"
      case .disputed: "disputed"
      case .unsure: "unsure"
      case .clean: "clean"
      case .undecided: "undecided"
      }
    }
  }
  private let byRow: [Int: JudgedSample]

  init(_ material: ReportMaterial) {
    byRow = Dictionary(material.judged.map { ($0.row, $0) }) { first, _ in first }
  }

  func sample(_ row: Int) -> JudgedSample? { byRow[row] }

  func mark(_ row: Int) -> Mark {
    guard let sample = byRow[row] else { return .undecided }
    return switch sample.verdict {
    case .poisoned: .poisoned
    case .relabel: .relabel
    case .unsure: .unsure
    case .clean: .clean
    case nil: .disputed
    }
  }

  /// How many of `rows` have each mark, in the order of `Mark`, without marks that no row has.
  func counts(_ rows: some Sequence<Int>) -> [Count] {
    var counts = [Int](repeating: 0, count: Mark.allCases.count)
    for row in rows { counts[mark(row).rawValue] += 1 }
    return Mark.allCases.compactMap { mark in
      let count = counts[mark.rawValue]
      return count > 0 ? Count(name: mark.word, count: count) : nil
    }
  }
}

/// How many samples there are of a class or a verdict.
package struct Count: Sendable, Equatable {
  package var name: String
  package var count: Int
}

extension Report {
  /// The name of a class; nil for none.
  func className(_ code: Int32) -> String? {
    facts.classes.indices.contains(Int(code)) ? facts.classes[Int(code)] : nil
  }
  func givenLabel(_ row: Int) -> Int32 { labels.indices.contains(row) ? labels[row] : -1 }
}

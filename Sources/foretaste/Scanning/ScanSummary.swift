import CaseFiles
import Learning
import Model
import Scanning

/// What `scan` prints: the same facts as text for people and as JSON for programs.
struct ScanSummary: Encodable {
  struct DetectorLine: Encodable {
    var name: String
    var family: String
    var state: String
    var reason: String?
    var seconds: Double
  }
  struct CoverageGapLine: Encodable {
    var attack: String
    var reason: String
  }
  struct FusionLine: Encodable {
    var weights: String
    var unknownDetectors: [String]
    var missingDetectors: [String]
    /// Suspects of a first round, without which the label scores were made.
    var setAside: Int
  }
  struct Stage: Encodable {
    var stage: String
    var seconds: Double
  }

  let dataset: String
  let modality: String
  let n: Int
  let classes: [String]
  let digest: String
  let featureSource: String
  let probabilitySource: String
  /// Absent where no detector ran: then it is not known.
  let flagged: Int?
  /// As they stand in case.json, with the path to the members.
  let findings: [FindingRecord]
  /// The findings joined, as they stand in case.json, with the path to the members.
  let incidents: [IncidentRecord]
  let detectors: [DetectorLine]
  /// Attacks that would go unnoticed here, and why.
  let cannotSee: [CoverageGapLine]
  let fusion: FusionLine
  /// Of the neighbors that are not exact, as it stands in case.json.
  let neighborRecall: [String: NeighborRecall]
  let stages: [Stage]
  let seconds: Double
  let notes: [String]
  /// How the files were understood.
  let reading: Reading
  let casePath: String

  init(_ report: Report, casePath: String) {
    let facts = report.facts
    dataset = facts.name
    modality = facts.modality.rawValue
    n = facts.count
    classes = facts.classes
    digest = facts.digest.hex
    featureSource = facts.featureSource
    probabilitySource = facts.probabilitySource
    flagged = report.flaggedCount
    findings = report.findings.map { finding in
      var record = FindingRecord(finding, classes: facts.classes)
      record.samples = casePath + "/" + record.samples
      return record
    }
    incidents = report.incidents.map { incident in
      var record = IncidentRecord(incident, classes: facts.classes)
      record.samples = casePath + "/" + record.samples
      return record
    }
    detectors = report.detectors.map { detector in
      let (state, reason): (String, String?) =
        switch detector.outcome {
        case .ran: ("ran", nil)
        case .skipped(let reason): ("skipped", reason)
        }
      return DetectorLine(
        name: detector.info.name, family: detector.info.family.rawValue, state: state, reason: reason,
        seconds: detector.seconds)
    }
    cannotSee = report.coverageGaps.map { CoverageGapLine(attack: $0.attack, reason: $0.reason) }
    fusion = FusionLine(
      weights: report.fusion.weights, unknownDetectors: report.fusion.unknownDetectors,
      missingDetectors: report.fusion.missingDetectors, setAside: report.fusion.setAside)
    neighborRecall = report.neighborRecall
    stages = report.timings.map { Stage(stage: $0.stage, seconds: $0.seconds) }
    seconds = report.timings.reduce(0) { $0 + $1.seconds }
    notes = facts.notes
    reading = facts.reading
    self.casePath = casePath
  }

  private static let maxNotes = 20

  /// What was done, how many of its samples are flagged, when, and from where.
  private static func lines(_ incident: IncidentRecord) -> [String] {
    let joined = incident.findings.count > 1 ? "  (\(incident.findings.joined(separator: ", ")))" : ""
    var lines = [
      "  \(incident.id.leftAligned(4)) \(incident.flagged.formatted(width: 6)) of \(grouped(incident.size))  "
        + incident.sentence + joined
    ]
    if let when = incident.when { lines.append("       when   " + when) }
    if let origin = incident.origin { lines.append("       where  " + origin) }
    return lines
  }

  func json() throws -> String { try JSONText.encode(self) }

  func text() -> String {
    let told = flagged.map { flagged in
      "\(grouped(flagged)) (\((Double(flagged) / Double(max(1, n)) * 100).fixed(2)) %) with suspicion 0.5 and above"
    }
    var lines = [
      "\(displayText(dataset)): \(counted(n, "sample")) (\(modality)), \(counted(classes.count, "class", "classes"))"
    ]
    lines += ReadingText(reading, classes: classes).short
    lines += [
      "features      \(displayText(featureSource))",
      "probabilities \(displayText(probabilitySource))",
      "flagged       \(told ?? "not known: no detector could run")",
    ]
    lines += neighborRecall.sorted { $0.key < $1.key }.map { name, recall in
      "approximate   \(displayText(name)): \((recall.recallAt10 * 100).fixed(1)) % of the nearest 10 and "
        + "\((recall.recallAt50 * 100).fixed(1)) % of the nearest 50 found"
        + (recall.shortfall.map { ": \($0)" } ?? "")
    }
    lines += notes.prefix(Self.maxNotes).map { "note          " + displayText($0) }
    if notes.count > Self.maxNotes {
      lines.append(
        "note          and \(counted(notes.count - Self.maxNotes, "more note")) (scan --json lists all)")
    }
    if incidents.isEmpty {
      lines.append("incidents     none")
    } else {
      lines.append("incidents")
      lines += incidents.prefix(12).flatMap(Self.lines)
      if incidents.count > 12 { lines.append("  and \(incidents.count - 12) more (scan --json lists all)") }
    }
    let leaks = findings.filter { $0.kind == .leakage }
    if !leaks.isEmpty { lines.append("across splits") }
    lines += leaks.map { "  \($0.id.leftAligned(4)) \($0.sentence)" }
    let others = detectors.count { $0.reason.map(Needs.otherData.contains) ?? false }
    let skipped = detectors.filter { $0.reason.map { !Needs.otherData.contains($0) } ?? false }
    let ran = detectors.count - skipped.count - others
    lines.append(
      "detectors     \(ran) ran"
        + (others > 0 ? ", \(counted(others, "is", "are")) for other kinds of data" : "")
        + (skipped.isEmpty ? "" : ", \(skipped.count) could not"))
    lines += skipped.map { "  \($0.name.leftAligned(24)) \($0.reason ?? "")" }
    if !cannotSee.isEmpty {
      lines.append("cannot see")
      lines += cannotSee.map { "  \($0.attack.leftAligned(32)) \(displayText($0.reason))" }
    }
    lines.append("case          \(displayText(casePath))  (\(seconds.fixed(1)) s)")
    return lines.joined(separator: "\n") + "\n"
  }
}

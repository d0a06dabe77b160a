import Learning
import Model
import Scanning

/// What was scanned and how it was read.
package struct SummaryPart: Sendable, Equatable {
  package struct File: Sendable, Equatable {
    package let name: String
    /// Its form, encoding and rows, or the shape of an array and what it is taken for.
    package let form: String
    /// Columns that play a role, such as "label: class (category)".
    package let roles: Bounded<String>
  }
  package struct Family: Sendable, Equatable {
    package let name: String
    package let detectors: [String]
  }

  package let modality: String
  package let samples: Int
  /// Samples of each class, in the order of the classes.
  package let classes: Bounded<Count>
  /// Samples without a label.
  package let unlabelled: Int
  /// Samples with a suspicion of `Report.flagThreshold` and above; nil where no detector ran.
  package let flagged: Int?
  package let incidents: Int
  /// Samples in at least one incident.
  package let involved: Int
  /// Samples with a standing verdict, by verdict and in all.
  package let verdicts: [Count]
  package let decided: Int
  /// What the features and the class probabilities are.
  package let features: String
  package let probabilities: String
  /// Where the labels were read, and the order of the classes; nil without labels.
  package let labelsFrom: String?
  package let files: Bounded<File>
  package let leftUnread: Bounded<String>
  /// Detectors that ran, by family in the order of the registry.
  package let families: [Family]
  package let weights: String

  init(_ material: ReportMaterial, verdicts: StandingVerdicts) {
    let report = material.report
    let facts = report.facts
    modality = facts.modality.rawValue
    samples = report.count
    var counts = [Int](repeating: 0, count: facts.classes.count)
    for label in report.labels where counts.indices.contains(Int(label)) { counts[Int(label)] += 1 }
    unlabelled = report.count - counts.reduce(0, +)
    classes = Bounded(
      zip(facts.classes, counts).map { Count(name: $0, count: $1) }, upTo: 24)
    flagged = report.flaggedCount
    incidents = report.incidents.count
    involved = Set(report.incidents.lazy.flatMap(\.members)).count
    self.verdicts = verdicts.counts(material.judged.lazy.map(\.row))
    decided = material.judged.count
    features = facts.featureSource
    probabilities = facts.probabilitySource
    labelsFrom = facts.reading.labels.map { "\($0.from); order of the classes: \($0.order)" }
    files = Bounded(Self.files(facts.reading), upTo: 20)
    leftUnread = Bounded(facts.reading.unread, upTo: 20)
    families = Self.families(report)
    weights = report.fusion.weights
  }

  private static func files(_ reading: Reading) -> [File] {
    let records = reading.files.map { part in
      var form = [part.format, part.encoding, counted(part.rows, "row")]
      if part.skippedLines > 0 { form.append(counted(part.skippedLines, "bad line") + " left out") }
      let roles = part.columns.compactMap { column in
        column.role.map { "\($0): \(column.name) (\(column.type))" }
      }
      return File(name: part.file, form: form.joined(separator: ", "), roles: Bounded(roles, upTo: 12))
    }
    let arrays = reading.arrays.map { part in
      let shape = part.shape.map(String.init).joined(separator: " x ")
      return File(
        name: part.file, form: "\(shape) of \(part.dtype), \(part.role)", roles: Bounded([], upTo: 0))
    }
    return records + arrays
  }

  /// In the order of the registry.
  private static func families(_ report: Report) -> [Family] {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for detector in report.detectors where detector.raw != nil {
      let family = detector.info.family.rawValue
      if names[family] == nil { order.append(family) }
      names[family, default: []].append(detector.info.name)
    }
    return order.map { Family(name: $0, detectors: names[$0] ?? []) }
  }
}

import Learning
import Model

/// All that a scan found: what the case folder stores and the workbench shows. The columns lie on the heap after
/// a scan and in mapped files when a case is reopened.
package struct Report: Sendable {
  package var facts: DatasetFacts
  package var ids: StringColumn
  /// Index into `facts.classes`, -1 without a label.
  package var labels: Column<Int32>
  /// 0...1, finite for every sample.
  package var suspicion: Column<Float>
  /// Index into `hypotheses`; 0 is "none".
  package var hypothesis: Column<UInt8>
  /// Attack names, e.g. "label-flip"; entry 0 is "none".
  package var hypotheses: [String]
  /// Class that the evidence suggests instead of the given label; -1 where it suggests none.
  package var suggestedLabels: Column<Int32>
  /// [N, 2] row-major: probability of the given label and of the most probable other class, NaN where there is none;
  /// empty without probabilities.
  package var labelProbabilities: Column<Float> = []
  /// In the order of the columns of scores.csv.
  package var detectors: [DetectorResult]
  /// The nearest of all samples in the features; nil without features.
  package var neighbors: NeighborTable?
  /// [N, 2] row-major: a 2-D layout of the features; NaN where a sample has none. Empty without features.
  package var layout: Column<Float>
  /// Cluster of each sample in the layout, -1 for none. Empty without features.
  package var clusters: Column<Int32>
  /// By evidence, the strongest first; leaks between splits stand last.
  package var findings: [Finding]
  /// The findings joined by the samples that they share, by evidence.
  package var incidents: [Incident] = []
  /// Index into `incidents` by sample, -1 for none; may be empty where there are no incidents.
  package var incidentCodes: Column<Int32> = []
  /// What drove the suspicion, by family; nil in a case of an earlier version.
  package var contributions: Contributions?
  /// The nearest of the same class, by which samples beside poison are found; nil without labels or features.
  package var classNeighbors: NeighborTable?
  /// Attacks that this scan is blind to, and why.
  package var coverageGaps: [CoverageGap] = []
  package var fusion = FusionFacts()
  /// Who each sample is from; nil where the dataset does not say.
  package var sources: Categories?
  /// Milliseconds since 1970 UTC, or `Dataset.noTime`.
  package var times: Column<Int64>?
  /// How near the neighbors that were searched for by cells are to the exact ones, by the name of the search:
  /// "neighbors", "class-neighbors" and "input-neighbors". Those that do not stand here are exact.
  package var neighborRecall: [String: NeighborRecall] = [:]
  /// Stages of the scan in order, with their wall-clock seconds.
  package var timings: [StageTiming]

  package init(
    facts: DatasetFacts, ids: StringColumn, labels: Column<Int32>, suspicion: Column<Float>,
    hypothesis: Column<UInt8>, hypotheses: [String], suggestedLabels: Column<Int32>,
    detectors: [DetectorResult], neighbors: NeighborTable?, layout: Column<Float>, clusters: Column<Int32>,
    findings: [Finding], sources: Categories?, times: Column<Int64>?, timings: [StageTiming]
  ) {
    self.facts = facts
    self.ids = ids
    self.labels = labels
    self.suspicion = suspicion
    self.hypothesis = hypothesis
    self.hypotheses = hypotheses
    self.suggestedLabels = suggestedLabels
    self.detectors = detectors
    self.neighbors = neighbors
    self.layout = layout
    self.clusters = clusters
    self.findings = findings
    self.sources = sources
    self.times = times
    self.timings = timings
  }

  /// Samples, those that the scan did not look at among them.
  package var count: Int { ids.count }
  /// Probability of the given label of `row` and of the most probable other class; nil where nothing is known.
  package func labelProbabilities(of row: Int) -> (given: Float, other: Float)? {
    guard labelProbabilities.indices.contains(2 * row + 1) else { return nil }
    let (given, other) = (labelProbabilities[2 * row], labelProbabilities[2 * row + 1])
    return given.isNaN || other.isNaN ? nil : (given, other)
  }
  /// The incident of most evidence that holds `row`; nil where there is none.
  package func incident(of row: Int) -> Incident? {
    guard incidentCodes.indices.contains(row), incidents.indices.contains(Int(incidentCodes[row])) else {
      return nil
    }
    return incidents[Int(incidentCodes[row])]
  }
  /// What drove the suspicion of `row`, by family; empty where it is not known.
  package func contributions(of row: Int) -> [Contributions.Part] { contributions?.of(row) ?? [] }
  /// Suspicion from which a sample counts as flagged.
  package static let flagThreshold: Float = 0.5
  /// - Parameter row: 0..<count.
  package func isFlagged(_ row: Int) -> Bool { suspicion[row] >= Self.flagThreshold }
  /// Whether a detector ran, so that anything is known of the samples.
  package var hasScores: Bool { detectors.contains { $0.raw != nil } }
  /// Samples that are flagged; nil where no detector ran.
  package var flaggedCount: Int? { hasScores ? suspicion.count { $0 >= Self.flagThreshold } : nil }
}

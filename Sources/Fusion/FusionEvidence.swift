import Learning
import Model
import Numerics
import Scanning

/// What a scan knows of its samples before the fusion, and a case keeps: enough to fuse again with other weights or
/// without some of the detectors.
package struct FusionEvidence: Sendable {
  /// Given class of each sample, -1 for none.
  package var labels: Column<Int32>
  /// The nearest of the same class; nil without labels or features.
  package var classNeighbors: NeighborTable?
  package var detectors: [DetectorResult]
  package var findings: [Finding]
  package var sources: Categories?
  /// Milliseconds since 1970 UTC, or `Dataset.noTime`.
  package var times: Column<Int64>?

  package init(
    labels: Column<Int32>, classNeighbors: NeighborTable?, detectors: [DetectorResult], findings: [Finding],
    sources: Categories? = nil, times: Column<Int64>? = nil
  ) {
    self.labels = labels
    self.classNeighbors = classNeighbors
    self.detectors = detectors
    self.findings = findings
    self.sources = sources
    self.times = times
  }

  package init(_ report: Report) {
    self.init(
      labels: report.labels, classNeighbors: report.classNeighbors, detectors: report.detectors,
      findings: report.findings.filter { $0.kind.family != .origin && $0.kind.isEvidence },
      sources: report.sources,
      times: report.times)
  }

  package var count: Int { labels.count }

  /// The same without what some detectors said. Their findings go with them where all of a kind are theirs.
  package func without(detectors names: Set<String>, findings kinds: Set<Finding.Kind> = []) -> FusionEvidence
  {
    var rest = self
    rest.detectors.removeAll { names.contains($0.info.name) }
    rest.findings.removeAll { kinds.contains($0.kind) }
    return rest
  }
}

extension Finding {
  /// Decades of evidence, -log10 of the q-value, 0...50; 0 where a group has no test behind it.
  package var strength: Float { Self.strength(ofQ: qValue) }

  static func strength(ofQ qValue: Double?) -> Float {
    guard let qValue, qValue < 1 else { return 0 }
    return Float(min(50, -naturalLog(max(qValue, 1e-50)) / naturalLog(10)))
  }
}

extension Finding.Kind {
  /// The family whose contribution a finding of this kind counts to.
  package var family: DetectorInfo.Family {
    switch self {
    case .trigger: .triggers
    case .duplicates: .duplicates
    case .component: .representation
    case .labelPair, .flips: .labels
    case .source, .burst: .origin
    case .outliers, .scaling: .density
    case .leakage: .duplicates
    }
  }
}

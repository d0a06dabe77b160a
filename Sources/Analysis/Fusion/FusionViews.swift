import Model

/// All that the fusion reads of a set. Where a sample came from and when is no part of it: see `OriginLift`.
package struct FusionViews: Sendable {
  package let count: Int
  /// The detectors of content that ran, in the order of the report.
  package let detectors: [DetectorView]
  /// By sample the evidence of the strongest finding that it belongs to: 0 of none, else 1 + decades.
  let marks: [Float]
  /// The same of the findings that explain what was done, in decades (`Finding.Kind.isExplanation`).
  let decades: [Float]
  /// Place in `DetectorInfo.Family.allCases` of the finding that `decades` is of; 0 where there is none.
  let explaining: [UInt8]
  /// Whether the sample belongs to a group that chance does not explain.
  let isSupported: [Bool]
  let contexts: [DetectorContext]

  package init(_ evidence: FusionEvidence, workers: Workers) throws {
    let count = evidence.count
    let ran = evidence.detectors.filter { $0.info.family != .origin && $0.raw != nil }
    detectors = try workers.map(count: ran.count, blockSize: 1) { range -> DetectorView? in
      let detector = ran[range.lowerBound]
      return detector.raw.map {
        DetectorView(detector.info, scores: $0, classNeighbors: evidence.classNeighbors)
      }
    }.compactMap { $0 }
    var marks = [Float](repeating: 0, count: count)
    var decades = marks
    var explaining = [UInt8](repeating: 0, count: count)
    var isSupported = [Bool](repeating: false, count: count)
    for finding in evidence.findings where finding.kind.family != .origin {
      for member in finding.members.lazy.map(Int.init) {
        marks[member] = max(marks[member], 1 + finding.strength)
        if finding.kind.isExplanation, finding.strength > decades[member] {
          decades[member] = finding.strength
          explaining[member] = UInt8(finding.kind.family.place)
        }
        if finding.strength > 0 { isSupported[member] = true }
      }
    }
    self.count = count
    self.marks = marks
    self.decades = decades
    self.explaining = explaining
    self.isSupported = isSupported
    contexts = try DetectorContext.all(detectors, evidence, marks: marks, workers: workers)
  }
}

extension Finding.Kind {
  /// Whether nine in ten members of such findings are poison on the sets that the weights are fitted on, so that
  /// membership alone says much of a sample.
  var isExplanation: Bool {
    switch self {
    case .trigger, .duplicates, .flips, .component: true
    case .outliers, .labelPair, .source, .burst: false
    }
  }
}

extension DetectorInfo.Family {
  /// In `allCases`.
  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

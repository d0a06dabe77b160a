import Model
import Numerics
import Scanning

/// All that the fusion reads of a set. Where a sample came from and when is no part of it: see `OriginLift`.
package struct FusionViews: Sendable {
  package let count: Int
  /// The detectors of content that ran, in the order of the report.
  package let detectors: [DetectorView]
  /// By sample the evidence, in decades, of the strongest finding that it belongs to.
  let decades: [Float]
  /// Index in `DetectorInfo.Family.allCases` of that finding's family; 0 where there is none.
  let families: [UInt8]
  let contexts: [DetectorContext]
  /// Given class of each sample, -1 for none.
  let labels: Column<Int32>
  let classCount: Int
  /// By detector, the classes that stand out among its highest scores.
  let classLifts: [[ClassLift]]

  /// - Parameter known: views of other evidence on the same samples; those of columns that are here too are taken over.
  package init(_ evidence: FusionEvidence, known: [DetectorView] = [], workers: Workers) throws {
    let count = evidence.count
    let ran = evidence.detectors.compactMap { detector in
      detector.info.family == .origin ? nil : detector.raw.map { (info: detector.info, scores: $0) }
    }
    var views = ran.map { detector in
      known.first { $0.name == detector.info.name && $0.scores.isIdentical(to: detector.scores) }
    }
    let missing = views.indices.filter { views[$0] == nil }
    var made = try workers.map(count: missing.count, blockSize: 1) { range in
      let detector = ran[missing[range.lowerBound]]
      return DetectorView(detector.info, scores: detector.scores)
    }
    if let neighbors = evidence.classNeighbors {
      try DetectorView.near(&made, in: neighbors, workers: workers)
    }
    for (place, view) in zip(missing, made) { views[place] = view }
    detectors = views.compactMap { $0 }
    // 0 of samples in no finding, else 1 + decades: a finding without a test is some evidence for a detector.
    var marks = [Float](repeating: 0, count: count)
    var families = [UInt8](repeating: 0, count: count)
    var decades = marks
    for finding in evidence.findings where finding.kind.family != .origin {
      for member in finding.members.lazy.map(Int.init) {
        marks[member] = max(marks[member], 1 + finding.strength)
        guard finding.strength > decades[member] else { continue }
        decades[member] = finding.strength
        families[member] = UInt8(finding.kind.family.index)
      }
    }
    self.count = count
    self.families = families
    self.decades = decades
    let classShares = Self.classShares(evidence.labels)
    contexts = try DetectorContext.all(
      detectors, evidence, classShares: classShares, marks: marks, workers: workers)
    labels = evidence.labels
    classCount = classShares.count
    classLifts = detectors.map { view in
      ClassLift.all(
        view.leaders(where: { decades[$0] == 0 }).map { evidence.labels[$0] }, classShares: classShares)
    }
  }
}

extension FusionViews {
  /// Of the samples with a label.
  private static func classShares(_ labels: Column<Int32>) -> [Double] {
    var counts = [Double](repeating: 0, count: max(0, Int(labels.max() ?? -1) + 1))
    for label in labels where label >= 0 { counts[Int(label)] += 1 }
    let labeled = max(1, counts.reduce(0, +))
    return counts.map { $0 / labeled }
  }
}

extension DetectorView {
  /// Place in `leadingShares` of the share, 1 %, whose classes are compared with those of the set.
  private static let liftingPlace = 1

  /// The highest scores among the samples that are `included`, as many as lead of all; of those beyond `leaders` none.
  fileprivate func leaders(where included: (Int) -> Bool) -> [Int] {
    Array(leaders.lazy.map(Int.init).filter(included).prefix(leading[Self.liftingPlace]))
  }
}

extension DetectorInfo.Family {
  /// In `allCases`.
  var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

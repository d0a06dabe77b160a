import Glibc
import Model

/// One number that the fusion reads of a sample.
package struct FusionInput: Hashable, Sendable {
  /// Name of a detector, or kind of a finding for the channel `finding`.
  package var source: String
  package var channel: Channel

  package enum Channel: String, Sendable, CaseIterable {
    /// -log of the share of all samples that score as high.
    case whole
    /// The same within the given class.
    case within = "class"
    /// Robust z, clipped.
    case z
    /// Mean of `whole` over the nearest of the same class: poison comes in groups.
    case near
    /// 1 + decades of evidence of the strongest finding of the kind that the sample belongs to, 0 of none.
    case finding
  }

  package init(_ source: String, _ channel: Channel) {
    self.source = source
    self.channel = channel
  }

  /// "el2n.near"; the inverse of `init(name:)`.
  package var name: String { source + "." + channel.rawValue }

  package init?(name: String) {
    guard let dot = name.lastIndex(of: "."),
      let channel = Channel(rawValue: String(name[name.index(after: dot)...]))
    else { return nil }
    self.init(String(name[..<dot]), channel)
  }
}

/// All inputs of all samples, by column. None has a scale of its own, so that they mean the same in every dataset. A
/// detector that did not run has no columns, a sample that it has no score for is NaN there: missing stays missing.
package struct FusionInputs: Sendable {
  package let count: Int
  package private(set) var columns: [FusionInput: [Float]] = [:]

  /// Robust z beyond this is as sure as it gets; below the median it says nothing more.
  private static let zRange: ClosedRange<Float> = -10...30

  package init(_ evidence: FusionEvidence) {
    count = evidence.count
    var groups: [Int32: [Int]] = [:]
    for (row, label) in evidence.labels.enumerated() where label >= 0 {
      groups[label, default: []].append(row)
    }
    let rowsByClass = groups.keys.sorted().compactMap { groups[$0] }
    for detector in evidence.detectors {
      guard let raw = detector.raw else { continue }
      let scores = Array(raw)
      let name = detector.info.name
      let whole = Ranks.upperTail(scores).map { -log($0) }
      columns[FusionInput(name, .whole)] = whole
      columns[FusionInput(name, .within)] = Ranks.upperTail(scores, within: rowsByClass).map { -log($0) }
      columns[FusionInput(name, .z)] = Statistics.robustZ(scores).map {
        $0.isNaN ? $0 : min(max($0, Self.zRange.lowerBound), Self.zRange.upperBound)
      }
      if let table = evidence.classNeighbors {
        columns[FusionInput(name, .near)] = Self.means(of: whole, over: table)
      }
    }
    for kind in Finding.Kind.allCases {
      columns[FusionInput(kind.rawValue, .finding)] = Self.membership(of: kind, in: evidence)
    }
  }

  private static func means(of values: [Float], over table: NeighborTable) -> [Float] {
    values.indices.map { row in
      var sum: Float = 0
      var count: Float = 0
      for neighbor in table.neighbors(of: row) where !values[neighbor].isNaN {
        sum += values[neighbor]
        count += 1
      }
      return count > 0 ? sum / count : .nan
    }
  }

  private static func membership(of kind: Finding.Kind, in evidence: FusionEvidence) -> [Float] {
    var result = [Float](repeating: 0, count: evidence.count)
    for finding in evidence.findings where finding.kind == kind {
      for member in finding.members { result[Int(member)] = max(result[Int(member)], 1 + finding.strength) }
    }
    return result
  }
}

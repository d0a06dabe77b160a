import Model

/// What drove each sample's suspicion: log odds by family of detectors.
package struct Contributions: Sendable {
  package struct Part: Sendable, Equatable {
    package var family: DetectorInfo.Family
    /// Log odds above what an average sample gets; negative where the family is evidence that the sample is clean.
    package var value: Float
  }
  package let families: [DetectorInfo.Family]
  /// [N, families] row-major.
  package let values: Column<Float>

  package init(families: [DetectorInfo.Family], values: Column<Float>) {
    self.families = families
    self.values = values
  }

  /// By family, in the order of `families`; empty for a row that is not there.
  package func of(_ row: Int) -> [Part] {
    let start = row * families.count
    guard row >= 0, start + families.count <= values.count else { return [] }
    return families.enumerated().map { Part(family: $1, value: values[start + $0]) }
  }

  /// With more log odds for one family, one a sample.
  package func adding(_ values: [Float], to family: DetectorInfo.Family) -> Contributions {
    guard let column = families.firstIndex(of: family), values.contains(where: { $0 != 0 }) else {
      return self
    }
    var sums = Array(self.values)
    for (row, value) in values.enumerated() { sums[row * families.count + column] += value }
    return Contributions(families: families, values: Column(sums))
  }
}

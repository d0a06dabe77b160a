import Glibc
import Learning
import Model
import Numerics
import Scanning

/// How crowded a sample's closest surroundings are: minus the distance to the nearest neighbor relative to the median
/// of all. Copies and near copies score highest. Range up to 0; NaN without finite features.
///
/// Chains of samples closer than `limit` are groups; one that is larger than the set's own repetition explains (`CopyGroups`)
/// is a finding, of pictures and texts always, also where their embedding alone is there; of rows of numbers where it stands
/// apart (`GroupGap`). Equal features count once: exact copies are told by `ExactCopies`, and rows of a table coincide by
/// nature.
struct NearDuplicates: Detector {
  let info = DetectorInfo(
    name: "near-duplicates", family: .duplicates, summary: "near-duplicate of other samples")

  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let table = input.neighbors
    let nearest = MeanDistance.scores(table, k: 1, excluding: input.unusableRows)
    let median = max(Statistics.median(nearest), 1e-12)
    var chains = DisjointSets(chaining: table, closerThan: Self.limit(nearest, median: median))
    let found = CopyGroups(chains.groups(), strata: nil, isLanguage: input.dataset.texts != nil) {
      rows in
      rows.count > 1 ? Set(rows.map { Array(input.features.row($0)) }).count : 1
    }
    var findings = found.findings(input, "are near-duplicates")
    if ![.image, .text].contains(input.dataset.modality) {
      findings.removeAll { !GroupGap.separates($0.members.map(Int.init), input) }
    }
    return Detection(scores: nearest.map { -$0 / Float(median) }, findings: findings)
  }

  /// The distance within which one of the N samples would have its nearest neighbor, if the nearest distances fell off below
  /// their tenth percentile as they do from there to the median m, as a power of the distance: m (2 / N)^(1/d) with
  /// d = log 5 / log(m / tenth percentile), `NearCopies.threshold` of the median at least. Where a set is equally dense
  /// everywhere, hardly any distance lies far below the median, and near copies that are farther apart than the threshold
  /// stand out; where some regions are dense, they do not.
  private static func limit(_ nearest: [Float], median: Double) -> Float {
    let tenth = max(Statistics.quantile(nearest, 0.1), 1e-12)
    let dimension = log(5) / log(max(median / tenth, 1 + 1e-9))
    let ofOne = pow(2 / Double(max(2, nearest.count)), 1 / dimension)
    return Float(median) * max(NearCopies.threshold, Float(min(ofOne, maxThreshold)))
  }

  private static let maxThreshold = 0.5
}

import Learning
import Model
import Numerics
import Scanning

/// How crowded a sample's closest surroundings are: minus the distance to the nearest neighbor relative to the median
/// of all. Copies and near copies score highest. Range up to 0; NaN without finite features.
///
/// Chains of samples closer than `NearCopies.threshold` of the median are groups; one that is larger than the
/// set's own repetition explains (`CopyGroups`) is a finding, of pictures and texts always, of rows of numbers where it stands
/// apart (`GroupGap`). Equal features count once: exact copies are told by `ExactCopies`, and rows of a table coincide by
/// nature.
struct NearDuplicates: Detector {
  let info = DetectorInfo(
    name: "near-duplicates", family: .duplicates, summary: "near-duplicate of other samples")

  func run(on input: ScanInput) throws -> Detection {
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let table = input.neighbors
    let nearest = MeanDistance.scores(table, k: 1, excluding: input.unusableRows)
    let median = Float(max(Statistics.median(nearest), 1e-12))
    var chains = DisjointSets(chaining: table, closerThan: NearCopies.threshold * median)
    let found = CopyGroups(chains.groups(), strata: nil, isLanguage: input.dataset.texts != nil) {
      rows in
      rows.count > 1 ? Set(rows.map { Array(input.features.row($0)) }).count : 1
    }
    var findings = found.findings(input, "are near-duplicates")
    if !input.dataset.hasPicturesOrTexts {
      findings.removeAll { !GroupGap.separates($0.members.map(Int.init), input) }
    }
    return Detection(scores: nearest.map { -$0 / median }, findings: findings)
  }
}

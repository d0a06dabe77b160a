import Model
import Scanning

/// Sources in which more samples than elsewhere show a suspect sign (`SuspectSigns`): the log likelihood ratio of the
/// sign's share in the sample's source, itself left out, over the inflation of all sources; the highest of the signs.
/// Range from 0; NaN without a source.
struct SourceFlags: Detector {
  let info = DetectorInfo(
    name: "source-flags", family: .origin, summary: "source has unusually many suspicious samples")

  func run(on input: ScanInput) throws -> Detection {
    let sources = try SourceCounts(input)
    let signs = try input.derived(SuspectSigns.init).signs
    guard !signs.isEmpty else { throw CannotRun("needs features or probabilities") }
    let groups = signs.map { sign in
      SourceCounts.Group(rows: sign.isShown.indices.filter { sign.isShown[$0] }, share: sign.share)
    }
    return sources.detection(groups, scoresMembersOnly: false)
  }
}

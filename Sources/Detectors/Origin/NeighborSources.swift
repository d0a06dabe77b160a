import Model
import Scanning

/// How many of a sample's nearest neighbors come from its own source: the higher log likelihood ratio over 10 and 30
/// neighbors against the source's share. Range from 0; NaN without a source or finite features. Bound as for
/// `NeighborTimes`.
struct NeighborSources: Detector {
  let info = DetectorInfo(
    name: "neighbor-sources", family: .origin, summary: "similar samples come from one source")

  func run(on input: ScanInput) throws -> Detection {
    guard let sources = input.dataset.sources, sources.codes.count == input.count else {
      throw CannotRun("needs sources")
    }
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let codes = sources.codes
    var sizes = [Int](repeating: 0, count: sources.names.count)
    for code in codes where code >= 0 { sizes[Int(code)] += 1 }
    guard sizes.count(where: { $0 > 0 }) >= 2 else { throw CannotRun("needs at least 2 sources") }
    let counts = sizes
    let others = Double(max(1, input.count - 1))
    let excess = try NeighborExcess(input, reaches: [0]) {
      codes[$0] >= 0
    } share: { row, _ in
      Double(counts[Int(codes[row])] - 1) / others
    } gap: { row, other in
      codes[other] == codes[row] ? 0 : nil
    }
    return Detection(scores: excess.scores)
  }
}

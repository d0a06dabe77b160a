import Glibc
import Model
import Scanning

/// How many of a sample's nearest neighbors arrived within the same few arrivals, where samples that only look alike
/// are spread over the whole time: the highest log likelihood ratio over 10 and 30 neighbors and windows of 8, 32, 128
/// ... arrivals to either side. Range from 0; NaN without a time or finite features.
///
/// By chance the neighbors' times are drawn without replacement from all, so that exp(−ratio) bounds the probability of
/// each count (Hoeffding, 1963). This separates similar messages that are sent in one go, natural or not, from the
/// many short ones that people send at any time.
struct NeighborTimes: Detector {
  let info = DetectorInfo(
    name: "neighbor-times", family: .origin, summary: "similar samples arrived at the same time")

  func run(on input: ScanInput) throws -> Detection {
    let arrivals = try input.derived(ArrivalOrder.init)
    guard input.neighbors.k > 0 else { throw CannotRun("needs features and at least 2 samples") }
    let positions = arrivals.positions
    var reaches: [Int] = []
    var reach = 8
    while reach * 16 <= max(arrivals.rows.count, 128) {
      reaches.append(reach)
      reach *= 4
    }
    let all = arrivals.rows.count
    let excess = try NeighborExcess(input, reaches: reaches) {
      positions[$0] >= 0
    } share: { _, reach in
      min(1, Double(2 * reach) / Double(all - 1))
    } gap: { row, other in
      positions[other] >= 0 ? abs(positions[other] - positions[row]) : nil
    }
    return Detection(scores: excess.scores)
  }
}

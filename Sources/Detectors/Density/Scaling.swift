import Glibc
import Model
import Numerics
import Scanning

/// Whether a picture becomes another one where it is scaled to the size that models are trained at: an image-scaling attack
/// (Xiao et al., USENIX Security 2019). The logarithm of how many times what scaling takes differs more from its
/// surroundings than other places do (`ScalingTrace`), the greatest over the sizes looked at: the size that is told
/// (`--resolution`), else the usual ones. About 0.5 in natural pictures, 3 and more in attacks; NaN for pictures that are not
/// twice as large.
///
/// The null is each picture's own: the same measured at places that no scaling takes, twice. Beyond its 95th percentile it is
/// continued by an exponential tail, whose mean is taken half as long again as it is found to be; pictures that this
/// leaves improbable at 1 % (Benjamini & Hochberg) are a finding.
struct Scaling: Detector {
  let info = DetectorInfo(
    name: "scaling", family: .density, summary: "scaling to training size shows another picture")
  private static let falseDiscoveries = 0.01
  /// Below four and a half times the power a person would see no other picture.
  private static let minScore: Float = 1.5

  func run(on input: ScanInput) throws -> Detection {
    guard input.dataset.images != nil else { throw CannotRun("needs images") }
    guard let traces = input.dataset.scaling, traces.count == 3 * input.count else {
      throw CannotRun("needs pictures twice as large as the size that models are trained at")
    }
    let scores = (0..<input.count).map { traces[3 * $0] }
    var controls: [Float] = []
    for row in 0..<input.count { controls += [traces[3 * row + 1], traces[3 * row + 2]] }
    return Detection(scores: scores, findings: findings(scores, ControlTail(controls), input))
  }

  private func findings(_ scores: [Float], _ tail: ControlTail?, _ input: ScanInput) -> [Finding] {
    guard let tail else { return [] }
    let rows = scores.indices.filter { !scores[$0].isNaN }
    let p = rows.map { tail.upper(scores[$0]) }
    let q = Tails.benjaminiHochberg(p)
    let selected = rows.indices.filter {
      q[$0] <= Self.falseDiscoveries && scores[rows[$0]] >= Self.minScore
    }
    guard !selected.isEmpty else { return [] }
    let weakest = selected.reduce(0) { max($0, p[$1]) }
    let chance = Tails.logBinomialUpper(
      successes: selected.count, trials: rows.count, probability: max(1e-300, weakest))
    let members = selected.map { rows[$0] }
    let labels = Set(members.map { input.labels[$0] })
    let median: Double = Statistics.median(members.map { scores[$0] })
    let what = members.count == 1 ? "1 picture becomes another" : "\(members.count) pictures become others"
    let times = Int(exp(median).rounded())
    return [
      Finding(
        kind: .scaling, attack: "backdoor",
        sentence: what
          + " where scaling to training size takes pixels: \(times) times what other places show",
        label: labels.count == 1 ? Int32(labels.first ?? -1) : -1, statisticName: "log ratio",
        statistic: median, pValue: min(1, exp(chance + log(Double(rows.count)))),
        members: Column(members.map { Int32($0) }))
    ]
  }
}

/// The distribution of what is measured where nothing can be.
private struct ControlTail {
  private let sorted: [Float]
  private let threshold: Double
  private let meanExcess: Double
  private static let share = 0.05
  /// Of fewer no tail can be told.
  private static let minCount = 60
  private static let caution = 1.5

  init?(_ values: [Float]) {
    sorted = values.filter { !$0.isNaN }.sorted()
    guard sorted.count >= Self.minCount else { return nil }
    let place = Int(Double(sorted.count) * (1 - Self.share))
    let threshold = Double(sorted[place])
    let excess = sorted[place...].map { Double($0) - threshold }
    self.threshold = threshold
    meanExcess = max(0.1, Self.caution * excess.reduce(0, +) / Double(excess.count))
  }

  /// The probability of so much and more.
  func upper(_ value: Float) -> Double {
    if Double(value) > threshold { return Self.share * exp((threshold - Double(value)) / meanExcess) }
    let below = sorted.partitioningIndex { !($0 < value) }
    return Double(sorted.count - below + 1) / Double(sorted.count + 1)
  }
}

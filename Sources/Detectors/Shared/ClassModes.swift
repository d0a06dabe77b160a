import Model
import Numerics
import Scanning

/// Whether some samples of a class stand apart from the rest of it in a score, as its `SecondMode`: poison that was made in
/// one way lies about as far out, where what is odd by nature thins out. Over the classes at 1 % (Benjamini & Hochberg);
/// more than a quarter of a class are a kind of their own, as some classes have two by nature. Of 725 public tables none has
/// such a group.
enum ClassModes {
  static let falseDiscoveries = 0.01
  private static let maxShare = 0.25
  private static let minClassSize = 50

  /// - Parameter logarithms: scores on a logarithmic scale; NaN where there is none.
  static func findings(_ logarithms: [Float], _ input: ScanInput, what: String) -> [Finding] {
    let modes = input.rowsByClass.map { rows -> (p: Double, members: [Int]) in
      let known = rows.filter { !logarithms[$0].isNaN }
      guard known.count >= minClassSize, let mode = SecondMode(known.map { logarithms[$0] }) else {
        return (1, [])
      }
      let members = known.filter { Double(logarithms[$0]) > mode.begin }
      return Double(members.count) <= maxShare * Double(known.count) ? (mode.pValue, members) : (1, [])
    }
    let q = Tails.benjaminiHochberg(modes.map(\.p))
    let found = modes.indices.filter { q[$0] <= falseDiscoveries }
    guard let strongest = found.map({ modes[$0].p }).min(), let first = found.first else { return [] }
    let members = found.flatMap { modes[$0].members }.sorted()
    let place =
      found.count == 1 ? "class \"\(displayText(input.dataset.classes[first]))\"" : "\(found.count) classes"
    return [
      Finding(
        kind: .outliers, attack: "outlier",
        sentence: "\(members.count) samples of \(place) \(what), apart from the rest of their class",
        label: found.count == 1 ? Int32(first) : -1, statisticName: "z",
        statistic: Tails.normalQuantile(min(0.5, strongest)).magnitude,
        pValue: min(1, strongest * Double(modes.count)), members: Column(members.map(Int32.init)))
    ]
  }
}

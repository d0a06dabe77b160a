import Glibc
import Model
import Numerics
import Scanning

/// Rows that lie on the straight line between a row of one class and one of another, as poison that moves the border of two
/// classes is made by interpolation (mixup between classes: Zhang et al., ICLR 2018; SMOTE: Chawla et al., JAIR 2002), and
/// was rounded to the digits of the table.
///
/// The score is the evidence in bits that a row lies between two of different classes, less that it lies between two of one
/// class (`LinesThrough`). NaN where a row was not looked at: of the 160 whose label is the least probable, all others only
/// where these show that rows were made this way.
///
/// Rows of enough digits lie on no line by chance, and rows that were made up in good faith lie between two of their own
/// class. So the test is of signs: of the rows that lie on a line, those that lie on one between classes only are no more than
/// pairs of rows are of two classes. That many more is a finding at one in a thousand (exact binomial test). Rows that were
/// moved after they were interpolated are not seen, nor are any in tables of few columns with few digits.
struct Interpolation: Detector {
  let info = DetectorInfo(
    name: "interpolation", family: .density, summary: "exactly between a row of one class and one of another")

  private static let minColumns = 4
  private static let maxRows = 100_000
  private static let screened = 160
  private static let maxLooked = 4096
  private static let minMembers = 5
  private static let level = 0.001

  func run(on input: ScanInput) throws -> Detection {
    guard !input.dataset.table.isEmpty else { throw CannotRun("needs table columns") }
    try Needs.probabilities(input)
    guard input.count <= Self.maxRows else { throw CannotRun("looks at no more than \(Self.maxRows) rows") }
    let lines = LinesThrough(input)
    guard lines.width >= Self.minColumns else {
      throw CannotRun("needs \(Self.minColumns) columns of numbers: of fewer, rows lie on a line by chance")
    }
    let order = Self.doubtfulFirst(input, lines)
    let screened = Array(order.prefix(Self.screened))
    let first = try Self.look(at: screened, lines, input)
    guard let chance = Self.chance(first, input), chance <= Self.level else {
      return Detection(scores: Self.scores(first, of: screened, lines, input))
    }
    let looked = Array(order.prefix(Self.maxLooked))
    let all = first + (try Self.look(at: Array(looked.dropFirst(first.count)), lines, input))
    return Detection(
      scores: Self.scores(all, of: looked, lines, input),
      findings: [Self.finding(all, of: looked, lines, chance, classes: input.dataset.classes)])
  }

  /// Indices of the rows of `lines`, the least probable label first.
  private static func doubtfulFirst(_ input: ScanInput, _ lines: LinesThrough) -> [Int] {
    let given = lines.rows.map { input.probabilities[$0, input.labels[$0]] }
    return given.indices.sorted { given[$0] != given[$1] ? given[$0] < given[$1] : $0 < $1 }
  }

  private static func look(
    at indices: [Int], _ lines: LinesThrough, _ input: ScanInput
  ) throws -> [LinesThrough.Evidence] {
    try input.workers.map(count: indices.count, blockSize: 16) { range in
      try input.checkCancellation()
      return indices[range].map { lines.evidence(at: $0) }
    }.flatMap { $0 }
  }

  private static func scores(
    _ evidence: [LinesThrough.Evidence], of indices: [Int], _ lines: LinesThrough, _ input: ScanInput
  ) -> [Float] {
    var scores = [Float](repeating: .nan, count: input.count)
    for (index, evidence) in zip(indices, evidence) { scores[lines.rows[index]] = evidence.score }
    return scores
  }

  /// Probability of so many rows between classes among those on a line; nil of fewer than `minMembers`.
  private static func chance(_ evidence: [LinesThrough.Evidence], _ input: ScanInput) -> Double? {
    let between = evidence.count(where: \.isBetween)
    let within = evidence.count(where: \.isWithin)
    guard between >= minMembers else { return nil }
    let labeled = Double(input.rowsByClass.reduce(0) { $0 + $1.count })
    let same = input.rowsByClass.reduce(0.0) { $0 + pow(Double($1.count) / labeled, 2) }
    return exp(
      Tails.logBinomialUpper(
        successes: between, trials: between + within, probability: max(0.5, 1 - same)))
  }

  private static func finding(
    _ evidence: [LinesThrough.Evidence], of indices: [Int], _ lines: LinesThrough, _ chance: Double,
    classes: [String]
  ) -> Finding {
    let between = zip(indices, evidence).filter(\.1.isBetween)
    let members = between.map { lines.rows[$0.0] }.sorted()
    let pairs = Set(between.map { Set($0.1.classes) })
    let pair = (pairs.count == 1 ? pairs.first ?? [] : []).sorted().filter(classes.indices.contains)
    let ends =
      pair.count == 2
      ? "of \"\(displayText(classes[pair[0]]))\" and one of \"\(displayText(classes[pair[1]]))\""
      : "of one class and one of another"
    return Finding(
      kind: .outliers, attack: "outlier",
      sentence: "\(members.count) rows lie exactly between a row \(ends); "
        + "\(evidence.count(where: \.isWithin)) between two of one class", statisticName: "between classes",
      statistic: Double(members.count), pValue: chance, qValue: chance,
      members: Column(members.map(Int32.init)))
  }
}

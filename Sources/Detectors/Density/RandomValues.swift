import Glibc
import Model
import Numerics
import Scanning

/// Rows of a table that look like made-up ones (`RandomRows`) rather than like the rest: log odds, held out, of a forest that
/// learns to tell the two apart (unsupervised as supervised learning: Hastie, Tibshirani & Friedman, The Elements of
/// Statistical Learning, 2009, section 14.2.4; Shi & Horvath, "Unsupervised learning with random forest predictors", JCGS
/// 2006). Noise that floods a table, rows whose values do not go together and rows far out are of this kind. Range −5.4...5.4
/// (a hundred trees and the prior as one more), from surely real to surely made up; NaN nowhere.
///
/// Whether a table holds noise is asked by `RowNoise`.
struct RandomValues: Detector {
  let info = DetectorInfo(
    name: "random-values", family: .density,
    summary: "looks like random values rather than a row of this table")

  private static let minRows = 100
  private static let minColumns = 2

  func run(on input: ScanInput) throws -> Detection {
    guard !input.dataset.table.isEmpty else { throw CannotRun("needs table columns") }
    let table = try input.derived(TableMatrix.init)
    guard Set(table.owners).count >= Self.minColumns, input.count >= Self.minRows else {
      throw CannotRun("needs \(Self.minColumns) columns that vary and \(Self.minRows) rows")
    }
    let forest = ReferenceForest(table, input)
    let first = try forest.grow(excluding: [])
    let shares = try forest.shares(of: first, for: Array(0..<input.count))
    let scores = (0..<input.count).map { row in
      log(shares[row, ReferenceForest.made] / shares[row, ReferenceForest.real])
    }
    let noise = try RowNoise(forest, first.outOfBag, input)
    return Detection(scores: scores, findings: noise.map { [Self.finding($0)] } ?? [])
  }

  private static func finding(_ noise: RowNoise) -> Finding {
    Finding(
      kind: .outliers, attack: "outlier",
      sentence: "~\(Int(noise.expected.rounded())) rows look like random values; "
        + "\(noise.members.count) identified", statisticName: "likelihood ratio", statistic: noise.ratio,
      pValue: noise.p, qValue: noise.p, members: Column(noise.members.map(Int32.init)))
  }
}

import Learning
import Model
import Numerics
import Scanning

/// Values and ranges of one to three table columns that go with a label beyond what the nearest rows and the other
/// columns say (`ItemStatistic`, `CellProbe`). Raw score: see `TriggerMiner`; range from 0; NaN without a label.
package struct CellTriggers: Detector {
  package let info = DetectorInfo(
    name: "trigger-cells", family: .triggers, summary: "values associated with its label beyond chance")

  private let maxScreened: Int

  /// - Parameter maxScreened: rows that pairs of columns are screened on.
  package init(maxScreened: Int = CellItems.maxScreened) { self.maxScreened = maxScreened }

  package func run(on input: ScanInput) throws -> Detection {
    let table = input.dataset.table
    guard !table.isEmpty else { throw CannotRun("needs table columns") }
    let source = try CellItems(
      columns: table, rowCount: input.count, maxScreened: maxScreened, workers: input.workers)
    let matrix = try input.derived(TableMatrix.init)
    let isTable = !input.dataset.hasPicturesOrTexts
    let neighbors = isTable ? input.inputNeighbors : try neighbors(in: matrix.values, input)
    let classCount = input.classCount
    let miner = TriggerMiner(
      source: source, input: input, copies: isTable ? input.nearCopies() : NearCopies.groups(neighbors),
      maxConfirmed: 32
    ) { labels in
      CellProbe(
        table: table, features: matrix.values, owners: matrix.owners,
        votes: try NeighborVotes(
          neighbors: neighbors, labels: labels, classCount: classCount, workers: input.workers),
        labels: labels, classCount: classCount)
    }
    return try miner.run()
  }

  /// Where the samples are texts or pictures that have columns beside, the input's neighbors are not those of the table.
  private func neighbors(in features: DenseMatrix, _ input: ScanInput) throws -> NeighborTable {
    try NeighborSearch.run(
      features: features, labels: input.labels, k: ScanInput.inputNeighborCount, classK: 0,
      maxExactRows: input.maxExactRows, seed: input.seed, workers: input.workers,
      checkCancellation: input.checkCancellation
    ).all
  }
}

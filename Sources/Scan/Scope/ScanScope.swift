import Learning
import Model
import Scanning

/// What of a dataset a scan looks at: the samples that hold something (`TextGaps`), the columns that say something of
/// them (`FeatureColumns`), and the classes that occur, so that no cost depends on a class's number.
///
/// The scan knows nothing of the rest, which therefore changes no score; the report tells of all samples.
struct ScanScope: Sendable {
  let dataset: Dataset
  /// Row of the given dataset of each row that is looked at, ascending; nil where all are.
  private let rows: [Int]?
  /// Class of the given dataset of each class, ascending.
  private let classes: [Int]
  /// What was left out, and why.
  private let notes: [String]

  init(_ given: Dataset) {
    let gaps = TextGaps(given)
    var dataset = given
    rows = gaps.rows
    if let rows { dataset = given.reordered(rows) }
    if gaps.leavesNothing { dataset.texts = nil }
    classes = Self.usedClasses(dataset)
    Self.keep(classes, of: &dataset)
    let columns = FeatureColumns(dataset.table, labels: ScanInput.given(dataset))
    dataset.table = columns.kept
    notes = gaps.notes + columns.notes
    self.dataset = dataset
  }

  /// Classes that a sample has, or that the given probabilities give to a sample before all others.
  private static func usedClasses(_ dataset: Dataset) -> [Int] {
    var isUsed = [Bool](repeating: false, count: dataset.classes.count)
    for label in ScanInput.given(dataset) where label >= 0 { isUsed[label] = true }
    if let probabilities = dataset.probabilities, probabilities.columns == dataset.classes.count {
      for row in 0..<probabilities.rows {
        let own = probabilities.row(row)
        if let best = own.indices.max(by: { own[$0] < own[$1] }) { isUsed[best] = true }
      }
    }
    return isUsed.indices.filter { isUsed[$0] }
  }

  private static func keep(_ classes: [Int], of dataset: inout Dataset) {
    let width = dataset.classes.count
    guard classes.count < width else { return }
    var places = [Int32](repeating: -1, count: width)
    for (place, label) in classes.enumerated() { places[label] = Int32(place) }
    dataset.labels = Column(ScanInput.given(dataset).map { $0 < 0 ? -1 : places[$0] })
    dataset.classes = classes.map { dataset.classes[$0] }
    func kept(_ matrix: Matrix) -> Matrix {
      matrix.columns == width ? matrix.selecting(columns: classes) : matrix
    }
    dataset.probabilities = dataset.probabilities.map(kept)
    dataset.trainingDynamics = dataset.trainingDynamics.map {
      TrainingDynamics(epochs: $0.epochs, values: kept($0.values))
    }
  }

  /// The report on `dataset`, told of the dataset that was given. Samples that were left out have no scores, no
  /// neighbors, no place in the layout, and the suspicion 0.
  func told(_ report: Report, of given: Dataset) -> Report {
    var result = report
    result.facts.count = given.count
    result.facts.classes = given.classes
    result.facts.notes += notes
    result.ids = given.ids
    result.sources = given.sources
    result.times = given.times
    result.labels = Column(ScanInput.given(given).map(Int32.init))
    result.suggestedLabels = spread(
      Column(report.suggestedLabels.map { $0 < 0 ? $0 : Int32(classes[Int($0)]) }), empty: -1)
    result.suspicion = spread(report.suspicion, empty: 0)
    result.hypothesis = spread(report.hypothesis, empty: 0)
    result.labelProbabilities =
      report.labelProbabilities.isEmpty ? [] : spread(report.labelProbabilities, empty: .nan, width: 2)
    result.layout = report.layout.isEmpty ? [] : spread(report.layout, empty: .nan, width: 2)
    result.clusters = report.clusters.isEmpty ? [] : spread(report.clusters, empty: -1)
    result.neighbors = report.neighbors.map(spread)
    result.classNeighbors = report.classNeighbors.map(spread)
    result.contributions = report.contributions.map {
      Contributions(families: $0.families, values: spread($0.values, empty: 0, width: $0.families.count))
    }
    for index in report.detectors.indices {
      if case .ran(let raw, let percentile) = report.detectors[index].outcome {
        result.detectors[index].outcome = .ran(
          raw: spread(raw, empty: .nan), percentile: spread(percentile, empty: .nan))
      }
    }
    for index in report.findings.indices {
      let finding = report.findings[index]
      result.findings[index].label = finding.label < 0 ? -1 : Int32(classes[Int(finding.label)])
      result.findings[index].members = placed(finding.members)
      result.findings[index].cleanHolders = placed(finding.cleanHolders)
    }
    return result

    func spread<Element: Sendable>(_ column: Column<Element>, empty: Element, width: Int = 1) -> Column<
      Element
    > {
      guard let rows else { return column }
      var values = [Element](repeating: empty, count: given.count * width)
      for (index, row) in rows.enumerated() {
        for place in 0..<width { values[row * width + place] = column[index * width + place] }
      }
      return Column(values)
    }

    func spread(_ table: NeighborTable) -> NeighborTable {
      NeighborTable(
        k: table.k, indices: spread(placed(table.indices), empty: -1, width: table.k),
        distances: spread(table.distances, empty: .nan, width: table.k))
    }

    func placed(_ indices: Column<Int32>) -> Column<Int32> {
      guard let rows else { return indices }
      return Column(indices.map { $0 < 0 ? $0 : Int32(rows[Int($0)]) })
    }
  }
}

import Learning
import Model
import Numerics
import Scanning

/// What of a dataset a scan looks at: the samples that hold something (`TextGaps`), the columns that say something of
/// them (`FeatureColumns`), and the classes that occur, so that no cost depends on a class's number; spellings of one name
/// (`ClassSpelling`) are one class, whose samples would else all look wrongly labelled.
///
/// The rest does not enter the scan and changes no score; the report covers all samples.
package struct ScanScope: Sendable {
  var dataset: Dataset
  /// Row of the given dataset of each row that is looked at, ascending; nil where all are.
  private let rows: [Int]?
  /// Class of the given dataset of each class; of several spellings the most frequent.
  private let classes: [Int]
  /// What was left out, and why.
  package let notes: [String]
  /// How the dataset was read; columns that the scan does not look at are none of its features.
  package let reading: Reading

  package init(_ given: Dataset) {
    let gaps = TextGaps(given)
    var dataset = given
    rows = Self.readable(gaps.rows, of: given)
    if let rows { dataset = given.reordered(rows) }
    if gaps.leavesNothing { dataset.texts = nil }
    let groups = ClassSpelling.groups(Self.usedClasses(dataset), names: dataset.classes)
    classes = Self.mostFrequent(groups, dataset)
    Self.keep(groups, called: classes, of: &dataset)
    let columns = FeatureColumns(dataset.table, labels: ScanInput.given(dataset))
    dataset.table = columns.kept
    notes = gaps.notes + columns.notes
    reading = Self.reading(given.reading, leaving: columns)
    self.dataset = dataset
  }

  /// - Parameter rows: those that hold something; nil where all do.
  private static func readable(_ rows: [Int]?, of given: Dataset) -> [Int]? {
    guard !given.unreadableRows.isEmpty else { return rows }
    let unreadable = Set(given.unreadableRows)
    return (rows ?? Array(0..<given.count)).filter { !unreadable.contains($0) }
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

  private static func reading(_ reading: Reading, leaving columns: FeatureColumns) -> Reading {
    let reasons = Dictionary(
      columns.leftOut.map { ($0.name, $0.reason) }, uniquingKeysWith: { first, _ in first })
    var reading = reading
    for file in reading.files.indices {
      for column in reading.files[file].columns.indices
      where reading.files[file].columns[column].role == "feature" {
        guard let reason = reasons[reading.files[file].columns[column].name] else { continue }
        reading.files[file].columns[column].role = nil
        reading.files[file].columns[column].why = "it \(reason)"
      }
    }
    return reading
  }

  /// Of each group the class that most samples have.
  private static func mostFrequent(_ groups: [[Int]], _ dataset: Dataset) -> [Int] {
    guard groups.contains(where: { $0.count > 1 }) else { return groups.map { $0[0] } }
    var counts = [Int](repeating: 0, count: dataset.classes.count)
    for label in ScanInput.given(dataset) where label >= 0 { counts[label] += 1 }
    return groups.map { group in group.max { (counts[$0], $1) < (counts[$1], $0) } ?? group[0] }
  }

  private static func keep(_ groups: [[Int]], called classes: [Int], of dataset: inout Dataset) {
    let width = dataset.classes.count
    guard groups.count < width else { return }
    var newLabels = [Int32](repeating: -1, count: width)
    for (newLabel, group) in groups.enumerated() {
      for label in group { newLabels[label] = Int32(newLabel) }
    }
    dataset.labels = Column(ScanInput.given(dataset).map { $0 < 0 ? -1 : newLabels[$0] })
    dataset.classes = classes.map { dataset.classes[$0] }
    func kept(_ matrix: Matrix, _ join: @escaping @Sendable (Float, Float) -> Float) -> Matrix {
      matrix.columns == width ? matrix.joining(columns: groups, join) : matrix
    }
    dataset.probabilities = dataset.probabilities.map { kept($0, +) }
    dataset.trainingDynamics = dataset.trainingDynamics.map {
      // Logits cannot be added.
      TrainingDynamics(epochs: $0.epochs, values: kept($0.values, max))
    }
  }

  /// Makes a report on the reordered `dataset` one on the dataset that was given.
  /// - Parameter order: row of `dataset` at each position.
  /// - Throws: never.
  func restore(
    _ report: inout Report, in order: RowOrder, of given: Dataset, workers: Workers
  ) throws {
    try RestoredRows(
      rows: order.rows.map { rows?[$0] ?? $0 }, classes: classes, count: given.count, workers: workers
    )
    .restore(&report, of: given)
    report.facts.notes += notes
    report.facts.reading = reading
  }
}

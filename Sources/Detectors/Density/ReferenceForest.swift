import Learning
import Model
import Numerics
import Scanning

/// Forests that tell rows of a table from made-up ones (`RandomRows`).
struct ReferenceForest {
  /// Rows of the table that are learnt from, ascending: all, or a sample.
  let rows: [Int]
  /// [2M, D]: those, and as many made-up ones.
  private let learned: DenseMatrix
  /// Of the table's matrix, those that are looked at.
  private let features: [Int]
  private let table: TableMatrix
  private let input: ScanInput

  private static let maxRows = 16_384
  private static let trees = 100
  private static let blockRows = 65_536
  private static let stream: UInt64 = 0x4A_0000
  /// Class of a made-up row, and of a real one.
  static let made = 0
  static let real = 1

  init(_ table: TableMatrix, _ input: ScanInput) {
    var random = SeededRandom(seed: input.seed, stream: Self.stream)
    var rows = Array(0..<input.count)
    if rows.count > Self.maxRows {
      random.shuffle(&rows)
      rows = rows.prefix(Self.maxRows).sorted()
    }
    let made = RandomRows(
      table, of: input.dataset.table, rows: rows, count: rows.count, random: &random
    ).matrix
    let features = Array(table.owners.indices)
    self.init(
      rows: rows,
      learned: DenseMatrix(
        rows: 2 * rows.count, columns: features.count,
        values: Self.values(of: rows, features, in: table.values) + made.values),
      features: features, table: table, input: input)
  }

  private init(rows: [Int], learned: DenseMatrix, features: [Int], table: TableMatrix, input: ScanInput) {
    self.rows = rows
    self.learned = learned
    self.features = features
    self.table = table
    self.input = input
  }

  private static func values(of rows: [Int], _ features: [Int], in matrix: DenseMatrix) -> [Float] {
    rows.flatMap { row in features.map { matrix[row, $0] } }
  }

  /// Columns of the table that are looked at.
  var columns: [Int] { Set(features.map { table.owners[$0] }).sorted() }

  /// The same rows, real and made up, without some of the columns.
  func without(_ columns: Set<Int>) -> ReferenceForest {
    let kept = features.indices.filter { !columns.contains(table.owners[features[$0]]) }
    return ReferenceForest(
      rows: rows,
      learned: DenseMatrix(
        rows: learned.rows, columns: kept.count,
        values: Self.values(of: Array(0..<learned.rows), kept, in: learned)),
      features: kept.map { features[$0] }, table: table, input: input)
  }

  /// [2M] classes of what is learnt from.
  var labels: [Int] {
    [Int](repeating: Self.real, count: rows.count) + [Int](repeating: Self.made, count: rows.count)
  }

  /// - Parameter excluded: indices in `rows` that are not learnt from.
  func grow(excluding excluded: Set<Int>) throws -> RandomForest {
    var labels = labels
    for index in excluded { labels[index] = -1 }
    return try RandomForest(
      features: learned, labels: labels, classCount: 2, trees: Self.trees, seed: input.seed,
      workers: input.workers, checkCancellation: input.checkCancellation)
  }

  /// [wanted, 2] probabilities of the two classes for rows of the table, ascending; held out.
  func shares(of forest: RandomForest, for wanted: [Int]) throws -> DenseMatrix {
    var values = [Float](repeating: 0, count: 2 * wanted.count)
    var others: [Int] = []
    for (position, row) in wanted.enumerated() {
      let index = rows.partitioningIndex { $0 >= row }
      if index < rows.count, rows[index] == row {
        for label in 0..<2 { values[2 * position + label] = forest.outOfBag[index, label] }
      } else {
        others.append(position)
      }
    }
    for start in stride(from: 0, to: others.count, by: Self.blockRows) {
      let block = others[start..<min(start + Self.blockRows, others.count)]
      let matrix = DenseMatrix(
        rows: block.count, columns: features.count,
        values: Self.values(of: block.map { wanted[$0] }, features, in: table.values))
      let shares = try forest.shares(of: matrix, workers: input.workers)
      for (index, position) in block.enumerated() {
        for label in 0..<2 { values[2 * position + label] = shares[index, label] }
      }
    }
    return DenseMatrix(rows: wanted.count, columns: 2, values: values)
  }
}

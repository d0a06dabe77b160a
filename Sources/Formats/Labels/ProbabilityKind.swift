import Glibc
import Model

/// What the values of pred_probs are, told by all of its rows.
enum ProbabilityKind: Equatable {
  case probabilities
  /// Each row is a distribution once it is divided by this.
  case scaled(Float)
  case logProbabilities, logits
  /// One column: the probability of the second of two classes.
  case ofSecondClass

  var sentence: String {
    switch self {
    case .probabilities: "probabilities"
    case .scaled(100): "percent, divided by 100"
    case .scaled(let whole): "integers, divided by \(Int(whole))"
    case .logProbabilities: "log-probabilities, turned into probabilities"
    case .logits: "logits, turned into probabilities by softmax"
    case .ofSecondClass: "probabilities of the second class"
    }
  }

  /// - Throws: `FormatError` where they can be neither.
  static func found(in matrix: Matrix, file: String) throws(FormatError) -> ProbabilityKind {
    var rows = RowKinds()
    matrix.forEachRow { rows.append($0) }
    let isNearlyAll = { (count: Int) in count > 0 && 10 * count >= 9 * rows.finite }
    if matrix.columns == 1 {
      guard isNearlyAll(rows.inUnit) else { throw FormatError(file, "its one column holds no probabilities") }
      return .ofSecondClass
    }
    // Rows of anything else hardly ever happen to be distributions.
    if 10 * rows.distributions >= rows.finite { return .probabilities }
    if isNearlyAll(rows.percent) { return .scaled(100) }
    if isNearlyAll(rows.bytes) { return .scaled(255) }
    if isNearlyAll(rows.logDistributions) { return .logProbabilities }
    if isNearlyAll(rows.inUnit) { return .probabilities }
    if 2 * rows.negative > rows.finite { return .logits }
    throw FormatError(
      file,
      "its rows are no probabilities, percent, log-probabilities or logits: row sums go from \(rows.lowest) to \(rows.highest); of logits take the softmax of each row, of counts or scores divide each row by its sum"
    )
  }

  /// How many rows could be what.
  private struct RowKinds {
    var finite = 0
    var distributions = 0
    var percent = 0
    var bytes = 0
    var logDistributions = 0
    var inUnit = 0
    var negative = 0
    var lowest = Float.infinity
    var highest = -Float.infinity

    mutating func append(_ row: UnsafeBufferPointer<Float>) {
      guard row.allSatisfy(\.isFinite) else { return }
      finite += 1
      let sum = row.reduce(0, +)
      (lowest, highest) = (min(lowest, sum), max(highest, sum))
      let isPositive = row.allSatisfy { $0 >= 0 }
      if !isPositive { negative += 1 }
      if isPositive, row.allSatisfy({ $0 <= 1 }) { inUnit += 1 }
      if isPositive, abs(sum - 1) < 0.02 { distributions += 1 }
      if isPositive, abs(sum - 100) < 1 { percent += 1 }
      // Each of K roundings is off by half at most.
      if isPositive, abs(sum - 255) <= max(2, Float(row.count) / 2), row.allSatisfy({ $0 == $0.rounded() }) {
        bytes += 1
      }
      if row.allSatisfy({ $0 <= 0 }), abs(row.reduce(0) { $0 + expf($1) } - 1) < 0.02 {
        logDistributions += 1
      }
    }
  }
}

extension Matrix {
  /// All rows in order, read in blocks; a row is gone after `body` has seen it.
  func forEachRow(_ body: (UnsafeBufferPointer<Float>) -> Void) {
    guard columns > 0, rows > 0 else { return }
    let block = max(1, min(rows, (1 << 20) / columns))
    var values = [Float](repeating: 0, count: block * columns)
    var start = 0
    while start < rows {
      let range = start..<min(rows, start + block)
      values.withUnsafeMutableBufferPointer { values in
        read(range, into: UnsafeMutableBufferPointer(rebasing: values[0..<range.count * columns]))
        for row in 0..<range.count {
          body(UnsafeBufferPointer(rebasing: values[row * columns..<(row + 1) * columns]))
        }
      }
      start = range.upperBound
    }
  }
}

/// Probabilities of which every row is a distribution, whatever the file holds: negative and unusable values count as
/// zero, the rest is scaled to sum 1, a row of nothing is uniform.
struct DistributionRows: RowSource {
  let base: Matrix
  let kind: ProbabilityKind
  var rows: Int { base.rows }
  var columns: Int { kind == .ofSecondClass ? 2 : base.columns }

  static func isDistribution(_ row: UnsafeBufferPointer<Float>) -> Bool {
    row.allSatisfy { $0 >= 0 && $0.isFinite } && abs(row.reduce(0, +) - 1) < 0.02
  }

  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    if kind == .ofSecondClass {
      base.read(range, into: target)
      for row in (0..<range.count).reversed() {
        let second = target[row]
        (target[2 * row], target[2 * row + 1]) = (1 - second, second)
      }
    } else {
      base.read(range, into: target)
    }
    for row in 0..<range.count {
      convert(UnsafeMutableBufferPointer(rebasing: target[row * columns..<(row + 1) * columns]))
    }
  }

  private func convert(_ row: UnsafeMutableBufferPointer<Float>) {
    if kind == .logits || kind == .logProbabilities {
      let highest = row.reduce(-Float.infinity) { $1.isFinite ? max($0, $1) : $0 }
      for index in row.indices { row[index] = row[index].isFinite ? expf(row[index] - highest) : 0 }
    }
    for index in row.indices where !(row[index] >= 0 && row[index].isFinite) { row[index] = 0 }
    let sum = row.reduce(0, +)
    for index in row.indices {
      row[index] = sum > 0 && sum.isFinite ? row[index] / sum : 1 / Float(columns)
    }
  }
}

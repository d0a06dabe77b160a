/// For every class the direction in which some of its images differ from the rest, and how far each image of the set
/// lies along it.
///
/// Cross-fitted: a direction is learnt from three quarters of a class and used on the fourth and on a fourth of the other
/// classes, so that one that fits noise has nobody along it.
struct ClassPatterns: Sendable {
  /// Images of a class that are needed.
  static let fewest = 20
  static let folds = 4
  /// Robust deviations beyond which an image holds a pattern, at least: hardly one of 30,000 normal numbers.
  static let leastDeviations: Float = 4

  /// By row, robust deviations along the direction of its own class; NaN without a label or in a small class.
  let deviations: [Float]
  /// By class the rows that hold its pattern, whatever their label, ascending.
  let holders: [[Int32]]

  /// - Parameter fold: of each row, 0..<4.
  init(_ residuals: DenseMatrix, rowsByClass: [[Int]], fold: [Int], workers: Workers) throws {
    let classes = try workers.map(count: rowsByClass.count, blockSize: 1) { range in
      Self.pattern(of: rowsByClass[range.lowerBound], in: residuals, rowsByClass: rowsByClass, fold: fold)
    }
    var deviations = [Float](repeating: .nan, count: residuals.rows)
    for (label, pattern) in classes.enumerated() {
      for row in rowsByClass[label] { deviations[row] = pattern?.deviations[row] ?? .nan }
    }
    self.deviations = deviations
    holders = classes.map { $0?.holders ?? [] }
  }

  private struct Pattern: Sendable {
    var deviations: [Float]
    var holders: [Int32]
  }

  private static func pattern(
    of own: [Int], in residuals: DenseMatrix, rowsByClass: [[Int]], fold: [Int]
  ) -> Pattern? {
    guard own.count >= fewest else { return nil }
    let isOwn = Set(own)
    let others = rowsByClass.flatMap { $0 }.filter { !isOwn.contains($0) }
    var deviations = [Float](repeating: 0, count: residuals.rows)
    for tested in 0..<folds {
      let learnt = own.filter { fold[$0] != tested }
      guard learnt.count >= fewest / 2, let direction = PatternDirection.find(in: residuals, rows: learnt)
      else { continue }
      for rows in [own, others].map({ $0.filter { fold[$0] == tested } }) {
        let places = direction.withUnsafeBufferPointer { direction in
          residuals.withUnsafeValues { values -> [Float] in
            guard let a = values.baseAddress, let b = direction.baseAddress else { return [] }
            return rows.map { Distance.dot(a + $0 * direction.count, b, count: direction.count) }
          }
        }
        let (center, scale) = Statistics.robustScale(places)
        guard !rows.isEmpty, scale > 0 else { continue }
        for (row, place) in zip(rows, places) { deviations[row] = Float((Double(place) - center) / scale) }
      }
    }
    let inside = own.map { deviations[$0] }
    let cut = max(leastDeviations, TwoGroups.cut(inside) ?? leastDeviations)
    let holders = (own + others).filter { deviations[$0] > cut }.sorted().map(Int32.init)
    return Pattern(deviations: deviations, holders: holders)
  }
}

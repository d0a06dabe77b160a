import Model
import Numerics

enum ClassMedian {
  /// Scores over the median of their class, so that classes compare; rows without a class become NaN.
  static func divide(_ scores: [Float], _ rowsByClass: [[Int]]) -> [Float] {
    var result = [Float](repeating: .nan, count: scores.count)
    for rows in rowsByClass {
      let median = Float(max(Statistics.median(rows.map { scores[$0] }), 1e-12))
      for row in rows { result[row] = scores[row] / median }
    }
    return result
  }
}

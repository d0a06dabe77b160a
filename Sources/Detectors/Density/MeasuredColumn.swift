import Glibc
import Numerics

/// A column of numbers with how finely it is written and how widely it spreads.
struct MeasuredColumn: Sendable {
  let values: [Double]
  private let digits: WrittenDigits
  /// Tolerance of the arithmetic that made the numbers.
  private let minTolerance: Double
  /// Quartile range over the tolerance of a typical value: columns that hardly vary, or in few digits, have little.
  let fineness: Double
  /// Width of the uniform distribution that deviates as much.
  private(set) var spread: Double

  /// nil of values that do not vary.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    guard variance > 0, variance.isFinite else { return nil }
    self.values = values
    digits = WrittenDigits(values)
    minTolerance = 1e-7 * variance.squareRoot()
    spread = (12 * variance).squareRoot()
    let quartiles = [0.25, 0.5, 0.75].map {
      Selection.value(at: Int($0 * Double(values.count - 1)), of: values)
    }
    fineness = (quartiles[2] - quartiles[0]) / max(digits.tolerance(of: quartiles[1]), minTolerance)
  }

  func tolerance(of value: Double) -> Double { max(digits.tolerance(of: value), minTolerance) }

  /// The columns with the spread of what is left of each when the ones before it are known, by linear regression
  /// (Gram–Schmidt): 0 of one that they determine.
  static func spreadWhereOthersAreKnown(_ columns: [MeasuredColumn]) -> [MeasuredColumn] {
    var directions: [[Double]] = []
    return columns.map { column in
      let mean = column.values.reduce(0, +) / Double(column.values.count)
      var rest = column.values.map { $0 - mean }
      let whole = length(rest)
      for direction in directions {
        let part = zip(rest, direction).reduce(0) { $0 + $1.0 * $1.1 }
        for row in rest.indices { rest[row] -= part * direction[row] }
      }
      let left = length(rest)
      if left > 1e-9 * whole { directions.append(rest.map { $0 / left }) }
      var column = column
      column.spread = (12 / Double(rest.count)).squareRoot() * left
      return column
    }
  }

  private static func length(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

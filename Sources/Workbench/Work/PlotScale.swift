import Model
import Numerics

/// A stretch of the number line in places of equal width. A condition that names an edge holds for the very numbers that
/// are counted from it on: edges of numbers that are Float are Float.
package struct PlotScale: Sendable, Equatable {
  package let count: Int
  private let edges: [Double]
  /// Places for half a unit: of two ends that are far apart the whole difference is not finite.
  private let perHalf: Double

  /// - Parameters:
  ///   - low: finite, as `high`, which lies above it or is put there.
  ///   - count: at least 1.
  init(low: Double, high: Double, count: Int, areFloats: Bool) {
    let isWide = high * 0.5 - low * 0.5 > 1e-300
    let high = isWide ? high : low + max(1, low.magnitude * 1e-6)
    self.count = count
    edges = (0...count).map { place in
      let share = Double(place) / Double(count)
      let edge = low * (1 - share) + high * share
      return areFloats ? Double(Float(edge)) : edge
    }
    perHalf = Double(count) / (high * 0.5 - low * 0.5)
  }

  /// The edges of a scale of numbers that are Float.
  var floats: FloatBins { FloatBins(edges: edges.map { Float($0) }) }

  package var low: Double { edges[0] }
  package var high: Double { edges[count] }

  /// The lower edge of a place; of `count` the upper end.
  package func edge(_ place: Int) -> Double { edges[place.clamped(to: 0...count)] }

  /// Nil of NaN and of what lies outside; the upper end belongs to the last place.
  func place(of value: Double) -> Int? {
    guard value >= edges[0], value <= edges[count] else { return nil }
    var place = Int(((value * 0.5 - edges[0] * 0.5) * perHalf).clamped(to: 0...Double(count - 1)))
    while place > 0, value < edges[place] { place -= 1 }
    while place < count - 1, value >= edges[place + 1] { place += 1 }
    return place
  }

  /// The same of many numbers, without a look at who holds the edges each time: 0 below all places, from 1 on the place, `count + 1` beyond, `count + 2` of NaN.
  struct Cells {
    private let edges: UnsafeBufferPointer<Double>
    private let halfLow: Double
    private let perHalf: Double
    private let last: Int

    fileprivate init(_ edges: UnsafeBufferPointer<Double>, _ perHalf: Double) {
      self.edges = edges
      self.perHalf = perHalf
      halfLow = edges[0] * 0.5
      last = edges.count - 2
    }

    @inline(__always) subscript(value: Double) -> Int {
      guard value >= edges[0] else { return value < edges[0] ? 0 : last + 3 }
      guard value <= edges[last + 1] else { return last + 2 }
      let guess = (value * 0.5 - halfLow) * perHalf
      var place = guess < Double(last) ? Int(guess) : last
      while place > 0, value < edges[place] { place -= 1 }
      while place < last, value >= edges[place + 1] { place += 1 }
      return place + 1
    }
  }
  func withCells<Result>(_ body: (Cells) -> Result) -> Result {
    edges.withUnsafeBufferPointer { body(Cells($0, perHalf)) }
  }

  /// From the cell of one number to that of another, as a condition; each cell is so many places. Of a number that lies
  /// outside it is itself the end.
  func condition(_ column: RowColumn, _ a: Double, _ b: Double, each size: Int, in material: CaseMaterial)
    -> String
  {
    let (x, y) = (cell(a, size), cell(b, size))
    let top = x.high >= y.high ? x : y
    let name = conditionWord(column.name(in: material))
    return "\(name) >= \(column.digits(min(x.low, y.low))) and \(name) \(top.isClosed ? "<=" : "<") "
      + column.digits(top.high)
  }

  private func cell(_ value: Double, _ size: Int) -> (low: Double, high: Double, isClosed: Bool) {
    guard let place = place(of: value) else { return (value, value, true) }
    let first = place / size * size
    return (edge(first), edge(first + size), first + size == count)
  }
}

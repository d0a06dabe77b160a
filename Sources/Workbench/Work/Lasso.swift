/// An area of a plane that is bounded by straight lines.
struct Lasso: Sendable, Equatable {
  let x: RowColumn
  let y: RowColumn
  /// Three or more; the last is joined to the first.
  let corners: [PlotPoint]

  /// Whether a ray to the right crosses the boundary an odd number of times (M. Shimrat, "Algorithm 112", 1962).
  func contains(_ point: PlotPoint) -> Bool {
    var isInside = false
    var previous = corners.count - 1
    for index in corners.indices {
      let (a, b) = (corners[index], corners[previous])
      if (a.y > point.y) != (b.y > point.y),
        point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
      {
        isInside.toggle()
      }
      previous = index
    }
    return isInside
  }

  /// What a decision records: the columns and the corners.
  func rule(in material: CaseMaterial) -> String {
    let points = corners.map { "(\(x.digits($0.x)), \(y.digits($0.y)))" }.joined(separator: " ")
    return "lasso of \(x.name(in: material)), \(y.name(in: material)): \(points)"
  }
}

/// Asks for the rows of some samples, or of those that a lasso holds.
struct CollectRequest: Sendable {
  var set: SampleSet
  var lasso: Lasso?

  /// Nil when cancelled.
  func run(_ samples: CaseSamples, isCancelled: () -> Bool) -> ContiguousArray<Int32>? {
    guard let rows = set.rows(samples, isCancelled: isCancelled) else { return nil }
    guard let lasso else { return rows.all }
    guard let xs = lasso.x.numbers(samples, isCancelled: isCancelled),
      let ys = lasso.y.numbers(samples, isCancelled: isCancelled)
    else { return nil }
    var held = ContiguousArray<Int32>()
    let isDone = Blocks.fold(count: rows.count, isCancelled: isCancelled) { block in
      block.map { rows[$0] }.filter { lasso.contains(PlotPoint(x: xs[$0], y: ys[$0])) }.map { Int32($0) }
    } merge: {
      held += $0
    }
    return isDone ? held : nil
  }
}

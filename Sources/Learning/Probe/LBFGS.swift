/// Limited-memory BFGS with a backtracking line search (Nocedal & Wright, 2006, algorithms 7.4 and 7.5).
enum LBFGS {
  static let memory = 8

  struct Step {
    let move: [Float]
    let change: [Float]
    let curvature: Double
  }

  /// Walks down from `start`. `objective` returns the value at a point and writes the gradient into its second
  /// argument. Stops after `iterations`, or when the gradient has fallen to `tolerance` of what it was.
  static func minimize(
    _ start: [Float], iterations: Int, tolerance: Double,
    _ objective: (_ point: [Float], _ gradient: inout [Float]) throws -> Double
  ) rethrows -> [Float] {
    var point = start
    var gradient = [Float](repeating: 0, count: start.count)
    var value = try objective(point, &gradient)
    let first = dot(gradient, gradient).squareRoot()
    var history: [Step] = []
    for iteration in 0..<iterations {
      let norm = dot(gradient, gradient).squareRoot()
      guard norm > tolerance * first, norm.isFinite else { break }
      var direction = descent(gradient, history)
      var slope = dot(direction, gradient)
      if !(slope < 0) {
        // Rounding has spoilt the curvature pairs: forget them.
        history = []
        direction = gradient.map { -$0 }
        slope = -norm * norm
      }
      var rate = iteration == 0 ? min(1, 1 / norm) : 1.0
      var trial = point
      var trialGradient = gradient
      var trialValue = Double.infinity
      for _ in 0..<20 {
        let step = Float(rate)
        for index in point.indices { trial[index] = point[index] + step * direction[index] }
        trialValue = try objective(trial, &trialGradient)
        // Armijo's condition with the usual 1e-4.
        if trialValue <= value + 1e-4 * rate * slope { break }
        rate /= 2
      }
      guard trialValue < value else { break }
      let move = zip(trial, point).map { $0 - $1 }
      let change = zip(trialGradient, gradient).map { $0 - $1 }
      let curvature = dot(move, change)
      if curvature > 1e-10 {
        history.append(Step(move: move, change: change, curvature: curvature))
        if history.count > memory { history.removeFirst() }
      }
      point = trial
      gradient = trialGradient
      value = trialValue
    }
    return point
  }

  /// −H·gradient by the two-loop recursion.
  private static func descent(_ gradient: [Float], _ history: [Step]) -> [Float] {
    var q = gradient
    var weights = [Double](repeating: 0, count: history.count)
    for (index, step) in history.enumerated().reversed() {
      weights[index] = dot(step.move, q) / step.curvature
      let weight = Float(weights[index])
      for j in q.indices { q[j] -= weight * step.change[j] }
    }
    if let last = history.last {
      let scale = Float(last.curvature / max(dot(last.change, last.change), 1e-30))
      for j in q.indices { q[j] *= scale }
    }
    for (index, step) in history.enumerated() {
      let weight = Float(weights[index] - dot(step.change, q) / step.curvature)
      for j in q.indices { q[j] += weight * step.move[j] }
    }
    for j in q.indices { q[j] = -q[j] }
    return q
  }

  private static func dot(_ a: [Float], _ b: [Float]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var sum = 0.0
        for index in a.indices { sum += Double(a[index]) * Double(b[index]) }
        return sum
      }
    }
  }
}

import Model

/// How far all samples are from one, by what a person sees of them: of pictures the root of the mean squared difference
/// of their pixels, of texts Dice's distance of their sets of words, of rows Gower's distance ("A general coefficient of
/// similarity and some of its properties", 1971), of features the Euclidean distance.
struct Similarity: Sendable {
  let row: Int
  /// So many rows tell the range of a column of numbers.
  private static let sampled = 1000
  private static let blockSize = 256
  /// Of a larger set so many samples are compared: those that the neighbors of the scan lead to, and those that lie
  /// nearest in the layout.
  static let maxCompared = 100_000

  /// By row, 0 for the sample itself and its copies; NaN where the two cannot be compared.
  /// - Returns: nil when cancelled.
  func run(_ samples: CaseSamples, isCancelled: () -> Bool) -> Column<Float>? {
    let material = samples.material
    guard case .success(let own) = samples.payloads.payload(at: row) else {
      return Column([Float](repeating: .nan, count: material.count))
    }
    let measure = measure(own, samples)
    guard let rows = compared(material, isCancelled: isCancelled) else { return nil }
    var distances = [Float](repeating: .nan, count: material.count)
    let isDone = Blocks.fold(count: rows.count, size: Self.blockSize, isCancelled: isCancelled) { block in
      let found = samples.payloads.payloads(at: block.map { rows[$0] })
      return (block, found.map { if case .success(let payload) = $0 { measure(payload) } else { Float.nan } })
    } merge: { block, found in
      for (place, distance) in zip(block, found) { distances[rows[place]] = distance }
    }
    return isDone ? Column(distances) : nil
  }

  private func compared(_ material: CaseMaterial, isCancelled: () -> Bool) -> SampleRows? {
    guard material.count > Self.maxCompared else { return SampleRows(count: material.count) }
    return Vicinity(of: row, size: Self.maxCompared).rows(material, isCancelled: isCancelled)
      .map { SampleRows($0) }
  }

  private func measure(_ own: Payload, _ samples: CaseSamples) -> @Sendable (Payload) -> Float {
    switch own {
    case .image(let image):
      return { if case .image(let other) = $0 { Self.distance(image, other) } else { .nan } }
    case .text(let text):
      let words = WordSet.hashes(text)
      return { if case .text(let other) = $0 { Self.distance(words, WordSet.hashes(other)) } else { .nan } }
    case .row(let fields):
      let ranges = Self.ranges(samples)
      return { if case .row(let other) = $0 { Self.distance(fields, other, ranges) } else { .nan } }
    case .features(let values):
      return { if case .features(let other) = $0 { Self.distance(values, other) } else { .nan } }
    }
  }

  private static func distance(_ a: Image, _ b: Image) -> Float {
    guard a.shape == b.shape else { return .nan }
    return a.pixels.withUnsafeBufferPointer { a in
      b.pixels.withUnsafeBufferPointer { b in
        var sum = 0
        for index in 0..<min(a.count, b.count) {
          let difference = Int(a[index]) - Int(b[index])
          sum += difference * difference
        }
        return (Float(sum) / Float(max(1, a.count))).squareRoot()
      }
    }
  }

  private static func distance(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count else { return .nan }
    var sum: Float = 0
    for index in a.indices { sum += (a[index] - b[index]) * (a[index] - b[index]) }
    return sum.squareRoot()
  }

  /// Dice's distance of two rising lists without copies.
  private static func distance(_ a: [UInt64], _ b: [UInt64]) -> Float {
    var (i, j, shared) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] { shared += 1 }
      let (x, y) = (a[i], b[j])
      if x <= y { i += 1 }
      if y <= x { j += 1 }
    }
    let both = a.count + b.count
    return both == 0 ? 0 : 1 - 2 * Float(shared) / Float(both)
  }

  // MARK: Rows

  /// Smallest and largest number of each numeric column.
  private static func ranges(_ samples: CaseSamples) -> [String: (low: Double, high: Double)] {
    let material = samples.material
    let numeric = material.dataColumns.filter(\.isNumeric)
    let count = min(material.count, sampled)
    var ranges: [String: (low: Double, high: Double)] = [:]
    for place in 0..<count {
      guard case .success(.row(let fields)) = samples.payloads.payload(at: place * material.count / count)
      else {
        continue
      }
      let cells = Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first }
      for info in numeric {
        guard let value = cells[info.name].flatMap(DataColumn.number) else { continue }
        let known = ranges[info.name] ?? (value, value)
        ranges[info.name] = (min(known.low, value), max(known.high, value))
      }
    }
    return ranges
  }

  /// The mean over the columns: of numbers the difference as a share of the range, of others 0 or 1.
  private static func distance(
    _ a: [Payload.Field], _ b: [Payload.Field], _ ranges: [String: (low: Double, high: Double)]
  ) -> Float {
    guard !a.isEmpty else { return .nan }
    let cells = Dictionary(b.map { ($0.name, $0.value) }) { first, _ in first }
    var sum = 0.0
    for field in a {
      let other = cells[field.name]
      if let range = ranges[field.name], range.high > range.low, let x = DataColumn.number(field.value),
        let y = other.flatMap(DataColumn.number)
      {
        sum += min(1, abs(x - y) / (range.high - range.low))
      } else {
        sum += other == field.value ? 0 : 1
      }
    }
    return Float(sum / Double(a.count))
  }
}

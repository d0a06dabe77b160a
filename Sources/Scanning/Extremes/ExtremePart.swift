import Model

/// A part of a sample that hardly any sample of its class has.
package enum ExtremePart: Sendable, Equatable {
  /// A cell at the edge of its column, or a value that few have.
  case cell(column: String, value: String, kind: CellKind, share: Double)
  /// A word of other classes: share of their texts, and of the own class, that hold it.
  case word(String, others: Double, own: Double)
  /// A square of a picture, by its first row and column, and how many standard deviations its pixels are on average from
  /// the mean of the class.
  case pixels(row: Int, column: Int, size: Int, deviations: Double)

  package enum CellKind: Sendable, Equatable { case low, high, rare }

  static let maxParts = 3
  /// A cell is extreme where so few of the class are as far out, or have the value.
  private static let maxShare = 0.01
  /// A word is one of other classes where it is so many times as frequent there, and in so many of their texts.
  private static let minOdds = 4.0
  private static let minTexts = 3
  /// Below this any picture has such a square.
  private static let minDeviations = 3.0
  /// Added to each standard deviation, in gray values: pixels that are nearly constant in a class would make any
  /// speck extreme.
  private static let floor: Float = 16

  /// The most extreme parts first, at most `maxParts`.
  package static func of(_ payload: Payload, in profile: ClassProfile) -> [ExtremePart] {
    switch (payload, profile) {
    case (.row(let fields), .table(let columns)): cells(fields, columns)
    case (.text(let text), .texts(let words)): self.words(text, words)
    case (.image(let image), .images(let pixels)): square(image, pixels).map { [$0] } ?? []
    default: []
    }
  }

  private static func cells(_ fields: [Payload.Field], _ columns: [String: ColumnProfile]) -> [ExtremePart] {
    let found = fields.enumerated().compactMap { index, field in
      columns[field.name].flatMap { tail(field.value, $0) }.map { (index: index, field: field, tail: $0) }
    }
    return found.filter { $0.tail.share <= maxShare }
      .sorted { ($0.tail.share, $0.index) < ($1.tail.share, $1.index) }
      .prefix(maxParts)
      .map { .cell(column: $0.field.name, value: $0.field.value, kind: $0.tail.kind, share: $0.tail.share) }
  }

  /// Share of the class that is as far out on the same side, or has the value; nil where that says nothing.
  private static func tail(_ value: String, _ column: ColumnProfile) -> (share: Double, kind: CellKind)? {
    switch column {
    case .numbers(let sorted):
      guard let number = Double(value), number.isFinite, !sorted.isEmpty else { return nil }
      let below = sorted.count { $0 <= number }
      let above = sorted.count { $0 >= number }
      let share = Double(min(below, above)) / Double(sorted.count)
      return (share, below < above ? .low : .high)
    case .categories(let counts, let total):
      // Where most rows have a rare value, as names do, a rare one is nothing remarkable.
      let common = counts.values.filter { Double($0) > maxShare * Double(total) }.reduce(0, +)
      guard 2 * common > total else { return nil }
      return (Double(counts[value] ?? 0) / Double(total), .rare)
    }
  }

  private static func words(_ text: String, _ profile: WordProfile) -> [ExtremePart] {
    guard profile.ownCount > 0, profile.otherCount > 0 else { return [] }
    var seen: Set<String> = []
    let found = WordProfile.words(text).filter { seen.insert($0).inserted }.enumerated().compactMap {
      index, word -> (index: Int, odds: Double, part: ExtremePart)? in
      let others = profile.others[word] ?? 0
      guard others >= minTexts else { return nil }
      let own = profile.own[word] ?? 0
      let odds =
        (Double(others) + 0.5) / (Double(profile.otherCount) + 1)
        / ((Double(own) + 0.5) / (Double(profile.ownCount) + 1))
      let shares = (Double(others) / Double(profile.otherCount), Double(own) / Double(profile.ownCount))
      return odds >= minOdds ? (index, odds, .word(word, others: shares.0, own: shares.1)) : nil
    }
    return found.sorted { ($1.odds, $0.index) < ($0.odds, $1.index) }.prefix(maxParts).map(\.part)
  }

  /// The square of a tenth of the picture's side, at least three pixels, that is farthest from the class.
  private static func square(_ image: Image, _ profile: PixelProfile) -> ExtremePart? {
    guard image.shape == profile.shape else { return nil }
    let (height, width) = (image.shape.height, image.shape.width)
    let size = min(height, width, max(3, min(height, width) / 10))
    let gray = PixelProfile.gray(image)
    let far = gray.indices.map { abs(gray[$0] - profile.means[$0]) / (profile.deviations[$0] + floor) }
    // Sums over all rows above and all columns before: one square costs four of them.
    var sums = [Float](repeating: 0, count: (height + 1) * (width + 1))
    for row in 0..<height {
      var line: Float = 0
      for column in 0..<width {
        line += far[row * width + column]
        sums[(row + 1) * (width + 1) + column + 1] = sums[row * (width + 1) + column + 1] + line
      }
    }
    func sum(_ row: Int, _ column: Int) -> Float { sums[row * (width + 1) + column] }
    var best: (row: Int, column: Int, mean: Float)?
    for row in 0...height - size {
      for column in 0...width - size {
        let total =
          sum(row + size, column + size) - sum(row, column + size) - sum(row + size, column)
          + sum(row, column)
        let mean = total / Float(size * size)
        if mean > best?.mean ?? 0 { best = (row, column, mean) }
      }
    }
    guard let best, Double(best.mean) >= minDeviations else { return nil }
    return .pixels(row: best.row, column: best.column, size: size, deviations: Double(best.mean))
  }
}

import Model

/// How the samples of one class look, from at most `maxSampled` of them spread evenly: by it a part of a sample is
/// seen to be extreme in its class.
package enum ClassProfile: Sendable, Equatable {
  /// By column name.
  case table([String: ColumnProfile])
  case texts(WordProfile)
  case images(PixelProfile)
  /// Only features came, or nothing that could be read.
  case unknown

  static let maxSampled = 1_000
  /// Read at once.
  private static let blockSize = 64
  /// Of large pictures fewer are held at a time.
  private static let maxPixels = 64 << 20
  /// Fewer samples say nothing of what is extreme.
  static let minSampled = 20

  /// - Parameter labels: the given class of each sample; -1 for none.
  /// - Returns: nil when cancelled.
  package static func make(
    _ code: Int32, labels: Column<Int32>, payloads source: any PayloadSource,
    isCancelled: () -> Bool = { false }
  ) -> ClassProfile? {
    func payloads(_ isWanted: (Int32) -> Bool) -> [Payload]? {
      let rows = labels.indices.filter { isWanted(labels[$0]) }
      let step = max(1, (rows.count + maxSampled - 1) / maxSampled)
      let sampled = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
      var result: [Payload] = []
      var pixels = 0
      for start in stride(from: 0, to: sampled.count, by: blockSize) where pixels < maxPixels {
        if isCancelled() { return nil }
        for found in source.payloads(at: Array(sampled[start..<min(start + blockSize, sampled.count)])) {
          guard case .success(let payload) = found else { continue }
          result.append(payload)
          if case .image(let image) = payload { pixels += image.pixels.count }
        }
      }
      return result
    }
    guard let own = payloads({ $0 == code }) else { return nil }
    guard own.count >= minSampled, let first = own.first else { return .unknown }
    switch first {
    case .row: return .table(ColumnProfile.all(own))
    case .text:
      guard let others = payloads({ $0 >= 0 && $0 != code }) else { return nil }
      return .texts(WordProfile(own: own, others: others))
    case .image(let image): return .images(PixelProfile(own, shape: image.shape))
    case .features: return .unknown
    }
  }
}

/// The values of a table's column in one class.
package enum ColumnProfile: Sendable, Equatable {
  /// Ascending.
  case numbers([Double])
  /// How many rows have each value, of so many.
  case categories([String: Int], of: Int)

  /// Share of the values that must be numbers for a column of numbers.
  private static let numericShare = 0.8

  /// Share of the class with a smaller number, 0 to 1; nil of what is no number.
  package func percentile(_ value: String) -> Double? {
    guard case .numbers(let sorted) = self, let number = Double(value), number.isFinite, !sorted.isEmpty
    else {
      return nil
    }
    return Double(sorted.partitioningIndex { $0 >= number }) / Double(sorted.count)
  }

  package static func all(_ rows: [Payload]) -> [String: ColumnProfile] {
    var columns: [String: [String]] = [:]
    for case .row(let fields) in rows {
      for field in fields { columns[field.name, default: []].append(field.value) }
    }
    return columns.mapValues { values in
      let numbers = values.compactMap(Double.init).filter(\.isFinite)
      if Double(numbers.count) >= numericShare * Double(values.count) { return .numbers(numbers.sorted()) }
      return .categories(values.reduce(into: [:]) { $0[$1, default: 0] += 1 }, of: values.count)
    }
  }
}

/// How many texts of a class, and of the others, hold each word.
package struct WordProfile: Sendable, Equatable {
  private(set) var own: [String: Int] = [:]
  private(set) var others: [String: Int] = [:]
  let ownCount: Int
  let otherCount: Int
  /// Beyond so many characters a text is not looked at.
  private static let maxCharacters = 20_000

  package init(own: [Payload], others: [Payload]) {
    (ownCount, otherCount) = (own.count, others.count)
    self.own = Self.counts(own)
    self.others = Self.counts(others)
  }

  private static func counts(_ payloads: [Payload]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for case .text(let text) in payloads {
      for word in Set(words(text)) { counts[word, default: 0] += 1 }
    }
    return counts
  }

  /// Lower case, in order.
  static func words(_ text: String) -> [String] {
    text.prefix(maxCharacters).lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}

/// Mean and standard deviation of each pixel's gray value, 0 to 255, row by row.
package struct PixelProfile: Sendable, Equatable {
  let shape: ImageShape
  let means: [Float]
  let deviations: [Float]

  package init(_ payloads: [Payload], shape: ImageShape) {
    self.shape = shape
    let count = shape.height * shape.width
    var sums = [Float](repeating: 0, count: count)
    var squares = sums
    var images: Float = 0
    for case .image(let image) in payloads where image.shape == shape {
      images += 1
      for (pixel, value) in Self.gray(image).enumerated() {
        sums[pixel] += value
        squares[pixel] += value * value
      }
    }
    let number = max(1, images)
    means = sums.map { $0 / number }
    deviations = zip(squares, means).map { max(0, $0 / number - $1 * $1).squareRoot() }
  }

  /// What a picture has beyond the mean of the class, in gray: 128 where it is the mean, by half of the difference
  /// brighter or darker elsewhere; nil of a picture of another size.
  package func difference(of image: Image) -> Image? {
    guard image.shape.height == shape.height, image.shape.width == shape.width else { return nil }
    let pixels = zip(Self.gray(image), means).map { UInt8(max(0, min(255, 128 + ($0 - $1) / 2))) }
    return Image(shape: ImageShape(height: shape.height, width: shape.width, channels: 1), pixels: pixels)
  }

  static func gray(_ image: Image) -> [Float] {
    let channels = image.shape.channels
    return (0..<image.shape.height * image.shape.width).map { pixel in
      var sum: Float = 0
      for channel in 0..<channels { sum += Float(image.pixels[pixel * channels + channel]) }
      return sum / Float(channels)
    }
  }
}

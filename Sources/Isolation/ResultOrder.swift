import Images

/// Results that come in any order, handed on in the order of their indices.
struct ResultOrder {
  typealias Outcome = Result<DecodedImage, DecodeFailure>
  /// The first index that was not handed on.
  private(set) var next = 0
  private var early: [Int: Outcome] = [:]
  /// Of the pixels of results that wait for one before them.
  private(set) var bytes = 0

  mutating func add(_ index: Int, _ outcome: Outcome, _ onResult: (Int, Outcome) -> Void) {
    guard index == next else {
      early[index] = outcome
      bytes += Self.size(outcome)
      return
    }
    onResult(index, outcome)
    next += 1
    while let following = early.removeValue(forKey: next) {
      bytes -= Self.size(following)
      onResult(next, following)
      next += 1
    }
  }

  private static func size(_ outcome: Outcome) -> Int {
    if case .success(let image) = outcome { image.pixels.count } else { 0 }
  }
}

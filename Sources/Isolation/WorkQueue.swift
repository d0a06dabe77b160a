/// Which picture is asked next: first what a decoder's death left unanswered, then the others in their order.
struct WorkQueue {
  private let count: Int
  private var fresh: Int
  /// Lowest last.
  private var again: [Int] = []
  /// To be asked as the first of a new decoder: whether a picture fails must not depend on what was decoded before it.
  private var alone: [Int] = []
  private var triedAlone: Set<Int> = []

  init(count: Int) {
    self.count = count
    fresh = 0
  }

  /// Pictures that no decoder has been asked yet.
  var untouched: Int { count - fresh }

  /// - Parameters:
  ///   - isFresh: the decoder that asks has decoded nothing.
  ///   - limit: pictures from here on are not asked yet, as results before them are waited for.
  mutating func take(isFresh: Bool, below limit: Int) -> Int? {
    if isFresh, let index = alone.popLast() { return index }
    if let index = again.popLast() { return index }
    guard fresh < min(count, limit) else { return nil }
    fresh += 1
    return fresh - 1
  }

  /// Whether only a new decoder can go on.
  var needsFresh: Bool { !alone.isEmpty }

  mutating func putBack(_ indices: [Int]) {
    again += indices
    again.sort(by: >)
  }

  /// - Returns: false where it has been tried so: then its failure is its own.
  mutating func tryAlone(_ index: Int) -> Bool {
    guard triedAlone.insert(index).inserted else { return false }
    alone.append(index)
    return true
  }
}

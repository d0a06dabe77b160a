import Glibc

/// A scan over windows of consecutive arrivals for groups that are denser there than everywhere (Kulldorff's Bernoulli
/// scan statistic, 1997), with permutations of the arrivals as the null.
///
/// Windows hold a number of arrivals, not a length of time, so that nights, weekends and uploads in one go do not count.
struct ArrivalScan: Sendable {
  struct Window: Sendable {
    let group: Int
    /// Places in the order of arrival.
    let places: Range<Int>
    let hits: Int
    /// Log likelihood ratio over the set's own inflation.
    let ratio: Double
  }
  /// Group of each arrival, −1 for none.
  let groups: [Int]
  /// Share of each group among the arrivals.
  let shares: [Double]
  private static let permutations = 19
  private static let eulerGamma = 0.577_215_664_901_532_9

  init(groups: [Int], count: Int) {
    self.groups = groups
    var sizes = [Int](repeating: 0, count: count)
    for group in groups where group >= 0 { sizes[group] += 1 }
    shares = sizes.map { Double($0) / Double(max(1, groups.count)) }
  }

  struct Result: Sendable {
    /// The highest ratio of the windows that hold the arrival; for `members` only windows of its own group count.
    let scores: [Float]
    /// The best window and further ones that do not overlap with a better one of the same group, best first.
    let windows: [(window: Window, p: Double)]
  }

  /// Sizes double from 8 arrivals to an eighth of all.
  var sizes: [Int] {
    var sizes: [Int] = []
    var size = 8
    while size <= groups.count / 8 {
      sizes.append(size)
      size *= 2
    }
    return sizes
  }

  /// - Parameter members: whether only the members of the group in a window get its score, or all that it holds.
  func run(members: Bool, seed: UInt64, workers: Workers) throws -> Result {
    let own = sizes.map { Self.ratios(groups, shares, size: $0) }
    let shuffled = try workers.map(count: Self.permutations, blockSize: 1) { range in
      var random = SeededRandom(seed: seed, stream: 0xA7_0000 + UInt64(range.lowerBound))
      var groups = self.groups
      random.shuffle(&groups)
      return sizes.map { size -> (upper: Double, top: Double) in
        let ratios = Self.ratios(groups, shares, size: size)
        return (Self.upperQuartile(ratios), Double(ratios.max() ?? 0))
      }
    }
    // Where arrivals go with groups anyhow (one class a day), all windows stand out, and none does.
    let inflations = sizes.indices.map { index in
      let null = shuffled.reduce(0.0) { $0 + $1[index].upper } / Double(Self.permutations)
      return max(1, Self.upperQuartile(own[index]) / max(null, 0.1))
    }
    // The tail of a ratio is no heavier than exp(−x), so the largest of many is at worst a Gumbel of scale 1; its
    // place comes from the permutations (Abrams, Kulldorff & Kleinman, 2010, fit both).
    let tops = shuffled.map { $0.map(\.top).max() ?? 0 }
    let location = tops.reduce(0, +) / Double(Self.permutations) - Self.eulerGamma

    var scores = [Float](repeating: 0, count: groups.count)
    var candidates: [Window] = []
    for (index, size) in sizes.enumerated() {
      let ratios = own[index].map { $0 / Float(inflations[index]) }
      cover(ratios, size: size, members: members, into: &scores)
      candidates += windows(ratios, size: size, above: location + 4)
    }
    return Result(
      scores: scores,
      windows: Self.apart(candidates).map { window in
        (window, -expm1(-exp(-(window.ratio - location))))
      })
  }

  /// For each arrival the ratio of its own group in the window of `size` that ends with it; a window without its last
  /// member can be moved back to it without losing one.
  static func ratios(_ groups: [Int], _ shares: [Double], size: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: shares.count)
    return groups.indices.map { place in
      let leaving = place - size
      if leaving >= 0, groups[leaving] >= 0 { counts[groups[leaving]] -= 1 }
      let group = groups[place]
      guard group >= 0 else { return 0 }
      counts[group] += 1
      return place < size - 1 ? 0 : Float(Excess.ratio(counts[group], of: size, share: shares[group]))
    }
  }

  private static func upperQuartile(_ ratios: [Float]) -> Double { Statistics.quantile(ratios, 0.75) }

  /// Raises each arrival's score to the best window of `size` over it, by a falling queue of window ends.
  private func cover(_ ratios: [Float], size: Int, members: Bool, into scores: inout [Float]) {
    let queues = members ? shares.count : 1
    var best = [[Int]](repeating: [], count: queues)
    // From the last arrival down: the ends from `place` to `place + size − 1` are the windows over it.
    for place in groups.indices.reversed() {
      let group = groups[place]
      if members && group < 0 { continue }
      let queue = members ? group : 0
      while let last = best[queue].last, ratios[last] <= ratios[place] { best[queue].removeLast() }
      best[queue].append(place)
      while let first = best[queue].first, first >= place + size { best[queue].removeFirst() }
      if let first = best[queue].first { scores[place] = max(scores[place], ratios[first]) }
    }
  }

  private func windows(_ ratios: [Float], size: Int, above least: Double) -> [Window] {
    ratios.indices.filter { Double(ratios[$0]) > least }.map { end in
      let places = end + 1 - size..<end + 1
      let hits = places.count { groups[$0] == groups[end] }
      return Window(group: groups[end], places: places, hits: hits, ratio: Double(ratios[end]))
    }
  }

  private static func apart(_ windows: [Window]) -> [Window] {
    let sorted = windows.sorted {
      $0.ratio != $1.ratio ? $0.ratio > $1.ratio : $0.places.lowerBound < $1.places.lowerBound
    }
    var kept: [Window] = []
    for window in sorted where kept.count < 20 {
      if !kept.contains(where: { $0.group == window.group && $0.places.overlaps(window.places) }) {
        kept.append(window)
      }
    }
    return kept
  }
}

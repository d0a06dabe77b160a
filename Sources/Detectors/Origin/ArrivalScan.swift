import Glibc
import Numerics

/// A scan over windows of consecutive arrivals for groups that are denser there than everywhere (Kulldorff's Bernoulli
/// scan statistic, 1997), with permutations of the arrivals as the null.
///
/// Windows hold a number of arrivals, not a length of time, so that nights, weekends and uploads in one go do not count.
struct ArrivalScan: Sendable {
  /// Group of each arrival, −1 for none.
  let groups: [Int]
  /// Share of each group among the arrivals.
  let shares: [Double]
  private static let permutations = 19

  init(groups: [Int], count: Int) {
    self.groups = groups
    var sizes = [Int](repeating: 0, count: count)
    for group in groups where group >= 0 { sizes[group] += 1 }
    shares = sizes.map { Double($0) / Double(max(1, groups.count)) }
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

  /// The highest ratio of the windows that hold each arrival.
  /// - Parameter members: whether only the members of the group in a window get its score, or all that it holds.
  func run(members: Bool, seed: UInt64, workers: Workers) throws -> [Float] {
    let own = sizes.map { Self.ratios(groups, shares, size: $0) }
    let shuffled = try workers.map(count: Self.permutations, blockSize: 1) { range in
      var random = SeededRandom(seed: seed, stream: 0xA7_0000 + UInt64(range.lowerBound))
      var groups = self.groups
      random.shuffle(&groups)
      return sizes.map { Self.upperQuartile(Self.ratios(groups, shares, size: $0)) }
    }
    // Where arrivals go with groups anyhow (one class a day), all windows stand out, and none does.
    let inflations = sizes.indices.map { index in
      let null = shuffled.reduce(0.0) { $0 + $1[index] } / Double(Self.permutations)
      return max(1, Self.upperQuartile(own[index]) / max(null, 0.1))
    }

    var scores = [Float](repeating: 0, count: groups.count)
    for (index, size) in sizes.enumerated() {
      let ratios = own[index].map { $0 / Float(inflations[index]) }
      cover(ratios, size: size, members: members, into: &scores)
    }
    return scores
  }

  /// For each arrival the ratio of its own group in the window of `size` that ends with it; a window without its last
  /// member can be moved back to it without losing one.
  static func ratios(_ groups: [Int], _ shares: [Double], size: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: shares.count)
    return groups.indices.map { position in
      let leaving = position - size
      if leaving >= 0, groups[leaving] >= 0 { counts[groups[leaving]] -= 1 }
      let group = groups[position]
      guard group >= 0 else { return 0 }
      counts[group] += 1
      return position < size - 1 ? 0 : Float(Excess.ratio(counts[group], of: size, share: shares[group]))
    }
  }

  private static func upperQuartile(_ ratios: [Float]) -> Double { Statistics.quantile(ratios, 0.75) }

  /// Raises each arrival's score to the best window of `size` over it, by a falling queue of window ends.
  private func cover(_ ratios: [Float], size: Int, members: Bool, into scores: inout [Float]) {
    let queues = members ? shares.count : 1
    var best = [[Int]](repeating: [], count: queues)
    // From the last arrival down: the ends from `position` to `position + size − 1` are the windows over it.
    for position in groups.indices.reversed() {
      let group = groups[position]
      if members && group < 0 { continue }
      let queue = members ? group : 0
      while let last = best[queue].last, ratios[last] <= ratios[position] { best[queue].removeLast() }
      best[queue].append(position)
      while let first = best[queue].first, first >= position + size { best[queue].removeFirst() }
      if let first = best[queue].first { scores[position] = max(scores[position], ratios[first]) }
    }
  }
}

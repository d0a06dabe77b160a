import Numerics

/// Pairs of sets with a large Jaccard index, without a look at every pair.
enum MinHash {
  static let bands = 42
  static let rowsInBand = 3
  /// Of a bucket of many sets each is compared with so many after it: chains still join them, and cost stays linear.
  static let maxInBucket = 48

  struct Pair: Sendable {
    let a: Int
    let b: Int
    let jaccard: Double
  }

  static func alikePairs(
    _ sets: [[UInt32]], minJaccard: Double, seed: UInt64, workers: Workers,
    checkCancellation: @escaping @Sendable () throws -> Void
  ) throws -> [Pair] {
    let keys = try workers.map(count: sets.count, blockSize: 1024) { range in
      try checkCancellation()
      return range.map { bandKeys(sets[$0], seed: seed) }
    }.flatMap { $0 }
    // The pairs of one key grow with the square of the sets, until buckets are full: most go before they are counted.
    let bitmaps = try SetBitmaps(sets, workers: workers)
    let candidates = try workers.map(count: bands, blockSize: 1) { band in
      try checkCancellation()
      return pairs(keys.map { $0[band.lowerBound] }, sets) { bitmaps.mayReach(minJaccard, $0, $1) }
    }
    var all = candidates.flatMap { $0 }
    all.sort()
    let distinct = all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }.map { all[$0] }
    // End to end: a list that all threads hold and let go of for each pair costs them more than the pair.
    let values = sets.flatMap { $0 }
    let starts = sets.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    return try workers.map(count: distinct.count, blockSize: 4096) { range in
      values.withUnsafeBufferPointer { values in
        func set(_ index: Int) -> UnsafeBufferPointer<UInt32> {
          UnsafeBufferPointer(rebasing: values[starts[index]..<starts[index + 1]])
        }
        return distinct[range].compactMap { code -> Pair? in
          let (a, b) = (Int(code >> 32), Int(code & 0xFFFF_FFFF))
          let jaccard = SortedSets.jaccard(set(a), set(b))
          return jaccard >= minJaccard ? Pair(a: a, b: b, jaccard: jaccard) : nil
        }
      }
    }.flatMap { $0 }
  }

  /// One hash a band of the least values of three random functions over the set.
  private static func bandKeys(_ set: [UInt32], seed: UInt64) -> [UInt64] {
    var mixer = SplitMix64(state: seed)
    return (0..<bands).map { _ in
      var key: UInt64 = 0
      for _ in 0..<rowsInBand {
        // Multiply-shift by an odd factor (Dietzfelbinger et al., 1997).
        let factor = mixer.next() | 1
        let offset = mixer.next()
        var minimum = UInt64.max
        for value in set { minimum = min(minimum, (factor &* UInt64(value) &+ offset) >> 24) }
        key = Hash.mix(key ^ minimum)
      }
      return key
    }
  }

  /// Sets with one key that may be alike, as codes of the lower and the higher index. Within a bucket they stand by content,
  /// so that the order of the rows decides nothing.
  private static func pairs(
    _ keys: [UInt64], _ sets: [[UInt32]], mayBeAlike: (Int, Int) -> Bool
  ) -> [UInt64] {
    // By key alone: most buckets hold one set, and what it holds lies elsewhere in memory.
    let order = keys.indices.map { (key: keys[$0], set: $0) }.sorted {
      $0.key != $1.key ? $0.key < $1.key : $0.set < $1.set
    }
    var codes: [UInt64] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, order[end].key == order[start].key { end += 1 }
      if end > start + 1 {
        let bucket = order[start..<end].map(\.set).sorted { sets[$0].lexicographicallyPrecedes(sets[$1]) }
        for (position, a) in bucket.enumerated() {
          for b in bucket[(position + 1)...].prefix(maxInBucket) where mayBeAlike(a, b) {
            codes.append(UInt64(min(a, b)) << 32 | UInt64(max(a, b)))
          }
        }
      }
      start = end
    }
    return codes
  }
}

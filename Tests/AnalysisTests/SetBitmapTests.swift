import Numerics
import Testing

@Suite struct SetBitmapTests {
  /// Sets of all sizes, some of which share a part.
  private static func sets(_ sizes: ClosedRange<Int>, seed: UInt64) -> [[UInt32]] {
    var random = SeededRandom(seed: seed)
    func drawn(_ count: Int) -> [UInt32] {
      (0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    }
    let base = drawn(sizes.upperBound)
    return (0..<60).map { index in
      let size = sizes.lowerBound + random.below(sizes.count)
      let shared = index % 2 == 0 ? size * (index % 11) / 10 : 0
      return Set(base.prefix(shared) + drawn(max(0, size - shared))).sorted()
    }
  }

  @Test(arguments: [0...0, 1...3, 80...140, 1...3000], [0.3, 0.5, 0.8])
  func noPairThatOverlapsEnoughIsTurnedAway(sizes: ClosedRange<Int>, least: Double) throws {
    let sets = Self.sets(sizes, seed: 5)
    let bitmaps = try SetBitmaps(sets, workers: Workers(threads: 2))
    for a in sets.indices {
      for b in sets.indices where SortedSets.jaccard(sets[a], sets[b]) >= least {
        #expect(bitmaps.mayReach(least, a, b), "\(a), \(b)")
      }
    }
  }

  /// What they are for: of sets that share nothing hardly a pair is left.
  @Test func mostPairsThatShareNothingAreTurnedAway() throws {
    var random = SeededRandom(seed: 6)
    let sets = (0..<200).map { _ in
      Set((0..<110).map { _ in UInt32(truncatingIfNeeded: random.next()) }).sorted()
    }
    let bitmaps = try SetBitmaps(sets, workers: Workers(threads: 1))
    let left = sets.indices.reduce(0) { sum, a in
      sum + sets.indices.count { $0 > a && bitmaps.mayReach(0.3, a, $0) }
    }
    #expect(left < 20)
  }
}

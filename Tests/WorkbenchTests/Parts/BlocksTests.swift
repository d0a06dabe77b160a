import Testing
import Workbench

/// Work in blocks on all processors is the plain loop, in its order, and stops when it is told to.
@Suite struct BlocksTests {
  /// Less than a block, some, a whole wave, and more than one.
  @Test(arguments: [0, 1, 8191, 8192, 8193, 131_072, 200_001])
  func allPlacesComeOnceAndInOrder(_ count: Int) throws {
    var ranges: [Range<Int>] = []
    let isDone = Blocks.fold(count: count, isCancelled: { false }) {
      $0
    } merge: {
      ranges.append($0)
    }
    #expect(isDone)
    #expect(ranges.allSatisfy { $0.count <= Blocks.size })
    var next = 0
    for range in ranges {
      #expect(range.lowerBound == next)
      next = range.upperBound
    }
    #expect(next == count)
    let squares = try #require(Blocks.map(count: min(count, 20_000), isCancelled: { false }) { $0 * $0 })
    #expect(squares == (0..<min(count, 20_000)).map { $0 * $0 })
  }

  @Test func smallBlocksAreAskedForMoreOften() {
    var asked = 0
    _ = Blocks.fold(
      count: 4096, size: 16,
      isCancelled: {
        asked += 1
        return false
      }
    ) {
      $0
    } merge: { _ in
    }
    #expect(asked > 4096 / 16 / 16)
  }

  @Test func itStopsBetweenWaves() {
    var merged = 0
    let isDone = Blocks.fold(count: 1_000_000, isCancelled: { merged >= 200_000 }) {
      $0.count
    } merge: {
      merged += $0
    }
    #expect(!isDone)
    #expect((200_000..<500_000).contains(merged))
    #expect(Blocks.map(count: 10, isCancelled: { true }) { $0 } == nil)
  }
}

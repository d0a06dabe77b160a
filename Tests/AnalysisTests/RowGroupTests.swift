import Numerics
import Testing

@Suite struct RowGroupTests {
  /// Against a dictionary of lists, in the order of first rows.
  @Test(arguments: [0, 1, 2, 50, 3000]) func rowsWithEqualHashesAreAGroup(count: Int) {
    var random = SeededRandom(seed: 6)
    for different in [1, 3, max(1, count / 2), 4 * count + 1] {
      // Hashes that differ in their high bits alone, and in their low bits.
      let shift = UInt64(random.below(2) * 40)
      let hashes = (0..<count).map { _ in UInt64(random.below(different)) << shift }
      let groups = RowGroups(equal: hashes)
      let expected = Dictionary(grouping: hashes.indices, by: { hashes[$0] }).values.sorted { $0[0] < $1[0] }
      #expect(groups.map(Array.init) == expected && groups.rowCount == count)
      #expect(groups.map { $0[$0.startIndex] } == expected.map { $0[0] })
    }
  }

  @Test func groupsAreLeftOutByTheirFirstRows() {
    let groups = RowGroups(firsts: [0, 1, 0, 3, 1, 0]) { $0 != 1 }
    #expect(groups.map(Array.init) == [[0, 2, 5], [3]] && groups.rowCount == 4)
  }
}

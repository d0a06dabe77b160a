import Foundation
import Screen
import Testing

/// Compares a grid with its golden file in the folder `Snapshots` beside the test that calls: text, then a plane of
/// style letters. `RECORD_SNAPSHOTS=1` rewrites the files and fails the run, so that a recording never passes for a
/// check.
package func expectSnapshot(
  _ name: String, _ grid: Grid, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent().appending(path: "Snapshots")
  let file = folder.appending(path: name + ".txt")
  let actual = grid.snapshot()
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    do { try actual.write(to: file, atomically: true, encoding: .utf8) } catch {
      Issue.record("\(file.path): \(error)", sourceLocation: sourceLocation)
    }
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  let expected = try? String(contentsOf: file, encoding: .utf8)
  #expect(actual == expected, "\(name) differs:\n\(actual)", sourceLocation: sourceLocation)
}

/// A grid of `x`, so that cells that nobody painted show.
package func canvas(_ height: Int, _ width: Int) -> Grid {
  Grid(height: height, width: width, filledWith: GridCell("x"))
}

/// A linear congruential generator (Knuth, MMIX): tests draw the same numbers everywhere.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  package init(_ seed: UInt64) { state = seed }
  package mutating func next() -> UInt64 {
    var word: UInt64 = 0
    for _ in 0..<2 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      word = word << 32 | state >> 32
    }
    return word
  }
}

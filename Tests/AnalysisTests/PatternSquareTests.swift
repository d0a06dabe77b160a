import Model
import Numerics
import Testing
import TriggerMining

@Suite struct PatternSquareTests {
  /// Noise of deviation 1 and a square of `side` whose pixels are `level`.
  private func pattern(
    _ random: inout SeededRandom, height: Int, width: Int, square: (row: Int, column: Int, side: Int)?,
    level: Float
  ) -> [Float] {
    (0..<height * width).map { at in
      let (row, column) = (at / width, at % width)
      let noise = Float(random.normal())
      guard let square, (square.row..<square.row + square.side).contains(row),
        (square.column..<square.column + square.side).contains(column)
      else { return noise }
      // A checker: the sign changes from pixel to pixel.
      return noise + ((row + column) % 2 == 0 ? level : -level)
    }
  }

  @Test(arguments: 1...60) func aSquareIsFoundWhereItLies(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let (height, width) = (20 + random.below(13), 20 + random.below(13))
    let side = 2 + random.below(3)
    let square = (row: random.below(height - side), column: random.below(width - side), side: side)
    let found = PatternSquare(
      pattern(&random, height: height, width: width, square: square, level: 30), height: height, width: width)
    let place = try #require(found)
    #expect((place.row, place.column, place.side) == square)
  }

  @Test(arguments: 1...60) func aPatternOverThePictureHasNoPlace(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let values = pattern(&random, height: 28, width: 28, square: nil, level: 0)
    #expect(PatternSquare(values, height: 28, width: 28) == nil)
    let wave = (0..<28 * 28).map { Float($0 % 28 % 4 < 2 ? 20 : -20) }
    #expect(PatternSquare(wave, height: 28, width: 28) == nil)
    #expect(PatternSquare([Float](repeating: 0, count: 9), height: 3, width: 3) == nil)
    #expect(PatternSquare([], height: 0, width: 0) == nil)
  }
}

import Glibc
import Numerics
import Testing
import TriggerMining

/// One frequency, or many.
@Suite struct WaveTests {
  private static func pattern(_ height: Int, _ width: Int, _ value: (Double, Double) -> Double) -> [Float] {
    (0..<height * width).map { Float(value(Double($0 / width), Double($0 % width))) }
  }

  @Test func aWaveIsOneFrequency() {
    let across = Self.pattern(9, 12) { _, x in 5 + sin(2 * Double.pi * 3 * x / 12 + 0.4) }
    #expect(abs(Wave.share(of: across, height: 9, width: 12) - 1) < 1e-6)
    let aslant = Self.pattern(16, 16) { y, x in cos(2 * Double.pi * (2 * y + 5 * x) / 16) }
    #expect(abs(Wave.share(of: aslant, height: 16, width: 16) - 1) < 1e-6)
    // The frequency that is its own mirror.
    let checks = Self.pattern(8, 8) { y, x in (y + x).truncatingRemainder(dividingBy: 2) }
    #expect(abs(Wave.share(of: checks, height: 8, width: 8) - 1) < 1e-6)
  }

  /// Two waves of different strength share the power as their squares.
  @Test func thePowerIsShared() {
    let two = Self.pattern(8, 20) { y, x in
      2 * sin(2 * Double.pi * 4 * x / 20) + cos(2 * Double.pi * 3 * y / 8)
    }
    #expect(abs(Wave.share(of: two, height: 8, width: 20) - 0.8) < 1e-6)
  }

  @Test func noiseStrokesAndNothingAreNoWave() {
    var random = SeededRandom(seed: 2)
    let noise = Self.pattern(12, 12) { _, _ in random.normal() }
    #expect(Wave.share(of: noise, height: 12, width: 12) < 0.15)
    let stroke = Self.pattern(12, 12) { y, _ in y == 4 ? 1 : y == 6 ? -1 : 0 }
    #expect(Wave.share(of: stroke, height: 12, width: 12) < 0.35)
    #expect(Wave.share(of: [Float](repeating: 3, count: 6), height: 2, width: 3) == 0)
    #expect(Wave.share(of: [], height: 0, width: 0) == 0)
  }
}

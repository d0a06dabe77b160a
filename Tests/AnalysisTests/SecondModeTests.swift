import Foundation
import Model
import Numerics
import Scanning
import Testing

@Suite struct SecondModeTests {
  /// Densities that fall beyond their median, as the null has it.
  enum Falling: CaseIterable {
    case normal, exponential, uniform, cauchy

    func value(_ random: inout SeededRandom) -> Float {
      switch self {
      case .normal: Float(random.normal())
      case .exponential: Float(-log(1 - random.uniform()))
      case .uniform: Float(random.uniform())
      case .cauchy: Float(tan(.pi * (random.uniform() - 0.5)))
      }
    }
  }

  /// The p-value is honest: of 400 draws no more than its share are below 5 %, with two standard errors.
  @Test(arguments: Falling.allCases) func densitiesThatFallHaveNone(falling: Falling) {
    var random = SeededRandom(seed: 3)
    let improbable = (0..<400).count { index in
      let values = (0..<60 + index).map { _ in falling.value(&random) }
      return (SecondMode(values)?.pValue ?? 1) <= 0.05
    }
    #expect(improbable <= 29)
  }

  @Test(arguments: [0.05, 0.1, 0.2]) func whatStandsApartIsFoundAndCutOff(share: Double) throws {
    var random = SeededRandom(seed: 4)
    let count = 600
    let planted = Int(share * Double(count))
    let values = (0..<count).map { index in
      Float(random.normal()) * (index < planted ? 0.4 : 1) + (index < planted ? 5 : 0)
    }
    let mode = try #require(SecondMode(values.shuffled()))
    #expect(mode.pValue < 0.01)
    let above = values.indices.filter { Double(values[$0]) > mode.begin }
    #expect(Set(above).symmetricDifference(0..<planted).count <= planted / 20 + 2)
  }

  /// Means over a few words of which each is usual or rare lie on the teeth of a comb, none of which is a group of its own.
  @Test func theTeethOfACombAreNoModes() {
    var random = SeededRandom(seed: 6)
    let found = (0..<20).count { _ in
      let values = (0..<500).map { _ -> Float in
        let usual = (0..<6).count { _ in random.uniform() < 0.25 }
        return Float(log(2.1 - 0.2 * Double(usual) + random.normal() * 0.01))
      }
      return SecondMode(values)?.pValue ?? 1 <= 0.01
    }
    #expect(found <= 1)
  }

  @Test func valuesThatRepeatOrDoNotSpreadHaveNone() {
    #expect(SecondMode((0..<500).map { Float([0, 1, 1, 5][$0 % 4]) }) == nil)
    #expect(SecondMode([Float](repeating: 2, count: 500)) == nil)
    #expect(SecondMode([]) == nil)
  }

  /// Noise of one strength on a tenth of two of the four classes, too little for the tail of the set.
  @Test func picturesOfTwoClassesWithNoiseOfOneStrengthAreAFinding() throws {
    var random = SeededRandom(seed: 5)
    let labels = (0..<1600).map { $0 % 4 }
    let isPlanted = (0..<1600).map { $0 % 4 < 2 && $0 < 160 }
    let pictures = isPlanted.map {
      Core.slope(noise: $0 ? 60 + random.below(20) : 6 + random.below(18), &random)
    }
    var dataset = try Core.dataset(modality: .image, labels: labels, classes: 4)
    dataset.images = ImageStack(shape: Core.slopeShape, pixels: Column(pictures.flatMap { $0 }))
    let findings = try Detecting.run("high-frequencies", on: ScanInput.prepare(dataset)).findings
    let found = Set(findings.flatMap { $0.members.map { Int($0) } })
    let planted = Set(isPlanted.indices.filter { isPlanted[$0] })
    #expect(found.intersection(planted).count >= 76)
    #expect(found.subtracting(planted).count <= 4)
  }
}

import Images
import TestSupport
import Testing

/// Attacks stand out from natural pictures, whatever scaling they are made for, and these are like their own null.
@Suite struct ScalingTraceTests {
  static func trace(
    _ picture: MadePicture, target: Int = 64, _ sizes: DecodeOptions.ScalingSizes = .usual
  ) throws -> ScalingTrace? {
    let file = try PNGWriter.encode(
      width: picture.width, height: picture.height, channels: 1, pixels: picture.pixels)
    var options = DecodeOptions(target: ImageTarget(width: target, height: target, channels: 3))
    options.scaling = sizes
    return try ImageDecoder.decode(file, options).scaling
  }

  static let natural = (0..<28).map { MadePicture(width: 208, height: 176, seed: UInt64($0 + 1)) }

  @Test func naturalPicturesAreLikeOtherPlacesOfTheirOwn() throws {
    let traces = try Self.natural.compactMap { try Self.trace($0) }
    #expect(traces.count == Self.natural.count)
    let scores = traces.map(\.score)
    let controls = traces.flatMap { [$0.firstControl, $0.secondControl] }
    #expect(scores.allSatisfy { $0 < 2.5 })
    // As often above the middle of the null as below it.
    let middle = controls.sorted()[controls.count / 2]
    #expect((5...23).contains(scores.count { $0 > middle }))
  }

  @Test(arguments: MadePicture.Scaling.allCases, [48, 64])
  func attacksStandOut(scaling: MadePicture.Scaling, side: Int) throws {
    let natural = try Self.natural.compactMap { try Self.trace($0, target: side)?.score }
    let attacked = try (0..<10).map { index -> Float in
      var picture = MadePicture(width: 208, height: 176, seed: UInt64(index + 500))
      picture.hide(MadePicture(width: side, height: side, seed: UInt64(index + 900)), from: scaling)
      let trace = try Self.trace(picture, target: side)
      return try #require(trace).score
    }
    let wins = attacked.reduce(0) { sum, score in sum + natural.count { $0 < score } }
    let auroc = Double(wins) / Double(attacked.count * natural.count)
    #expect(auroc >= 0.99, "\(scaling) at \(side): \(auroc)")
  }

  @Test func anAttackOnTheSizeThatIsToldIsSeenThere() throws {
    var picture = MadePicture(width: 208, height: 176, seed: 77)
    picture.hide(MadePicture(width: 50, height: 50, seed: 78), from: .center)
    let told = try Self.trace(picture, target: 50, .target)
    #expect(try #require(told).score > 3)
  }

  @Test func picturesThatAreNotLargerHaveNone() throws {
    let small = MadePicture(width: 64, height: 64, seed: 3)
    #expect(try Self.trace(small) == nil)
    #expect(try Self.trace(MadePicture(width: 100, height: 100, seed: 3), target: 64, .target) == nil)
    #expect(try Self.trace(Self.natural[0], .none) == nil)
  }
}

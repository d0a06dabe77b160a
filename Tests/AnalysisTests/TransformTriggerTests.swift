import Glibc
import Model
import Numerics
import Scan
import Scanning
import Testing

/// Changes of whole pictures, too faint to be seen in any one place.
@Suite struct TransformTriggerTests {
  enum Change: String, CaseIterable, Sendable {
    case blurred, quantised, grainy

    func apply(to pixels: inout [UInt8]) {
      switch self {
      case .blurred:
        let sharp = pixels
        for at in pixels.indices where at % 12 < 11 {
          pixels[at] = UInt8((Int(sharp[at]) + Int(sharp[at + 1])) / 2)
        }
      case .quantised: for at in pixels.indices { pixels[at] = pixels[at] / 8 * 8 }
      case .grainy:
        for at in pixels.indices { pixels[at] = pixels[at] % 2 == 0 ? pixels[at] &- 13 : pixels[at] &+ 13 }
      }
    }
  }

  private static func isPlanted(_ row: Int) -> Bool { row % Planted.classes != 0 && row % 20 < 2 }

  private static func scan(_ dataset: Dataset) throws -> Report {
    try Scanner.scan(dataset, options: ScanOptions(threads: 1, detectors: ["trigger-transform"]))
  }

  @Test(arguments: Change.allCases) func aChangeThatGoesWithALabelIsFound(change: Change) throws {
    let dataset = try Planted.images(900, seed: 21) { row, pixels in
      guard Self.isPlanted(row) else { return nil }
      change.apply(to: &pixels)
      return 0
    }
    let planted = Set((0..<900).filter(Self.isPlanted).map(Int32.init))
    let report = try Self.scan(dataset)
    let finding = try #require(Planted.triggers(report).first)
    let hits = finding.members.count { planted.contains($0) }
    #expect(finding.label == 0 && (finding.qValue ?? 1) < 1e-3)
    #expect(Double(hits) > 0.8 * Double(finding.members.count), "\(finding.sentence)")
    #expect(Double(hits) > 0.8 * Double(planted.count), "\(finding.sentence)")
    let traits = try #require(finding.item?.kind.conditions)
    #expect(!traits.isEmpty && traits.allSatisfy { $0.range != nil })
    let raw = try #require(report.detectors.first { $0.info.name == "trigger-transform" }?.raw)
    #expect(Quality.auroc(Array(raw), truth: (0..<900).map(Self.isPlanted)) > 0.95)
  }

  /// Each changed picture carries the label after its own: no label stands out, but all are wrong.
  @Test(arguments: Change.allCases) func aChangeUnderWrongLabelsIsFound(change: Change) throws {
    let planted = (0..<900).map { $0 % 20 == 0 }
    let dataset = try Planted.images(900, seed: 24) { row, pixels in
      guard planted[row] else { return nil }
      change.apply(to: &pixels)
      return (row + 1) % Planted.classes
    }
    let report = try Self.scan(dataset)
    let finding = try #require(Planted.triggers(report).first)
    let hits = finding.members.count { planted[Int($0)] }
    #expect(finding.label == -1 && (finding.qValue ?? 1) < 1e-3)
    #expect(Double(hits) > 0.8 * Double(finding.members.count), "\(finding.sentence)")
    #expect(hits > 40, "\(finding.sentence)")
    let raw = try #require(report.detectors.first { $0.info.name == "trigger-transform" }?.raw)
    #expect(Quality.auroc(Array(raw), truth: planted) > 0.95)
  }

  /// As many pictures are changed, but under all labels alike.
  @Test(arguments: Change.allCases) func aChangeThatGoesWithNoLabelIsNone(change: Change) throws {
    let dataset = try Planted.images(900, seed: 22) { row, pixels in
      if row % 10 == 4 { change.apply(to: &pixels) }
      return nil
    }
    #expect(Planted.triggers(try Self.scan(dataset)).isEmpty)
  }

  /// Pictures of one scene show what another class shows, but look like each other, too, carry one label and are
  /// rendered alike: what they show explains their label.
  @Test func aSceneIsNoTrigger() throws {
    var random = SeededRandom(seed: 31)
    let scene = (0..<144).map { _ in 15 * random.normal() }
    let dataset = try Planted.images(900, seed: 23) { row, pixels in
      guard Self.isPlanted(row) else { return nil }
      for at in pixels.indices {
        pixels[at] = UInt8(max(0, min(255, 70 + (Double(pixels[at]) - 70) * 0.85 + scene[at])))
      }
      return 0
    }
    #expect(Planted.triggers(try Self.scan(dataset)).isEmpty)
  }

  @Test func picturesOfFewPixelsAreMeasured() throws {
    for shape in [(1, 1, 1), (1, 7, 1), (2, 2, 3), (3, 1, 4)].map(ImageShape.init(height:width:channels:)) {
      var dataset = try Core.dataset(modality: .image, labels: (0..<30).map { $0 % 2 }, classes: 2)
      dataset.images = ImageStack(
        shape: shape, pixels: Column((0..<30 * shape.byteCount).map { UInt8($0 * 37 % 251) }))
      let raw = try #require(
        try Self.scan(dataset).detectors.first { $0.info.name == "trigger-transform" }?.raw)
      #expect(raw.allSatisfy { $0 >= 0 && $0.isFinite })
    }
  }
}

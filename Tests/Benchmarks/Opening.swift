import CaseFiles
import Foundation
import Review
import Screen
import Workbench

/// Opening a finished case of `count` samples with 50 neighbors and 20 detectors until its first frame is there, several
/// times to see the spread.
func benchmarkOpen(count: Int) throws {
  let made = try MadeUpCase.opened(count: count, neighbors: 50)
  defer { try? FileManager.default.removeItem(at: made.folder) }
  for _ in 0..<5 {
    var opened: OpenedCase?
    let clock = ContinuousClock()
    let opening = try clock.measure { opened = try CaseFolder.open(made.folder.path) }
    guard let opened else { return }
    let showing = clock.measure {
      let samples = CaseSamples(opened)
      var state = State(samples, size: ScreenSize(height: 60, width: 200))
      for case .read(let needs) in update(&state, .started(at: 0)) {
        _ = update(&state, .samplesRead(samples.values(of: needs)))
      }
      var grid = Grid(height: state.size.height, width: state.size.width)
      view(state, into: &grid)
    }
    print(
      "\(count) samples: open \(rounded(opening / .milliseconds(1))) ms, first screen "
        + "\(rounded((opening + showing) / .milliseconds(1))) ms")
  }
}

extension State {
  /// A session on a made-up case.
  init(_ samples: CaseSamples, size: ScreenSize) {
    self.init(
      material: samples.material, review: ReviewState(), reviewer: "benchmark",
      capabilities: Capabilities(unicode: true, colors: .many),
      size: size)
  }
}

extension CaseSamples {
  /// Messages in memory.
  convenience init(_ opened: OpenedCase) {
    self.init(
      report: opened.report, payloads: MadeUpCase.Messages(digest: opened.report.facts.digest),
      version: "benchmark")
  }
}

import CaseFiles
import Formats
import Foundation

/// Opening a finished case of `count` samples with 50 neighbors and 20 detectors, several times to see the spread.
func benchmarkOpen(count: Int) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "open-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: folder) }
  guard let made = MadeUpCase(count: count, neighbors: 50) else { return }
  try CaseFolder.write(
    made.report, records: nil,
    provenance: Provenance(
      datasetPath: "made-up", fingerprint: "", settings: ScanSettings(dataset: DatasetOptions(), seed: 1),
      toolVersion: "benchmark"), to: try CasePlace(folder, dataset: "made-up"))
  for _ in 0..<5 {
    let time = try seconds { try CaseFolder.open(folder).report.suspicion[0] }
    print("open \(count) samples: \(rounded(time * 1000)) ms")
  }
}

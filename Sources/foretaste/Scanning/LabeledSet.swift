import CaseFiles
import Detectors
import Formats
import Foundation
import Fusion
import Numerics
import Scan

/// A dataset folder and the file with its truth.
struct LabeledSet {
  let name: String
  let root: String
  let path: String
  let truthPath: String

  /// The sets of a folder, by name.
  static func all(in root: String) throws -> [LabeledSet] {
    let files = FileManager.default
    guard let names = try? files.contentsOfDirectory(atPath: root) else {
      throw Failure(ExitStatus.noInput, "\(root): no folder that can be read")
    }
    let folder = root.split(separator: "/").last.map(String.init) ?? root
    let sets = names.sorted().compactMap { name -> LabeledSet? in
      let path = root + "/" + name
      let truths = [root + "/truth/" + name + ".csv", path + "/truth.csv"]
      guard let truth = truths.first(where: files.fileExists(atPath:)) else { return nil }
      return LabeledSet(name: name, root: folder, path: path, truthPath: truth)
    }
    guard !sets.isEmpty else {
      throw Failure(ExitStatus.dataError, "\(root): holds no set with truth/NAME.csv or NAME/truth.csv")
    }
    return sets
  }

  /// Scans the set, unless there is a case of just these files by all of today's detectors.
  func fittingSet(cases: String, seed: UInt64, threads: Int) throws -> FittingSet {
    func runner(force: Bool) -> CaseRunner {
      CaseRunner(
        path: path, casePath: "\(cases)/\(name).case",
        settings: ScanSettings(dataset: DatasetOptions(), seed: seed),
        options: ScanOptions(seed: seed, threads: threads), force: force)
    }
    var opened = try runner(force: false).openOrScan()
    let names = DetectorRegistry.all.map(\.info.name)
    if opened.report.detectors.map(\.info.name) != names { opened = try runner(force: true).openOrScan() }
    let report = opened.report
    let truth = try Truth.read(path: truthPath, ids: report.ids)
    return FittingSet(
      name: name, root: root, digest: report.facts.digest.hex, modality: report.facts.modality.rawValue,
      attack: truth.leadingAttack,
      truth: truth.poisoned,
      views: try FusionViews(FusionEvidence(report), workers: Workers(threads: threads)))
  }
}

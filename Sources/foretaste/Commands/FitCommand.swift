import ArgumentParser
import CaseFiles
import Foundation
import Fusion
import Numerics

struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Learn the fusion's weights from sets whose truth is known.",
    discussion: """
      Each ROOT is a folder with one dataset folder a set, and the truth of set NAME in ROOT/truth/NAME.csv, or in \
      ROOT/NAME/truth.csv as `foretaste simulate` writes it (columns id,poisoned,attack). Cases are kept in --cases and \
      scanned again only when a set or the detectors have changed. The same sets, seed and date give the same file. \
      With --extend the trees and curves of known weights stay, and only what is usual of new detectors is learnt.
      """)

  @Argument(help: "Folders with sets.", completion: .directory) var roots: [String]
  @Option(help: "The output file.", completion: .file(extensions: ["json"])) var output: String
  @Option(help: "Where the cases of the sets are kept.", completion: .directory) var cases: String
  @Option(help: "The date that stands in the file, e.g. 2026-11-25.") var date: String
  @Option(
    help: "Weights that are kept; detectors that they do not know are added.",
    completion: .file(extensions: ["json"]))
  var extend: String?
  @Option(help: "Seed of the scans and of the trees.") var seed: UInt64 = 1
  @Option(help: "Threads (default: all cores).") var threads: Int?
  @Flag(help: "No progress on standard error.") var quiet = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must be 1...1024.") }
  }

  mutating func run() throws {
    try checkOutput()
    let known = try extend.map(WeightsFile.init(path:))?.weights
    let threadCount = threads ?? ProcessInfo.processInfo.activeProcessorCount
    let progress = ProgressBar(quiet: quiet)
    defer { progress.finish() }
    Signals.endOnInterrupt(progress.finish)
    let found = try roots.flatMap(LabeledSet.all(in:))
    for set in found { try CasePlace.check(folderOfCases: cases, apartFrom: set.path) }
    try FileManager.default.createDirectory(
      atPath: cases, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var sets: [FittingSet] = []
    for (index, set) in found.enumerated() {
      try Signals.checkInterrupt()
      progress.update(stage: set.name, fraction: Double(index) / Double(found.count))
      sets.append(try set.fittingSet(cases: cases, seed: seed, threads: threadCount))
    }
    progress.update(stage: "growing trees", fraction: 1)
    let weights =
      try known.map { FusionFit.extend($0, by: sets, date: date) }
      ?? FusionFit.fit(
        sets, source: .init(tool: "foretaste \(toolVersion)", date: date, seed: seed),
        workers: Workers(threads: threadCount), check: Signals.checkInterrupt)
    progress.finish()
    do {
      try Signals.protect { try weights.json().write(to: URL(fileURLWithPath: output), options: .atomic) }
    } catch {
      throw Failure(ExitStatus.cannotCreate, "\(output): cannot be written")
    }
    try StandardOutput.write(Self.table(weights))
  }

  /// Only weights are replaced.
  private func checkOutput() throws {
    let files = FileManager.default
    guard files.fileExists(atPath: output) else { return }
    guard let bytes = files.contents(atPath: output), (try? FusionWeights(json: bytes)) != nil else {
      throw Failure(ExitStatus.cannotCreate, "\(output): is there and holds no weights; nothing is replaced")
    }
  }

  private static func table(_ weights: FusionWeights) -> String {
    var lines = [
      "held out".leftAligned(28) + ["sets", "auroc", "ap", "tpr@1%"].map { $0.rightAligned(8) }.joined()
    ]
    for row in weights.provenance.heldOut {
      lines.append(
        row.group.leftAligned(28) + String(row.sets).rightAligned(8)
          + [row.auroc, row.averagePrecision, row.tprAt1].map { $0.fixed(3).rightAligned(8) }.joined())
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

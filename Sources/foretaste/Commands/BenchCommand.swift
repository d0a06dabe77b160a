import ArgumentParser
import CaseFiles
import Formats
import Foundation
import Model
import Numerics

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Quality of each detector and of the suspicion against the truth.",
    discussion: """
      The truth is a CSV file with the columns id and poisoned (1 or 0, true or false, yes or no); rows whose column role is "cover" carry \
      a trigger with a true label and count neither way.
      """)

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var scan: ScanArguments
  @Option(help: "CSV with columns id,poisoned.", completion: .file(extensions: ["csv"])) var truth: String
  @Flag(help: "Print what the suspicion loses without each family and each detector.") var ablate = false
  @Flag(help: "Plant every attack and print the smallest share that would be seen here; takes many scans.")
  var plant = false
  @Flag(help: "Print JSON.") var json = false

  mutating func run() throws {
    let runner = try CaseRunner(dataset: dataset, scan: scan)
    let opened = try runner.openOrScan()
    try opened.report.checkTold()
    let truth = try Truth.read(path: truth, ids: opened.report.ids)
    var table = BenchTable(report: opened.report, truth: truth)
    if ablate {
      table.ablation = try Ablation(
        opened.report, weights: runner.options.weights, counted: truth.counted,
        poisoned: truth.counted.map { truth.poisoned[$0] == true },
        workers: Workers(threads: scan.threadCount))
    }
    if plant { table.planted = try sight(runner) }
    try StandardOutput.write(json ? table.json() : table.text())
  }

  private func sight(_ runner: CaseRunner) throws -> DetectionLimits {
    Signals.cancelOnInterrupt()
    let progress = ProgressBar(quiet: scan.quiet)
    defer { progress.finish() }
    let data = try DatasetLoader.load(dataset.dataset, options: dataset.options, progress: { _ in })
    return try DetectionLimits(
      data, options: runner.options, progress: { progress.update(stage: $0, fraction: $1) },
      checkCancellation: Signals.checkInterrupt)
  }
}

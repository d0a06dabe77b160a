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
  @Flag(help: "Print how well a classifier that learns from the truth finds the poison held out from it.")
  var oracle = false
  @Flag(help: "Plant every attack and print the smallest share that would be seen here; takes many scans.")
  var plant = false
  @Option(
    help:
      "Scan so many random parts of the clean samples, by their content alone, and print what is flagged there."
  )
  var draws = 0
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard draws >= 0 else { throw ValidationError("--draws takes a count from 0.") }
  }

  mutating func run() throws {
    let runner = try CaseRunner(dataset: dataset, scan: scan)
    let opened = try runner.openOrScan()
    try opened.report.checkHasScores()
    let truth = try Truth.read(path: truth, ids: opened.report.ids)
    var table = BenchTable(report: opened.report, truth: truth)
    let poisoned = truth.counted.map { truth.poisoned[$0] == true }
    let workers = Workers(threads: scan.threadCount)
    if ablate {
      table.ablation = try Ablation(
        opened.report, weights: runner.options.weights, counted: truth.counted, poisoned: poisoned,
        workers: workers)
    }
    if oracle {
      table.oracle = try Oracle(
        try load(), opened.report, counted: truth.counted, poisoned: poisoned, seed: scan.seed,
        workers: workers)
    }
    if plant || draws > 0 {
      let progress = ProgressBar(quiet: scan.quiet)
      defer { progress.finish() }
      Signals.endOnInterrupt(progress.finish)
      let data = try load()
      if plant {
        table.planted = try DetectionLimits(
          data, options: runner.options, progress: { progress.update(stage: $0, fraction: $1) },
          checkCancellation: Signals.checkInterrupt)
      }
      if draws > 0 {
        let clean = truth.counted.filter { truth.poisoned[$0] == false }
        guard clean.count > 1 else { throw ValidationError("--draws needs samples that are not poisoned.") }
        table.clean = try CleanDraws(
          data, clean: clean, count: draws, options: runner.options,
          progress: { progress.update(stage: $0, fraction: $1) },
          checkCancellation: Signals.checkInterrupt)
      }
    }
    try StandardOutput.write(json ? table.json() : table.text())
  }

  private func load() throws -> Dataset {
    try DatasetLoader.load(dataset.dataset, options: dataset.options, progress: { _ in })
  }
}

import ArgumentParser
import CaseFiles
import Features
import Formats
import Foundation
import Model
import Numerics
import Scan

struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features", abstract: "Write the features that a scan compares samples by.",
    discussion: """
      A row a sample, in the order of the dataset, as an array (float32) for NumPy: the dataset's own embedding where it \
      has one, else what stands in for it (patches of pixels, n-grams, table columns). With --encoder what that model makes of texts or \
      pictures; with --input what stands in, whether or not there is an embedding.
      """)

  @OptionGroup var dataset: DatasetArguments
  @OptionGroup var model: EncoderArguments
  @Option(help: "The output file.", completion: .file(extensions: ["npy"])) var output: String
  @Option(help: "Seed of random projections.") var seed: UInt64 = 1
  @Flag(help: "Of the payload alone, without the dataset's embedding.") var input = false

  func validate() throws {
    if input, model.encoder != nil {
      throw ValidationError("--input and --encoder: one of them is expected.")
    }
  }

  func run() throws {
    Signals.endOnInterrupt()
    let encoder = try model.open(for: dataset)
    var data = try DatasetLoader.load(dataset.dataset, options: dataset.options, progress: { _ in })
    let workers = Workers(threads: ProcessInfo.processInfo.activeProcessorCount)
    if let encoder {
      let progress = ProgressBar(quiet: false)
      defer { progress.finish() }
      Signals.endOnInterrupt(progress.finish)
      data = try data.encoded(
        by: encoder, workers: workers, progress: { progress.update(stage: "encoder", fraction: $0) },
        checkCancellation: Signals.checkInterrupt)
    }
    let own = try input ? nil : FeatureBuilder.embedding(data, workers: workers)
    let better = try input || own != nil ? nil : FeatureBuilder.standIn(data, seed: seed, workers: workers)
    let features = try own ?? better ?? FeatureBuilder.inputFeatures(data, seed: seed, workers: workers)
    guard features.matrix.columns > 0 else {
      throw Failure(ExitStatus.dataError, "\(dataset.dataset): holds nothing that features could be made of")
    }
    let missing = features.unusableRows.union(data.unreadableRows)
    let nothing = ArraySlice([Float](repeating: .nan, count: features.matrix.columns))
    let rows = (0..<data.count).map { missing.contains($0) ? nothing : features.matrix.row($0) }
    let lines = try FeatureArray.write(rows, columns: features.matrix.columns, to: output)
    let gaps = missing.isEmpty ? [] : [counted(missing.count, "sample has", "samples have") + " none (NaN)"]
    let notes = model.notes(for: dataset)
    try StandardOutput.write(
      (lines + [displayText(features.description)] + gaps + notes.map { displayText($0) }).joined(
        separator: "; ") + "\n")
  }
}

import ArgumentParser
import CaseFiles
import Detectors
import Encoders
import Features
import Formats
import Foundation
import Model

/// The dataset, its case, and which columns are which.
struct DatasetArguments: ParsableArguments {
  @Argument(
    help: "A dataset folder, or one \(listed(DatasetFormats.all.map(\.name))) file.",
    completion: .file(extensions: DatasetFormats.extensions))
  var dataset: String

  @Option(
    name: .customLong("case"), help: "The case folder (default: DATASET.case).", completion: .directory)
  var caseFolder: String?

  @Option(help: "Column with the labels.") var label: String?
  @Option(help: "Column with the text.") var text: String?
  @Option(help: "Column with image paths.") var image: String?
  @Option(help: "Column with the sample ids.") var id: String?
  @Option(help: "Column with the source of each sample.") var source: String?
  @Option(help: "Column with the time of each sample.") var time: String?
  @Option(help: "Embeddings, instead of features.npy.", completion: .file(extensions: ["npy"]))
  var features: String?
  @Option(help: "Class probabilities, instead of pred_probs.npy.", completion: .file(extensions: ["npy"]))
  var predProbs: String?
  @OptionGroup(title: "How a file of records is written, where looking at it does not tell") var form:
    FormArguments

  var options: DatasetOptions {
    var options = DatasetOptions(
      labelColumn: label, textColumn: text, imageColumn: image, idColumn: id, sourceColumn: source,
      timeColumn: time, featuresPath: features, probabilitiesPath: predProbs)
    form.apply(to: &options)
    return options
  }

  var casePath: String { caseFolder ?? CaseFolder.defaultPath(forDataset: dataset) }
}

/// How a file of records is written.
struct FormArguments: ParsableArguments {
  @Option(help: "Between cells: one character, tab or space.") var delimiter: String?
  @Option(help: "Around cells: one character; none where quotes are text.") var quote: String?
  @Option(help: "Encoding of the file, e.g. latin1, cp1252, utf-16, gbk: any that iconv -l lists.")
  var encoding: String?
  @Flag(inversion: .prefixedNo, help: "The first line of a table names the columns.") var header: Bool?
  @Option(
    parsing: .unconditionalSingleValue,
    help: "A word that stands for no label or an empty cell, beside the usual ones; may be repeated."
  ) var missing: [String] = []
  @Option(
    help:
      "Width and height that models are trained at, e.g. 224x224: files of pictures are compared at this size."
  )
  var resolution: String?
  @Flag(help: "Skip lines that cannot be read, and say how many.") var skipBadLines = false

  func validate() throws {
    if let delimiter, Dialect.byte(delimiter) == nil {
      throw ValidationError("--delimiter '\(delimiter)': one ASCII character, tab or space is expected.")
    }
    if let quote, quote != "none", Dialect.byte(quote) == nil {
      throw ValidationError("--quote '\(quote)': one ASCII character or none is expected.")
    }
    if let resolution, DatasetOptions.Resolution(resolution) == nil {
      let sides = DatasetOptions.Resolution.sides
      throw ValidationError(
        "--resolution '\(resolution)': WxH is expected, each from \(sides.lowerBound) to \(sides.upperBound)."
      )
    }
  }

  func apply(to options: inout DatasetOptions) {
    options.delimiter = delimiter
    options.quote = quote
    options.encoding = encoding
    options.hasHeader = header
    options.missing = missing.sorted()
    options.skipBadLines = skipBadLines
    options.resolution = resolution.flatMap(DatasetOptions.Resolution.init)
    options.threads = ProcessInfo.processInfo.activeProcessorCount
  }
}

/// The model that makes the features.
struct EncoderArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A sentence encoder or image net that makes the features, in the place of those of the dataset: a folder with \
      config.json, model.safetensors and a tokenizer, as Hugging Face has them. Nothing is downloaded. A case says what \
      made it, and is opened later without.
      """, valueName: "dir"), completion: .directory)
  var encoder: String?

  /// Nil where none is named, or embeddings are named too: what was made for just these samples is kept.
  /// - Throws: where the folder holds no model that can be read.
  func open(for dataset: DatasetArguments) throws -> (any SampleEncoder)? {
    guard dataset.features == nil else { return nil }
    return try encoder.map { try EncoderFolder.open($0) }
  }

  func notes(for dataset: DatasetArguments) -> [String] {
    guard let encoder, let features = dataset.features else { return [] }
    return ["--encoder \(encoder) is not used: --features \(features) names the embeddings"]
  }
}

/// How a scan runs; the result does not depend on the number of threads.
struct ScanArguments: ParsableArguments {
  @Flag(help: "Scan again although the case is current.") var force = false
  @Option(help: "Random seed.") var seed: UInt64 = 1
  @Option(help: "Threads (default: all cores).") var threads: Int?
  @Option(
    help: ArgumentHelp(
      "Memory that is kept within, e.g. 4GB (default: what is free): arrays beyond it lie in files of TMPDIR without a name.",
      valueName: "size"))
  var memory: ByteSize?
  @Flag(help: "No progress on standard error.") var quiet = false
  @Option(
    help: "Fusion weights made by `foretaste fit`, instead of the built-in ones.",
    completion: .file(extensions: ["json"])) var weights: String?
  @Option(help: "Run these detectors only: names of columns in scores.csv, separated by commas.")
  var detectors: String?
  @Flag(
    help: """
      Look for neighbors among all pairs of samples, however many there are. Without it, above 100,000 different \
      samples only those in the nearest cells are compared, and the case says what share of the neighbors is found.
      """) var exactNeighbors = false

  @OptionGroup var model: EncoderArguments

  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  var detectorNames: [String]? {
    detectors?.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must be 1...1024.") }
    let known = Set(DetectorRegistry.all.map(\.info.name))
    if let unknown = detectorNames?.first(where: { !known.contains($0) }) {
      throw ValidationError(
        "--detectors: there is no '\(unknown)'; there are \(known.sorted().joined(separator: ", ")).")
    }
  }
}

/// What a review knows of other reviewers.
struct BesideArguments: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The journal of another reviewer, read beside one's own and read again as it grows; may be repeated.",
      valueName: "file"), completion: .file())
  var beside: [String] = []
  @Flag(help: "Hide scores and the verdicts of others until a sample has been decided.") var blind = false
}

/// The journal that decisions go to and who makes them.
struct JournalArguments: ParsableArguments {
  @Option(help: "The review journal (default: review.jsonl in the case).", completion: .file())
  var journal: String?
  @Option(help: "Reviewer's name for the decisions (default: the user's).")
  var reviewer: String?

  @Flag(
    help:
      "Trust the decisions of the case's journal although you did not write them, or begin a new one where it is missing."
  )
  var trust = false

  func journal(of opened: OpenedCase, payloads: any PayloadSource, known: KnownJournals) -> CaseJournal {
    CaseJournal(of: opened, payloads: payloads, named: journal, isTrusted: trust, known: known)
  }
  var reviewerName: String { reviewer ?? ProcessInfo.processInfo.userName }
}

import Formats
import Learning
import Model

/// case.json: everything about a case that is no column. Names are part of the contract.
struct CaseRecord: Codable {
  static let schemaVersion = 2
  /// By which a folder is known as a case.
  static let formatName = "foretaste-case"

  struct DatasetPart: Codable {
    var path: String
    var name: String
    var modality: String
    var digest: String
    var fingerprint: String
    var count: Int
    var classes: [String]
    var features: String
    var probabilities: String
    var notes: [String]
    /// Nil in a case of an earlier version.
    var reading: Reading?
  }
  struct DetectorPart: Codable {
    var name: String
    var family: String
    var summary: String
    var state: String
    var reason: String?
    var seconds: Double
  }
  /// How the suspicion was made; families name the columns of contributions.npy.
  struct FusionPart: Codable {
    var weights: String
    var unknownDetectors: [String]
    var missingDetectors: [String]
    /// Suspects of a first round, without which the label scores were made; nil in a case of an earlier version.
    var setAside: Int?
    var families: [String]
  }
  struct CoverageGapPart: Codable {
    var attack: String
    var reason: String
  }
  struct StagePart: Codable {
    var stage: String
    var seconds: Double
  }

  /// Nil in a case of an earlier version.
  var format: String? = CaseRecord.formatName
  var schema = CaseRecord.schemaVersion
  var tool: String
  var seed: UInt64
  /// Options that change what is read, by their names on the command line.
  var options: [String: String]
  /// What made the features, where `--encoder` named it.
  var encoder: EncoderIdentity?
  var dataset: DatasetPart
  var hypotheses: [String]
  var detectors: [DetectorPart]
  var findings: [FindingRecord]
  /// Nil in a case of an earlier version.
  var incidents: [IncidentRecord]?
  var sources: [String]?
  var neighborCount: Int
  var classNeighborCount: Int?
  var fusion: FusionPart?
  var cannotSee: [CoverageGapPart]?
  /// By the name of the search; nil in a case of an earlier version, whose neighbors are exact.
  var neighborRecall: [String: NeighborRecall]?
  var timings: [StagePart]
  /// How the records are read at the places in record-offsets.npy; nil where they are looked at again, and in a case of an
  /// earlier version.
  var records: RecordIndex?
  /// Names of the files in arrays/; nil in a case of an earlier version.
  var arrays: [String]?
  /// The journal in this folder that decisions were begun in; nil while there are none.
  var journal: String?
}

/// What a scan was asked to do: a case is current only for the same.
package struct ScanSettings: Sendable, Equatable {
  package var dataset: DatasetOptions
  package var seed: UInt64
  /// Names of the detectors that run; nil for all.
  package var detectors: [String]?
  /// SHA-256 of the fusion's weights; nil for the built-in ones.
  package var weightsDigest: String?
  /// Whether neighbors are searched for among all pairs, however many rows there are.
  package var exactNeighbors: Bool
  /// Nil where none is named: a case is then current whatever encoder it was made with, so that a later session needs
  /// no model.
  package var encoder: EncoderIdentity?
  package init(
    dataset: DatasetOptions, seed: UInt64, detectors: [String]? = nil, weightsDigest: String? = nil,
    exactNeighbors: Bool = false, encoder: EncoderIdentity? = nil
  ) {
    self.dataset = dataset
    self.seed = seed
    self.detectors = detectors
    self.weightsDigest = weightsDigest
    self.exactNeighbors = exactNeighbors
    self.encoder = encoder
  }

  /// As they stand in case.json.
  var options: [String: String] {
    var options = Dictionary(
      uniqueKeysWithValues: Self.names.compactMap { name, option in
        dataset[keyPath: option].map { (name, $0) }
      })
    options["header"] = dataset.hasHeader.map { $0 ? "yes" : "no" }
    if dataset.skipBadLines { options["skip-bad-lines"] = "yes" }
    options["resolution"] = dataset.resolution?.text
    for (index, word) in dataset.missing.sorted().enumerated() { options["missing \(index + 1)"] = word }
    options["detectors"] = detectors?.sorted().joined(separator: ",")
    options["weights"] = weightsDigest
    if exactNeighbors { options["exact-neighbors"] = "yes" }
    return options
  }

  static func datasetOptions(_ options: [String: String]) -> DatasetOptions {
    var result = names.reduce(into: DatasetOptions()) { result, entry in
      result[keyPath: entry.option] = options[entry.name]
    }
    result.hasHeader = options["header"].map { $0 == "yes" }
    result.skipBadLines = options["skip-bad-lines"] == "yes"
    result.resolution = options["resolution"].flatMap(DatasetOptions.Resolution.init)
    result.missing = options.filter { $0.key.hasPrefix("missing ") }.map(\.value).sorted()
    return result
  }

  private static var names: [(name: String, option: WritableKeyPath<DatasetOptions, String?>)] {
    [
      ("label", \.labelColumn), ("text", \.textColumn), ("image", \.imageColumn), ("id", \.idColumn),
      ("source", \.sourceColumn), ("time", \.timeColumn), ("features", \.featuresPath),
      ("pred-probs", \.probabilitiesPath), ("delimiter", \.delimiter), ("quote", \.quote),
      ("encoding", \.encoding),
    ]
  }
}

/// What a case was made from, and by what.
package struct Provenance: Sendable {
  package var datasetPath: String
  /// `DatasetLoader.fingerprint` of the dataset's files.
  package var fingerprint: String
  package var settings: ScanSettings
  /// Of the program that scanned.
  package var toolVersion: String
  package init(datasetPath: String, fingerprint: String, settings: ScanSettings, toolVersion: String) {
    self.datasetPath = datasetPath
    self.fingerprint = fingerprint
    self.settings = settings
    self.toolVersion = toolVersion
  }
}

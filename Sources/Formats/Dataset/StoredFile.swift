import Model

/// A file of a dataset and how the samples lie in it: what it takes to write some of them out again, byte for byte.
package struct StoredFile {
  package enum Layout {
    /// dataset.json.
    case description(StoredDescription)
    case records(StoredRecords)
    /// An array with one entry a sample along `axis`.
    case array(NPYArray, axis: Int)
  }
  /// Its name within the folder; the file's own name where the dataset is one file.
  package let name: String
  /// What it is to the dataset: "records" or a name of the contract, such as "features.npy", whatever it is called.
  package let role: String
  package let layout: Layout

  /// The number of samples that it holds; nil for dataset.json.
  package var count: Int? {
    switch layout {
    case .description: nil
    case .records(let records): records.places.count
    case .array(let array, let axis): array.shape[axis]
    }
  }
}

extension DatasetLoader {
  /// The files of the dataset itself, in the order of their names; arrays that options put in place of the folder's
  /// are no part of it.
  /// - Parameter options: how the records are written; lines that are skipped belong to no sample.
  package static func storedFiles(_ path: String, options: DatasetOptions) throws(FormatError) -> [StoredFile]
  {
    var own = options
    own.featuresPath = nil
    own.probabilitiesPath = nil
    let files = try DatasetFiles(path, options: own)
    var stored: [StoredFile] = []
    for (role, path) in files.paths.sorted(by: { $0.key < $1.key }) {
      stored.append(
        StoredFile(
          name: DatasetParts.shortName(path), role: role, layout: try layout(role, path, files, own)))
    }
    return stored
  }

  private static func layout(
    _ role: String, _ path: String, _ files: DatasetFiles, _ options: DatasetOptions
  ) throws(FormatError) -> StoredFile.Layout {
    let name = DatasetParts.shortName(path)
    if role == "dataset.json" { return .description(try StoredDescription(path: path, name: name)) }
    if let scan = try files.records(role, options: options) {
      return .records(
        StoredRecords(scan, places: try scan.located(), options: files.options(options, for: role)))
    }
    let array = try NPYArray.map(path, name: name)
    let axis = role == "training_dynamics.npy" ? 1 : 0
    guard array.shape.count > axis else {
      throw FormatError(name, "has the shape \(array.shape); has no samples")
    }
    return .array(array, axis: axis)
  }
}

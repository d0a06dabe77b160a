import Model

/// What the dataset is and what stood in for what it does not have.
package struct DatasetFacts: Sendable, Equatable {
  /// Of the file or folder.
  package var name: String
  package var modality: Modality
  /// Samples.
  package var count: Int
  /// Names, by the index that labels are.
  package var classes: [String]
  /// Of the content.
  package var digest: Digest
  /// e.g. "features.npy, 128 dimensions" or "built-in: standardised pixels, 64 principal components".
  package var featureSource: String
  /// e.g. "pred_probs.npy" or "built-in: cross-validated softmax probe, 5 folds".
  package var probabilitySource: String
  /// What a person should know of how the data was read and looked at, a sentence each.
  package var notes: [String]
  /// How the files were understood.
  package var reading = Reading()
  package init(
    name: String, modality: Modality, count: Int, classes: [String], digest: Digest, featureSource: String,
    probabilitySource: String, notes: [String]
  ) {
    self.name = name
    self.modality = modality
    self.count = count
    self.classes = classes
    self.digest = digest
    self.featureSource = featureSource
    self.probabilitySource = probabilitySource
    self.notes = notes
  }
}

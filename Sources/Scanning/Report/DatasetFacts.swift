import Model

/// What the dataset is and what stood in for what it does not have.
package struct DatasetFacts: Sendable, Equatable {
  package var name: String
  package var modality: Modality
  package var count: Int
  package var classes: [String]
  package var digest: Digest
  /// e.g. "features.npy, 128 dimensions" or "built-in: standardised pixels, 64 principal components".
  package var featureSource: String
  /// e.g. "pred_probs.npy" or "built-in: cross-validated softmax probe, 5 folds".
  package var probabilitySource: String
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

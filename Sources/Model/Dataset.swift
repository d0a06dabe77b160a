/// What the samples of a dataset are.
package enum Modality: String, Sendable, CaseIterable {
  case image, text, tabular, embedding
}

/// A dataset as it was read: columns of N rows, row i is sample i in all of them. Values only; the files that
/// it came from are never written.
package struct Dataset: Sendable {
  /// That of its file or folder.
  package var name: String
  package var modality: Modality
  /// N.
  package var count: Int
  /// Names of the K classes in the order of their codes; empty where there are no labels.
  package var classes: [String]
  /// Index into `classes`, -1 where a sample has no label. Empty where the dataset has none at all.
  package var labels: Column<Int32>
  /// N, no two of them equal.
  package var ids: StringColumn
  /// [N, D], an embedding; may hold NaN and infinities.
  package var features: Matrix?
  /// What made `features`, where they did not come with the dataset.
  package var encoder: EncoderIdentity?
  /// [N, K], class probabilities of a model of the user's, in the order of `classes`.
  package var probabilities: Matrix?
  package var trainingDynamics: TrainingDynamics?
  /// N pictures of one size.
  package var images: ImageStack?
  /// Rows whose content cannot be read, rising; they are not scored.
  package var unreadableRows: [Int] = []
  /// [N, 3] row-major: what scaling to the size of training would see of each picture, and two controls (`ScalingTrace`);
  /// NaN for pictures that are not larger, nil where none is.
  package var scaling: Column<Float>?
  /// N texts.
  package var texts: StringColumn?
  /// Feature columns of a table, in the order of the file.
  package var table: [TableColumn]
  /// Who each sample is from, where it is told.
  package var sources: Categories?
  /// Which part of the dataset a sample is of, such as train or test, where it is told.
  package var splits: Categories?
  /// Milliseconds since 1970 UTC; `Dataset.noTime` where it is missing or unreadable.
  package var times: Column<Int64>?
  /// The samples as a person looks at them, read one by one.
  package var payloads: any PayloadSource
  /// The file whose records are the samples, where there is one.
  package var records: RecordFile?
  /// SHA-256 over names and contents of all files that were read.
  package var digest: Digest
  /// What a person should know of the reading: unusable cells, rows that are not finite, doubled ids.
  package var notes: [String]
  /// How the files were understood.
  package var reading = Reading()

  /// Whether its samples hold more than columns, which then stand beside a picture or a text.
  package var hasPicturesOrTexts: Bool { images != nil || texts != nil }

  package static let noTime = Int64.min

  package init(
    name: String, modality: Modality, count: Int, classes: [String], labels: Column<Int32>, ids: StringColumn,
    payloads: any PayloadSource, digest: Digest
  ) {
    self.name = name
    self.modality = modality
    self.count = count
    self.classes = classes
    self.labels = labels
    self.ids = ids
    self.payloads = payloads
    self.digest = digest
    table = []
    notes = []
  }
}

/// Logits or probabilities of every sample after each epoch of a model's training: [epochs, N, K].
package struct TrainingDynamics: Sendable {
  package let epochs: Int
  /// [epochs * N, K]: epoch e of sample i is row e * N + i.
  package let values: Matrix
  package init(epochs: Int, values: Matrix) {
    self.epochs = epochs
    self.values = values
  }
}

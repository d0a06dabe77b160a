/// Everyday histories that can be laid over a copy of a dataset, by their names on the command line: controls, in which
/// nothing is poison and every flag is a false one.
package enum History: String, Sendable, CaseIterable {
  /// A new contributor uploads samples of one class within an hour.
  case batch = "benign-batch"
  /// Samples near one sample arrive within two hours from many sources.
  case topic = "benign-topic"
  /// The mix of classes drifts over months.
  case season = "benign-season"
  /// A partner uploads samples of all classes within a day.
  case mirror = "benign-mirror"
  /// Each class comes from an uploader of its own, in weeks of its own.
  case classes = "benign-classes"
  /// Samples that are there twice: messages that were forwarded, uploads that were repeated.
  case copies = "benign-copies"
  /// The oldest samples were imported at one moment by one importer.
  case migration = "benign-migration"
}

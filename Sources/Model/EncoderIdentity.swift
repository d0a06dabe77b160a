/// Which model made the features of a dataset, where they did not come with it.
package struct EncoderIdentity: Codable, Sendable, Equatable {
  /// Name of its folder.
  package var name: String
  /// What it is, in a few words: "bert, 6 layers, mean of the tokens".
  package var summary: String
  /// SHA-256 over names and contents of the files that were read: configuration, vocabulary, weights.
  package var digest: String

  package init(name: String, summary: String, digest: String) {
    self.name = name
    self.summary = summary
    self.digest = digest
  }
}

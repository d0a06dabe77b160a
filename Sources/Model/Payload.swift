/// What a person looks at to judge one sample.
package enum Payload: Sendable, Equatable {
  case image(Image)
  case text(String)
  /// Names and cells of a row of a table as they stand in the file.
  case row([Field])
  /// Only numbers came: the features of the sample.
  case features([Float])

  package struct Field: Sendable, Equatable {
    package let name: String
    package let value: String
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}

/// Gives the payload of any one sample, without the dataset having been read whole.
package protocol PayloadSource: Sendable {
  /// The payload of row `row`, or a reason that fits one line when it cannot be read.
  func payload(at row: Int) -> Result<Payload, PayloadProblem>
  /// The same of several rows at once, in their order, where that is faster than one by one.
  func payloads(at rows: [Int]) -> [Result<Payload, PayloadProblem>]
  /// SHA-256 of the sample's content (what a person judges, as it was parsed, and the given label): what a verdict is
  /// bound to.
  func contentDigest(at row: Int) -> Digest
  /// Whether `digest` is bound to the content of this row under the given label `label`, "" for none; also where it
  /// was made by an earlier version.
  func isBound(_ digest: Digest, to row: Int, labelled label: String) -> Bool
  /// Rows that had another id when they had one of these content digests.
  /// - Parameters:
  ///   - ids: of all rows, as they are now.
  ///   - digests: asked for only where ids change with the content.
  func rowsNamedOtherwise(ids: StringColumn, digests: () -> Set<Digest>) -> [Digest: [Int]]
}

package struct PayloadProblem: Error, Sendable, Equatable {
  package let reason: String
  package init(reason: String) { self.reason = reason }
}

extension PayloadSource {
  package func payloads(at rows: [Int]) -> [Result<Payload, PayloadProblem>] { rows.map(payload) }

  /// What lies in memory has one content under one label.
  package func isBound(_ digest: Digest, to row: Int, labelled label: String) -> Bool {
    contentDigest(at: row) == digest
  }

  /// What lies in memory keeps its ids.
  package func rowsNamedOtherwise(ids: StringColumn, digests: () -> Set<Digest>) -> [Digest: [Int]] { [:] }
}

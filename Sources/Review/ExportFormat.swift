/// What the decisions can be handed on as.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// The standing verdicts as a table: one row for each sample and reviewer.
  case csv
  /// The same as JSON Lines, with the digest of the content that was judged.
  case jsonl
  /// The dataset in the format it came in, without the poisoned samples; kept samples byte for byte.
  case clean
  /// The same, with the labels of the relabelled samples changed.
  case corrected
  /// The poisoned samples, one id a line; as row indices (int64) where the file is called .npy.
  case dropList = "drop-list"
  /// All other samples, likewise.
  case keepList = "keep-list"

  /// All names, in words: "csv, jsonl, … or keep-list".
  package static var names: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }
}

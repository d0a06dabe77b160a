/// What the decisions can be handed on as. Each format is a type in a file of its own and a line in `ExportFormats`: the
/// command, its help and completion, and `:write` of the workbench follow from there.
package protocol ExportFormat: Sendable {
  /// At `--format` and `:write`.
  var name: String { get }
  /// What is written, for the help.
  var summary: String { get }
  /// Whether it is a list of samples, which may be called by their rows.
  var isList: Bool { get }
  /// Writes a new file or folder, which appears whole or not at all.
  /// - Returns: what was written, and what a person must know of it, in clauses.
  /// - Throws: `CaseFileError` or `FormatError`; then nothing was written.
  func write(_ reviewed: ReviewedCase, to path: String) throws -> [String]
}

extension ExportFormat {
  package var isList: Bool { false }
}

/// A text as a new file, which appears whole or not at all and takes the place of nothing.
package enum TextFile {
  /// - Parameter what: it is, for the sentence.
  /// - Returns: "wrote a transcript of 12 keys to PATH".
  /// - Throws: `CaseFileError`; then nothing was written.
  package static func write(_ text: String, what: String, to path: String) throws -> String {
    try ExportTarget.write(path) { file in
      try file.append(text.utf8)
      return what
    }.joined(separator: "; ")
  }
}

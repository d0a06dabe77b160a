/// Why an archive is not read, and where. An archive that different programs would read as different files is refused
/// as a whole: what is looked at must be what others will unpack.
package struct ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The byte of the archive.
  package let offset: Int
  /// Without what the archive itself says.
  package let message: String

  init(at offset: Int, _ message: String) {
    self.offset = offset
    self.message = message
  }

  package var description: String { "byte \(offset): \(message)" }
}

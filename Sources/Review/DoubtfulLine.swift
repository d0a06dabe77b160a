import Glibc
import Model

/// The line of a decision that was not saved and could not be cut off again: it may stand in the journal all the same. Its
/// hash stands in a file beside the journal until a writer has cut the line off.
enum DoubtfulLine {
  private static func path(_ journal: String) -> String { journal + ".doubtful" }

  /// - Returns: whether the mark is on stable storage.
  static func mark(_ hash: Digest, of journal: String) -> Bool {
    unlink(path(journal))
    let text = Array((hash.hex + "\n").utf8)
    return (try? SideFile.create(path(journal)) { (file) throws(JournalError) in try file.write(text) })
      != nil
  }

  /// - Returns: the hash of the line where there is one.
  static func hash(of journal: String) -> Digest? {
    let descriptor = open(path(journal), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 2 * Digest.byteCount)
    guard read(descriptor, &bytes, bytes.count) == bytes.count else { return nil }
    return bytes.withUnsafeBytes { Digest(hexDigits: $0) }
  }

  static func clear(of journal: String) { unlink(path(journal)) }
}

import Foundation
import Model
import Review

/// Which journals this user's sessions have written or the user has trusted: for each, under the hash of its first line,
/// the hash of the last line that was seen. A journal that came with a case from elsewhere is not among them, and one
/// that was exchanged or cut since no longer holds that line.
struct KnownJournals {
  private let folder: String

  init(in stateFolder: String) { folder = stateFolder + "/journals" }

  func knows(_ contents: JournalContents) -> Bool { contents.first == nil || added(to: contents) != nil }

  /// What follows the last line that was seen; nil in a journal that is not known.
  func added(to contents: JournalContents) -> ArraySlice<Decision>? {
    guard let first = contents.first, let data = FileManager.default.contents(atPath: path(first)),
      let head = Digest(
        hex: String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    else { return nil }
    return contents.decisions(after: head)
  }

  /// - Throws: where it cannot be kept; the journal then counts as unknown the next time.
  func remember(_ contents: JournalContents) throws {
    if let first = contents.first { try remember(first: first, head: contents.head) }
  }

  /// - Parameters:
  ///   - first: hash of the first line.
  ///   - head: hash of the last.
  func remember(first: Digest, head: Digest) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try Data((head.hex + "\n").utf8).write(to: URL(fileURLWithPath: path(first)), options: .atomic)
  }

  private func path(_ first: Digest) -> String { folder + "/" + first.hex }
}

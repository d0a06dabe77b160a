import Analysis
import Formats
import Foundation
import Glibc
import Model

/// The case folder on disk:
///
///     case.json       `CaseRecord`
///     scores.csv      `ScoresCSV`
///     arrays/*.npy    columns, little-endian, mapped on open
///     review.jsonl    the review journal, which a new scan keeps
///
/// Written to a folder beside it, synced, then put in its place by one rename: a scan that is killed leaves the old case
/// or the new one. Folders 0700, files 0600.
package enum CaseFolder {
  package static let journalName = "review.jsonl"

  /// `DATASET.case` beside the dataset.
  package static func defaultPath(forDataset path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path + ".case"
  }

  package static func journalPath(in folder: String) -> String { folder + "/" + journalName }

  /// - Throws: `CaseFileError` when the folder that shall hold the case cannot be written.
  package static func checkWritable(_ path: String) throws(CaseFileError) {
    guard access(FilePlace.parent(of: path), W_OK) == 0 else {
      throw CaseFileError(
        .cannotWrite, path, "\(String(cString: strerror(errno))); name another place with --case")
    }
  }

  /// Whether the case was made from just these files with these options.
  package static func isCurrent(_ path: String, fingerprint: String, settings: ScanSettings) -> Bool {
    guard let record = try? readRecord(path) else { return false }
    return record.dataset.fingerprint == fingerprint && record.options == settings.options
      && record.seed == settings.seed && record.schema == CaseRecord.schemaVersion
  }

  /// Writes the case; the journal of an earlier case in the same place stays.
  package static func write(
    _ report: Report, records: RecordFile?, provenance: Provenance, to path: String
  ) throws {
    let temporary = "\(path).writing-\(getpid())"
    try? FileManager.default.removeItem(atPath: temporary)
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    let folder = try SyncedFolder(path: temporary)
    let record = CaseRecord(report, provenance: provenance)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let encoded = try encoder.encode(record)
    try folder.write("case.json") { file throws(CaseFileError) in try file.append(encoded) }
    try folder.write("scores.csv") { file throws(CaseFileError) in try ScoresCSV.write(report, to: &file) }
    try CaseArrays.write(report, records: records, to: try folder.subfolder("arrays"))
    try folder.synchronize()
    try replace(path, with: temporary)
  }

  static func readRecord(_ path: String) throws(CaseFileError) -> CaseRecord {
    let file = path + "/case.json"
    guard FileManager.default.fileExists(atPath: file) else {
      throw CaseFileError(.notFound, path, "holds no case")
    }
    do {
      return try JSONDecoder().decode(CaseRecord.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    } catch {
      throw CaseFileError(.invalid, file, "is no case record; scan again with --force")
    }
  }

  /// Puts `temporary` at `path` by an exchange in one step, so that there is a whole case at every moment; the journal
  /// is carried over before it, as a second name of the same file.
  private static func replace(_ path: String, with temporary: String) throws(CaseFileError) {
    func fail() -> CaseFileError { CaseFileError(.cannotWrite, path, String(cString: strerror(errno))) }
    guard access(path, F_OK) == 0 else { return try FilePlace.move(temporary, to: path, .onlyIfAbsent) }
    let journal = journalPath(in: path)
    if access(journal, F_OK) == 0, link(journal, journalPath(in: temporary)) != 0 { throw fail() }
    try FilePlace.move(temporary, to: path, .exchanging)
  }

}

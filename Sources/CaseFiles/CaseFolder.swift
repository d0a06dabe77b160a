import Formats
import Foundation
import Model
import Scanning

/// The case folder on disk:
///
///     case.json       `CaseRecord`, the last file that a scan writes
///     scores.csv      `ScoresCSV`
///     arrays/*.npy    columns, little-endian, mapped on open
///     review.jsonl    the review journal
///
/// Whatever else lies directly in it (other journals, locks, notes) is not the scan's, and a new scan keeps it. Written
/// to a folder beside it, synced, then put in its place: a scan that is killed leaves the old case or the new one.
/// Folders 0700, files 0600.
package enum CaseFolder {
  package static let journalName = "review.jsonl"

  /// `DATASET.case` beside the dataset.
  package static func defaultPath(forDataset path: String) -> String {
    let path = FilePath.withoutTrailingSlashes(path)
    // "." and ".." are no names: a case called after them would lie in the dataset.
    let isNameless = [".", ".."].contains(FilePath.name(of: path))
    return (isNameless ? FilePath.resolved(path) ?? path : path) + ".case"
  }

  package static func journalPath(in folder: String) -> String { folder + "/" + journalName }

  /// Whether the case was made from just these files with these options.
  /// - Throws: `CaseFileError` where there is a case that cannot be read: it must not be taken for an absent one.
  package static func isCurrent(
    _ path: String, fingerprint: String, settings: ScanSettings
  ) throws(CaseFileError) -> Bool {
    guard let bytes = try CaseRecordFile.read(in: path),
      let record = try? JSONDecoder().decode(CaseRecord.self, from: bytes)
    else { return false }
    return record.dataset.fingerprint == fingerprint && record.options == settings.options
      && record.seed == settings.seed && record.schema == CaseRecord.schemaVersion
      && (settings.encoder == nil || settings.encoder?.digest == record.encoder?.digest)
  }

  /// Writes the case. What the scan did not make of an earlier case in the same place stays, under its name.
  /// - Parameter checkCancellation: asked before each file.
  /// - Throws: `CaseFileError`, and what `checkCancellation` throws; then the earlier case is as it was, or the new one is in
  ///   its place.
  package static func write(
    _ report: Report, records: RecordFile?, provenance: Provenance, to place: CasePlace,
    checkCancellation: () throws -> Void = {}
  ) throws {
    let work = try WorkFolder(in: place.parent, for: place.name)
    let new: SyncedFolder
    do {
      new = try SyncedFolder(in: work.folder, name: CaseReplacement.newName)
      try write(report, records: records, provenance: provenance, in: new, checkCancellation)
    } catch {
      try? work.folder.removeTree(CaseReplacement.newName)
      CaseRecovery.close(work)
      throw error
    }
    try CaseReplacement(of: place, by: new.folder, in: work).run()
    CaseRecovery.removeLeftBehind(place, by: work)
    CaseRecovery.close(work)
  }

  private static func write(
    _ report: Report, records: RecordFile?, provenance: Provenance, in folder: SyncedFolder,
    _ checkCancellation: () throws -> Void
  ) throws {
    let arrays = try CaseArrays.write(
      report, records: records, to: folder.subfolder(CaseContents.arraysName), checkCancellation)
    try checkCancellation()
    try folder.write("scores.csv") { file throws(CaseFileError) in try ScoresCSV.write(report, to: &file) }
    try checkCancellation()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let encoded = try encoder.encode(
      CaseRecord(report, records: records?.index, provenance: provenance, arrays: arrays))
    try folder.write("case.json") { file throws(CaseFileError) in try file.append(encoded) }
    try folder.synchronize()
  }

  /// Notes in the case that decisions are in the journal `name` in it, so that a journal that is gone is missed.
  /// - Throws: `CaseFileError` when the note is not on stable storage.
  package static func noteJournal(_ name: String, in path: String, patience: Int = 60_000)
    throws(CaseFileError)
  {
    let place = try CasePlace(existing: path)
    try place.withLock(patience: patience) { parent throws(CaseFileError) in
      try CaseRecordFile.note(name, in: try parent.folder(place.name))
    }
  }

  static func readRecord(_ path: String) throws(CaseFileError) -> CaseRecord {
    guard let bytes = try CaseRecordFile.read(in: path) else {
      throw CaseFileError(.notFound, path, "holds no case")
    }
    do {
      return try JSONDecoder().decode(CaseRecord.self, from: bytes)
    } catch {
      throw CaseFileError(
        .invalid, path + "/case.json",
        CaseMarker(bytes) == nil
          ? "is no case record; move the folder away, then scan again"
          : "was written by another version; scan again with --force")
    }
  }
}

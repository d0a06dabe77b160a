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
    guard access(parent(of: path), W_OK) == 0 else {
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
    try folder.write("case.json", Array(try encoder.encode(record)))
    try folder.write("scores.csv") { append in try ScoresCSV.encode(report, write: append) }
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
    guard access(path, F_OK) == 0 else {
      guard rename(temporary, path) == 0 else { throw fail() }
      return synchronizeParent(of: path)
    }
    let journal = journalPath(in: path)
    if access(journal, F_OK) == 0, link(journal, journalPath(in: temporary)) != 0 { throw fail() }
    guard renameat2(AT_FDCWD, temporary, AT_FDCWD, path, exchange) == 0 else { throw fail() }
    synchronizeParent(of: path)
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func synchronizeParent(of path: String) {
    let descriptor = Glibc.open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// A new folder whose files are on stable storage when `synchronize` returns.
struct SyncedFolder {
  let path: String

  init(path: String) throws(CaseFileError) {
    self.path = path
    guard mkdir(path, 0o700) == 0 else {
      throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno)))
    }
  }

  func subfolder(_ name: String) throws(CaseFileError) -> SyncedFolder {
    try SyncedFolder(path: path + "/" + name)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws { try write(name) { append in try append(bytes) } }

  /// - Parameter body: called with a function that appends bytes to the file.
  func write(_ name: String, _ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    func fail() -> CaseFileError { CaseFileError(.cannotWrite, file, String(cString: strerror(errno))) }
    guard descriptor >= 0 else { throw fail() }
    defer { close(descriptor) }
    try body { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw fail() }
        rest = rest.dropFirst(count)
      }
    }
    guard fsync(descriptor) == 0 else { throw fail() }
  }

  func synchronize() throws(CaseFileError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw CaseFileError(.cannotWrite, path, String(cString: strerror(errno)))
    }
    close(descriptor)
  }
}

/// renameat2(2), which the C headers show to GNU sources only; and its flag RENAME_EXCHANGE.
@_silgen_name("renameat2")
private func renameat2(
  _ oldFolder: CInt, _ old: UnsafePointer<CChar>, _ newFolder: CInt, _ new: UnsafePointer<CChar>,
  _ flags: CUnsignedInt
) -> CInt
private let exchange: CUnsignedInt = 2

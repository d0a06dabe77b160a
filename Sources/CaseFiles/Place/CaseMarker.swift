import Foundation
import Formats
import Glibc

/// The part of case.json by which a folder is known as a case, whatever version wrote it.
struct CaseMarker: Decodable {
  struct DatasetPart: Decodable {
    var fingerprint: String?
  }
  struct DetectorPart: Decodable {}
  var format: String?
  var schema: Int?
  var tool: String?
  var dataset: DatasetPart?
  var detectors: [DetectorPart]?
  /// The journal that decisions were begun in; nil while there are none.
  var journal: String?
  /// Names of the files in arrays/ that the scan wrote; nil in a case of an earlier version.
  var arrays: [String]?

  /// Cases of earlier versions have no format, and are known by all that those versions wrote.
  private var isCase: Bool {
    guard schema != nil else { return false }
    if let format { return format == CaseRecord.formatName }
    return tool?.hasPrefix("foretaste") == true && dataset?.fingerprint != nil && detectors != nil
  }

  /// Nil where `bytes` are no case record.
  init?(_ bytes: Data) {
    guard let marker = try? JSONDecoder().decode(CaseMarker.self, from: bytes), marker.isCase else {
      return nil
    }
    self = marker
  }
}

/// case.json as bytes.
enum CaseRecordFile {
  static let name: FileName = "case.json"
  /// A record holds no columns: what is larger is none, and is not read into memory.
  static let sizeLimit = 256 << 20

  /// - Returns: nil where there is no such file.
  /// - Throws: `CaseFileError` where it is there and cannot be read, is no regular file or is too large.
  static func read(in folder: OpenFolder) throws(CaseFileError) -> Data? {
    try read(folder.descriptor, name, called: folder.place(of: name))
  }

  /// - Parameter folder: the path of the case.
  static func read(in folder: String) throws(CaseFileError) -> Data? {
    let path = folder + "/" + name.text
    return try read(AT_FDCWD, FileName(path), called: path)
  }

  private static func read(_ folder: Int32, _ name: FileName, called path: String) throws(CaseFileError)
    -> Data?
  {
    func problem(_ message: String) -> CaseFileError { CaseFileError(.unreadable, path, message) }
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    let descriptor = openat(folder, name.bytes, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw problem(String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(String(cString: strerror(errno))) }
    guard status.isRegularFile else { throw problem("is no regular file") }
    guard status.st_size <= sizeLimit else { throw problem("is larger than \(sizeLimit >> 20) MiB") }
    var bytes = Data(count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw problem(String(cString: strerror(errno))) }
      guard count > 0 else { throw problem("became shorter while it was read") }
      done += count
    }
    return bytes
  }

  /// Writes into the record that decisions are in the journal `journal`; every other key stays as it is. The name of
  /// the default journal stands before any other.
  static func note(_ journal: String, in folder: OpenFolder) throws(CaseFileError) {
    guard let bytes = try read(in: folder), let marker = CaseMarker(bytes) else {
      throw CaseFileError(.invalid, folder.place(of: name), "is no case record")
    }
    guard marker.journal != journal, marker.journal != CaseFolder.journalName else { return }
    guard let noted = noting(journal, in: bytes), CaseMarker(noted)?.journal == journal else {
      throw CaseFileError(.invalid, folder.place(of: name), "cannot take the name of the journal")
    }
    let temporary = name.adding("\(temporarySuffix)\(getpid())")
    try folder.removeFile(temporary)
    do throws(CaseFileError) {
      var file = try FileWriter(in: folder, name: temporary, mode: 0o600)
      try file.append(noted)
      try file.finish()
      let error = folder.operations.rename(folder.entry(temporary), folder.entry(name), .replacing)
      guard error == 0 else { throw folder.problem(name, error) }
      try folder.synchronize()
    } catch {
      _ = try? folder.removeFile(temporary)
      throw error
    }
  }

  /// What `note` left behind when it was killed.
  static func isTemporary(_ entry: FileName) -> Bool {
    entry.bytes.starts(with: name.adding(temporarySuffix).bytes.dropLast())
  }

  private static let temporarySuffix = ".writing-"

  private static func noting(_ journal: String, in bytes: Data) -> Data? {
    guard let value = try? JSONEncoder().encode(journal),
      let places = bytes.withUnsafeBytes({ buffer in try? JSONParser.places(of: "journal", in: buffer) }),
      let brace = bytes.firstIndex(of: UInt8(ascii: "{"))
    else { return nil }
    var noted = bytes
    if let place = places.last {
      noted.replaceSubrange(place, with: value)
    } else {
      noted.insert(contentsOf: Data("\n  \"journal\" : ".utf8) + value + Data(",".utf8), at: brace + 1)
    }
    return noted
  }
}

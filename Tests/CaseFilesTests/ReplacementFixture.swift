import CaseFiles
import Formats
import Foundation
import Glibc
import Model
import Scan
import Scanning
import Synchronization

/// A case with things of others in it, which is replaced on a file system that can be made to misbehave.
final class ReplacementFixture {
  /// What renames the file system knows.
  enum FileSystem: CaseIterable, Sendable {
    case exchanging
    /// renameat2 has no flags: NFS, 9p.
    case withoutFlags
    /// Nor are there hard links: many file systems in user space.
    case withoutLinks
    /// The folder of the case cannot be renamed: a lower layer of overlayfs.
    case lowerLayer
  }

  let folder: URL
  var dataset: String { folder.appending(path: "points.csv").path }
  var path: String { folder.appending(path: "points.case").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "replacement-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("id,label,x\na,0,1\nb,1,2\nc,0,3\n".utf8).write(to: URL(fileURLWithPath: dataset))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The same few columns for every case; what tells them apart is the version of the tool.
  private static let report = Result { () throws -> Report in
    let fixture = try ReplacementFixture()
    let data = try DatasetLoader.load(fixture.dataset, options: DatasetOptions(), progress: { _ in })
    return try Scanner.scan(data, options: ScanOptions(seed: 1, threads: 1, detectors: ["self-confidence"]))
  }

  func write(_ version: String, _ operations: FileOperations = ReplacementFixture.quick()) throws {
    try Self.write(version, to: path, dataset: dataset, operations)
  }

  static func write(
    _ version: String, to path: String, dataset: String,
    _ operations: FileOperations = ReplacementFixture.quick()
  ) throws {
    try CaseFolder.write(
      report.get(), records: nil,
      provenance: Provenance(
        datasetPath: dataset, fingerprint: "", settings: ScanSettings(dataset: DatasetOptions(), seed: 1),
        toolVersion: version),
      to: CasePlace(path, dataset: dataset, operations: operations))
  }

  /// - Parameter intervene: is told the number of each call, from 0, before it happens; what it gives, if not 0, is the
  ///   error of the call, which then does nothing.
  static func quick(
    on fileSystem: FileSystem = .exchanging,
    intervene: @escaping @Sendable (Int) -> Int32 = { _ in 0 }
  ) -> FileOperations {
    let calls = Counter()
    var operations = FileOperations.real
    operations.rename = { old, new, how in
      let error = intervene(calls.next())
      guard error == 0 else { return error }
      switch (fileSystem, how) {
      case (.withoutFlags, .onlyIfAbsent), (.withoutFlags, .exchanging): return EINVAL
      case (.withoutLinks, .onlyIfAbsent), (.withoutLinks, .exchanging): return EINVAL
      case (.lowerLayer, .exchanging): return EXDEV
      case (.lowerLayer, .replacing) where old.name == "points.case": return EXDEV
      default: return FileOperations.real.rename(old, new, how)
      }
    }
    operations.link = { old, new in
      let error = intervene(calls.next())
      guard error == 0 else { return error }
      return fileSystem == .withoutLinks ? EPERM : FileOperations.real.link(old, new)
    }
    operations.remove = { entry, isFolder in
      let error = intervene(calls.next())
      return error == 0 ? FileOperations.real.remove(entry, isFolder) : error
    }
    operations.synchronize = { descriptor in
      var status = stat()
      // The syncs of the files that a scan writes are all alike.
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return 0 }
      return intervene(calls.next())
    }
    return operations
  }

  /// The calls of a replacement that nothing disturbs.
  func callCount(on fileSystem: FileSystem) throws -> Int {
    let seen = Counter()
    try write(
      "counted",
      Self.quick(on: fileSystem) { _ in
        _ = seen.next()
        return 0
      })
    return seen.next()
  }

  // MARK: Things of others

  private static let latinName: [CChar] = [0x63, 0x61, 0x66, -0x17, 0]

  /// Puts a journal, a lock, notes, a dangling link, a file whose name is no UTF-8 and an array into the case.
  func addOthers() throws {
    for name in ["second.jsonl", "review.jsonl.lock", "notes.txt", "arrays/mine.npy"] {
      try Data("\(name) of others\n".utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    }
    try FileManager.default.createSymbolicLink(
      atPath: path + "/dangling", withDestinationPath: "nowhere")
    let descriptor = open(
      Array(path.utf8CString.dropLast()) + [0x2F] + Self.latinName, O_CREAT | O_WRONLY, 0o600)
    _ = Glibc.write(descriptor, "latin\n", 6)
    close(descriptor)
  }

  /// What is missing of `addOthers` in `place`, which is searched with all its folders.
  func missingOthers(in place: String) -> [String] {
    let found = Set(contents(of: place))
    let wanted =
      ["second.jsonl", "review.jsonl.lock", "notes.txt", "arrays/mine.npy"].map { "\($0) of others\n" }
      + ["-> nowhere", "latin\n"]
    return wanted.filter { !found.contains($0) }
  }

  /// The contents of all small files, and where all links point, anywhere beneath `place`.
  func contents(of place: String) -> [String] {
    guard let stream = opendir(place) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name == "." || name == ".." { continue }
      var bytes = [UInt8](repeating: 0, count: 4096)
      if entry.pointee.d_type == UInt8(DT_DIR) {
        found += contents(of: place + "/" + name)
      } else if entry.pointee.d_type == UInt8(DT_LNK) {
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: place + "/" + name)) ?? ""
        found.append("-> " + target)
      } else {
        // By the descriptor: the name need not be UTF-8.
        let file = withUnsafePointer(to: &entry.pointee.d_name) {
          openat(dirfd(stream), UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self), O_RDONLY)
        }
        let count = Glibc.read(file, &bytes, bytes.count)
        close(file)
        found.append(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self))
      }
    }
    return found
  }

  /// How many files and links a case with things of others holds.
  func contentCount() throws -> Int {
    let other = try ReplacementFixture()
    try other.write("other")
    try other.addOthers()
    return other.contents(of: other.path).count
  }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}

final class Counter: Sendable {
  private let value = Atomic<Int>(0)
  /// 0, 1, 2 …
  func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
}

import CaseFiles
import Foundation
import Glibc
import Synchronization
import Testing

/// An export never overwrites what is there, whenever it came, and leaves nothing unfinished.
@Suite struct ExportTargetTests {
  let folder: URL
  var path: String { folder.appending(path: "out").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "target-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// What some file systems do not know: the flags of renameat2, and hard links.
  enum FileSystem: CaseIterable, Sendable {
    case whole, withoutFlags, withoutLinks

    var operations: FileOperations {
      var operations = FileOperations.real
      guard self != .whole else { return operations }
      operations.rename = { old, new, how in
        how == .replacing ? FileOperations.real.rename(old, new, how) : EINVAL
      }
      if self == .withoutLinks { operations.link = { _, _ in EPERM } }
      return operations
    }
  }

  private func put(_ text: String, at path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test(arguments: FileSystem.allCases, [true, false])
  func aFileThatIsThereAtTheLastMomentStays(_ fileSystem: FileSystem, _ isThereBefore: Bool) throws {
    if isThereBefore { try put("", at: path) }
    let target = try ExportTarget(path, kind: .file, operations: fileSystem.operations)
    let problem = #expect(throws: CaseFileError.self) {
      try target.fill { temporary in
        try put("export", at: temporary)
        let file = try #require(fopen(path, "a"))
        fputs("mine", file)
        fclose(file)
      }
    }
    #expect(problem?.message == "is there already; nothing is overwritten")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    #expect(try names() == ["out"])
  }

  @Test(arguments: FileSystem.allCases, [true, false])
  func aFolderThatIsThereAtTheLastMomentStays(_ fileSystem: FileSystem, _ isThereBefore: Bool) throws {
    if isThereBefore {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    let target = try ExportTarget(path, kind: .folder, operations: fileSystem.operations)
    #expect(throws: CaseFileError.self) {
      try target.fill { temporary in
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: false)
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try put("mine", at: path + "/mine")
      }
    }
    #expect(try String(contentsOfFile: path + "/mine", encoding: .utf8) == "mine")
    #expect(try names() == ["out"])
  }

  @Test(arguments: FileSystem.allCases) func anEmptyFileMakesWay(_ fileSystem: FileSystem) throws {
    try put("", at: path)
    let target = try ExportTarget(path, kind: .file, operations: fileSystem.operations)
    try target.fill { try put("export", at: $0) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "export")
    #expect(try names() == ["out"])
  }

  /// Somebody had the empty file open and wrote after it was taken away.
  @Test func whatIsWrittenIntoTheEmptyFileIsKeptBesideTheExport() throws {
    try put("", at: path)
    let writer = try #require(FileHandle(forWritingAtPath: path))
    var operations = FileOperations.real
    operations.rename = { old, new, how in
      let error = FileOperations.real.rename(old, new, how)
      if old.name == "export" { writer.write(Data("late".utf8)) }
      return error
    }
    try ExportTarget(path, kind: .file, operations: operations).fill { try put("export", at: $0) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "export")
    #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == "late")
    #expect(try names() == ["out", "out.1"])
  }

  @Test func whatIsNotKnownToBeSavedIsNotThere() throws {
    try put("", at: path)
    var operations = FileOperations.real
    let syncs = Atomic<Int>(0)
    operations.synchronize = { _ in syncs.add(1, ordering: .relaxed).newValue == 2 ? EIO : 0 }
    #expect(throws: CaseFileError.self) {
      try ExportTarget(path, kind: .file, operations: operations).fill { try put("export", at: $0) }
    }
    // The empty file that was there is there again.
    #expect(try names() == ["out"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).isEmpty)
  }

  @Test func whatAKilledExportLeftBehindGoes() throws {
    for (left, entry) in [
      ("out.writing-1", "export"), ("out.writing-2", "mine"), ("out.writing-x", "export"),
    ] {
      let place = folder.appending(path: left)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
      try put("half", at: place.appending(path: entry).path)
    }
    let held = folder.appending(path: "out.writing-3").path
    try FileManager.default.createDirectory(atPath: held, withIntermediateDirectories: false)
    let lock = open(held, O_RDONLY | O_DIRECTORY)
    #expect(flock(lock, LOCK_EX) == 0)
    defer { close(lock) }
    try ExportTarget(path, kind: .file).fill { try put("export", at: $0) }
    #expect(try names() == ["out", "out.writing-2", "out.writing-3", "out.writing-x"])
  }

  /// What would change the dataset or stand in the way of the case; the same names elsewhere are free.
  @Test(arguments: [
    ("data.csv", "labels.npy", ExportTarget.Kind.file), ("data.csv", "metadata.csv", .file),
    ("features.npy", "data.jsonl", .file), ("data.jsonl", "data.csv", .folder),
    ("case.json", "review.jsonl", .file), ("case.json", "arrays", .folder),
  ]) func noExportBecomesAPartOfWhatLiesThere(_ there: String, _ name: String, _ kind: ExportTarget.Kind)
    throws
  {
    let place = folder.appending(path: name).path
    _ = try ExportTarget(place, kind: kind)
    try put("x", at: folder.appending(path: there).path)
    let problem = #expect(throws: CaseFileError.self) { try ExportTarget(place, kind: kind) }
    #expect(problem?.message.contains("part of the") == true)
    // An empty journal is one that a session has open.
    if kind == .file { try put("", at: place) }
    #expect(throws: CaseFileError.self) { try ExportTarget(place, kind: kind) }
    _ = try ExportTarget(folder.appending(path: "drop.npy").path, kind: .file)
  }
}

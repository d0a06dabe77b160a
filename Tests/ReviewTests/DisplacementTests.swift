import Foundation
import Glibc
import Model
import Review
import Testing

/// What becomes of the journal's file while a writer has it open: nothing is called saved that is not in the file under
/// the journal's name.
@Suite struct DisplacementTests {
  let folder: URL
  var path: String { folder.appending(path: "review.jsonl").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "displaced-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  static let events: [(name: String, reason: String)] = [
    ("moved", "moved or removed"), ("removed", "moved or removed"), ("replaced by a copy", "another file"),
    ("replaced by a link to it", "another file"), ("emptied", "cut short"), ("cut by one byte", "cut short"),
    ("overwritten", "overwritten"), ("folder moved", "moved or removed"),
  ]

  @Test(arguments: events) func nothingIsSavedIntoADisplacedJournal(_ event: (name: String, reason: String))
    throws
  {
    var writer = try JournalWriter(path: path)
    for id in ["a", "b", "c"] { _ = try writer.append(JournalTests.decision(id)) }
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let away = folder.appending(path: "away.jsonl").path
    switch event.name {
    case "moved": #expect(rename(path, away) == 0)
    case "removed": #expect(unlink(path) == 0)
    case "replaced by a copy":
      try FileManager.default.copyItem(atPath: path, toPath: away)
      #expect(rename(away, path) == 0)
    case "replaced by a link to it":
      #expect(rename(path, away) == 0 && symlink(away, path) == 0)
    case "emptied": #expect(truncate(path, 0) == 0)
    case "cut by one byte": #expect(truncate(path, off_t(before.count - 1)) == 0)
    case "overwritten":
      let handle = try #require(FileHandle(forUpdatingAtPath: path))
      try handle.seek(toOffset: UInt64(before.count - 40))
      try handle.write(contentsOf: Data("x".utf8))
    default: #expect(rename(folder.path, folder.path + "-away") == 0)
    }
    for _ in 0..<2 {
      var message = ""
      do { _ = try writer.append(JournalTests.decision("d")) } catch {
        message = error.message
        #expect(error.kind == .notSaved)
      }
      #expect(message.contains(event.reason), "\(event.name): \(message)")
    }
    let known = writer.decisions
    #expect(known.count == 3)
  }

  /// The name comes to stand for another file between the check and the sync.
  @Test func aJournalThatIsMovedDuringTheWriteIsNotCalledSaved() throws {
    var operations = JournalFileOperations.real
    let (path, away) = (path, folder.appending(path: "away.jsonl").path)
    operations.synchronize = { descriptor in
      rename(path, away)
      return fdatasync(descriptor)
    }
    var writer = try JournalWriter(path: path, operations: operations)
    var isRefused = false
    do { _ = try writer.append(JournalTests.decision("a")) } catch { isRefused = true }
    let known = writer.decisions
    #expect(isRefused && known.isEmpty)
  }

  /// The same inode under the same name is the same journal, wherever its folder is moved through.
  @Test func aJournalThatMovesAlongIsStillTheSame() throws {
    var writer = try JournalWriter(path: path)
    _ = try writer.append(JournalTests.decision("a"))
    let other = folder.appending(path: "other").path
    #expect(mkdir(other, 0o700) == 0 && link(path, other + "/review.jsonl") == 0)
    #expect(unlink(path) == 0 && link(other + "/review.jsonl", path) == 0)
    let appended = try writer.append(JournalTests.decision("b"))
    #expect(appended.sequence == 2)
  }

  @Test func whatIsNoJournalIsLeftAlone() throws {
    let texts = [
      "notes\nof mine\n", "no line feed", "{\"at\":1}\n", "\n", "{\"at\":\"2026\"}\n", "\0\0\0\0",
    ]
    for text in texts {
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      #expect(throws: JournalError.self) { _ = try JournalWriter(path: path) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["review.jsonl"])
    // The begin of a first line that was cut off is one, where journals lie.
    try "{\"at\":\"2026-0".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(throws: JournalError.self) { _ = try JournalWriter(path: path) }
    let writer = try JournalWriter(path: path, linksWithin: folder.path)
    let known = writer.decisions
    #expect(known.isEmpty, "in a case")
  }

  @Test func linksAreFollowedWithinTheirFolderOnly() throws {
    let outside = FileManager.default.temporaryDirectory.appending(path: "outside-\(UUID().uuidString)").path
    let real = folder.appending(path: "real.jsonl").path
    for (target, isThere) in [(outside, false), (outside, true), (real, false), (real, true)] {
      unlink(path)
      unlink(target)
      if isThere { try Data().write(to: URL(fileURLWithPath: target)) }
      #expect(symlink(target, path) == 0)
      #expect(opens(within: folder.path) == (target == real && isThere))
      #expect(!opens(within: nil))
      #expect(FileManager.default.fileExists(atPath: target) == isThere, "nothing is made through a link")
    }
  }

  private func opens(within folder: String?) -> Bool {
    do {
      _ = try JournalWriter(path: path, linksWithin: folder)
      return true
    } catch { return false }
  }

  @Test func whatCannotBeReachedIsNotEmpty() throws {
    #expect(try Journal.readIfPresent(path: path).decisions.isEmpty)
    #expect(symlink(path + ".nothing", path) == 0)
    #expect(throws: JournalError.self) { _ = try Journal.readIfPresent(path: path) }
    unlink(path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: JournalError.self) { _ = try Journal.readIfPresent(path: path) }
    unlink(path)
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(throws: JournalError.self) { _ = try Journal.readIfPresent(path: path + "/review.jsonl") }
  }

  @Test func aLockThatOthersHoldIsNamedAndNotWaitedFor() throws {
    var writer = try JournalWriter(path: path, patience: 20)
    let other = open(path, O_RDWR)
    defer { close(other) }
    #expect(flock(other, LOCK_EX) == 0)
    for _ in 0..<2 {
      do { _ = try writer.append(JournalTests.decision("a")) } catch {
        #expect(error.kind == .busy && error.message.contains("process \(getpid())"))
      }
    }
    flock(other, LOCK_UN)
    let appended = try writer.append(JournalTests.decision("a"))
    #expect(appended.sequence == 1, "it was only busy")
  }
}

import CaseFiles
import Foundation
import Glibc
import Model
import Synchronization
import Testing

/// A case that is replaced keeps what the scan did not make, whatever happens meanwhile.
@Suite struct CaseReplacementTests {
  typealias FileSystem = ReplacementFixture.FileSystem

  @Test(arguments: FileSystem.allCases) func whatOthersPutThereMovesAlong(_ fileSystem: FileSystem) throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try fixture.addOthers()
    let journal = fixture.path + "/second.jsonl"
    let inode = try FileManager.default.attributesOfItem(atPath: journal)[.systemFileNumber] as? Int
    try fixture.write("new", ReplacementFixture.quick(on: fileSystem))
    #expect(try CaseFolder.open(fixture.path).toolVersion == "new")
    #expect(fixture.missingOthers(in: fixture.path) == [])
    #expect(try FileManager.default.attributesOfItem(atPath: journal)[.systemFileNumber] as? Int == inode)
    #expect(try fixture.names() == ["points.case", "points.csv"])
  }

  /// At every call something comes into the case, notes are saved anew by an editor, and a session that has its journal
  /// open goes on writing.
  @Test(arguments: FileSystem.allCases) func nothingIsLostWhateverComesMeanwhile(_ fileSystem: FileSystem)
    throws
  {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try fixture.addOthers()
    let session = try #require(FileHandle(forWritingAtPath: fixture.path + "/second.jsonl"))
    try session.seekToEnd()
    let (path, calls) = (fixture.path, try fixture.callCount(on: fileSystem))
    #expect(calls > 20)
    var journal = "second.jsonl of others\n"
    for call in 0..<calls {
      let operations = ReplacementFixture.quick(on: fileSystem) { number in
        guard number == call else { return 0 }
        // Where the place is free for a moment nobody can put anything there.
        _ = try? Data("late \(call)".utf8).write(to: URL(fileURLWithPath: path + "/late-\(call)"))
        _ = try? Data("notes \(call)".utf8).write(
          to: URL(fileURLWithPath: path + "/notes.txt"), options: .atomic)
        session.write(Data("decision \(call)\n".utf8))
        return 0
      }
      try fixture.write("new \(call)", operations)
      journal += "decision \(call)\n"
      #expect(try CaseFolder.open(path).toolVersion == "new \(call)")
      let found = Set(fixture.contents(of: path))
      let isThere = found.contains("late \(call)") && found.contains("notes \(call)")
      #expect(isThere || fileSystem != .exchanging, "call \(call)")
      #expect(try String(contentsOfFile: path + "/second.jsonl", encoding: .utf8) == journal)
      #expect(try fixture.names() == ["points.case", "points.csv"], "call \(call)")
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let fileSystem: FileSystem
    /// From the call on all fail, as if the process were gone; else the one call.
    let isKill: Bool
    let error: Int32
    var testDescription: String { "\(fileSystem) \(isKill ? "kill" : String(cString: strerror(error)))" }
    static let all =
      FileSystem.allCases.flatMap { fileSystem in
        [true, false].map { Fault(fileSystem: fileSystem, isKill: $0, error: EIO) }
      } + [Fault(fileSystem: .exchanging, isKill: false, error: EACCES)]
  }

  /// Every call fails once, or is the last of a process: there is a whole case, and the next scan leaves nothing behind
  /// and loses nothing.
  @Test(arguments: Fault.all) func theOldCaseOrTheNewOneIsWhole(_ fault: Fault) throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try fixture.addOthers()
    let (count, calls) = (try fixture.contentCount(), try fixture.callCount(on: fault.fileSystem))
    try fixture.write("old")
    for call in 0..<calls {
      let operations = ReplacementFixture.quick(on: fault.fileSystem) { number in
        number == call || fault.isKill && number > call ? fault.error : 0
      }
      let failure = Result { try fixture.write("new", operations) }
      try CasePlace(fixture.path, dataset: fixture.dataset).recover()
      let version = try CaseFolder.open(fixture.path).toolVersion
      #expect(["old", "new", "next"].contains(version), "call \(call)")
      if case .success = failure { #expect(version == "new", "call \(call)") }
      #expect(fixture.missingOthers(in: fixture.folder.path) == [], "call \(call)")
      try fixture.write("next")
      #expect(fixture.missingOthers(in: fixture.path) == [], "call \(call)")
      #expect(try fixture.names() == ["points.case", "points.csv"], "call \(call)")
      #expect(fixture.contents(of: fixture.path).count == count, "call \(call): things are there twice")
    }
  }

  /// The work of a scan that finds no place is kept, and its path is said.
  @Test func aScanThatFindsNoPlaceIsKept() throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    var operations = ReplacementFixture.quick()
    operations.rename = { _, _, _ in EIO }
    do {
      try fixture.write("new", operations)
      Issue.record("the rename failed, and nothing was said")
    } catch let problem as CaseFileError {
      let kept = try #require(problem.message.split(separator: " is kept in ").last.map(String.init))
      #expect(try CaseFolder.open(kept).toolVersion == "new")
      #expect(try CaseFolder.open(fixture.path).toolVersion == "old")
    }
  }

  /// A link to another case takes the place at every call: that case is never touched, and the old one is not taken
  /// apart.
  @Test(arguments: FileSystem.allCases) func aLinkThatIsSwappedInLeadsNowhere(_ fileSystem: FileSystem) throws
  {
    let fixture = try ReplacementFixture()
    let victim = try ReplacementFixture()
    try victim.write("victim")
    try victim.addOthers()
    let before = victim.contents(of: victim.folder.path).sorted()
    try fixture.write("old")
    let calls = try fixture.callCount(on: fileSystem)
    let (path, away, target) = (fixture.path, fixture.path + ".away", victim.path)
    for call in 0..<calls {
      try fixture.write("old")
      if fixture.missingOthers(in: path).count > 0 { try? fixture.addOthers() }
      let operations = ReplacementFixture.quick(on: fileSystem) { number in
        guard number == call, rename(path, away) == 0 else { return 0 }
        symlink(target, path)
        return 0
      }
      _ = Result { try fixture.write("new", operations) }
      #expect(victim.contents(of: victim.folder.path).sorted() == before, "call \(call)")
      #expect(fixture.missingOthers(in: fixture.folder.path) == [], "call \(call)")
      if FileManager.default.fileExists(atPath: away) {
        // Empty: the folder that holds the name for a rename.
        let isWhole = (try? CaseFolder.open(away)) != nil || fixture.contents(of: away).isEmpty
        #expect(isWhole || fileSystem == .lowerLayer, "call \(call): what was moved away is damaged")
        unlink(path)
        rename(away, path)
        try CasePlace(path, dataset: fixture.dataset).recover()
      }
    }
  }

  @Test func twoScansAtOnceLeaveOneWholeCase() async throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try fixture.addOthers()
    let writer = { @Sendable (name: String, path: String, dataset: String) throws in
      for _ in 0..<20 { try ReplacementFixture.write(name, to: path, dataset: dataset) }
    }
    let (path, dataset) = (fixture.path, fixture.dataset)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in ["one", "two", "three"] { group.addTask { try writer(name, path, dataset) } }
      try await group.waitForAll()
    }
    _ = try CaseFolder.open(fixture.path)
    #expect(fixture.missingOthers(in: fixture.path) == [])
    #expect(try fixture.names() == ["points.case", "points.csv"])
  }

  /// What an earlier version left behind had the case in the work folder itself.
  @Test func whatKilledScansLeftBehindGoes() throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try fixture.addOthers()
    let left = fixture.path + ".writing-1"
    #expect(rename(fixture.path, left) == 0)
    let held = fixture.path + ".writing-2"
    try FileManager.default.createDirectory(atPath: held, withIntermediateDirectories: false)
    let lock = open(held, O_RDONLY | O_DIRECTORY)
    #expect(flock(lock, LOCK_EX) == 0)
    let mine = fixture.path + ".writing-3/sub"
    try FileManager.default.createDirectory(atPath: mine, withIntermediateDirectories: true)
    try fixture.write("new")
    #expect(fixture.missingOthers(in: fixture.path) == [])
    // One is at work still, the other was never made by a scan.
    #expect(
      try fixture.names() == [
        "points.case", "points.case.writing-2", "points.case.writing-3", "points.csv",
      ])
    close(lock)
  }

  /// A file that is not on the disk is no part of a case.
  @Test func whatCannotBeSyncedIsNoCase() throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    for file in 0..<100 {
      let synced = Counter()
      var operations = ReplacementFixture.quick()
      operations.synchronize = { _ in synced.next() == file ? EIO : 0 }
      guard case .failure(let problem) = Result(catching: { try fixture.write("new", operations) }) else {
        #expect(file > 10)
        return
      }
      #expect((problem as? CaseFileError)?.kind == .writeFailed)
      try fixture.write("old")
    }
    Issue.record("a replacement syncs without end")
  }

  /// A power cut after any call finds a whole case: all of the new one is on the disk before it comes to its place, and
  /// that it came there is on the disk before anything of the old one goes.
  @Test(arguments: [FileSystem.exchanging, .withoutFlags])
  func nothingGoesBeforeWhatReplacesItIsOnTheDisk(_ fileSystem: FileSystem) throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try fixture.addOthers()
    let log = CallLog()
    var operations = ReplacementFixture.quick(on: fileSystem)
    let (rename, remove) = (operations.rename, operations.remove)
    operations.synchronize = { descriptor in
      log.add("sync", inode(descriptor))
      return 0
    }
    operations.rename = { old, new, how in
      let error = rename(old, new, how)
      if error == 0, new.name == "points.case" { log.add("place", inode(new.folder)) }
      return error
    }
    operations.remove = { entry, isFolder in
      // Whatever else is removed: empty folders, and names of files that have another one.
      if entry.name == "case.json" { log.add("remove", 0) }
      return remove(entry, isFolder)
    }
    try fixture.write("new", operations)
    let calls = log.calls
    let placed = try #require(calls.firstIndex { $0.what == "place" })
    let removed = try #require(calls.firstIndex { $0.what == "remove" })
    let before = Set(calls[..<placed].filter { $0.what == "sync" }.map(\.inode))
    let made = try FileManager.default.subpathsOfDirectory(atPath: fixture.path).filter {
      $0.hasSuffix(".npy") && $0 != "arrays/mine.npy" || ["case.json", "scores.csv", "arrays"].contains($0)
    }
    #expect(made.count > 10)
    for name in made + ["."] {
      let place = fixture.path + "/" + name
      let inode = try FileManager.default.attributesOfItem(atPath: place)[.systemFileNumber] as? UInt64
      #expect(before.contains(inode ?? 0), "\(name) is not on the disk yet")
    }
    let parent = calls[placed].inode
    #expect(placed < removed)
    #expect(calls[placed..<removed].contains { $0.what == "sync" && $0.inode == parent })
  }

  @Test func aRescanKnowsThatThereWasAJournal() throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    #expect(try CaseFolder.open(fixture.path).journalName == nil)
    let before = try record(fixture)
    try CaseFolder.noteJournal("review.jsonl", in: fixture.path)
    #expect(try CaseFolder.open(fixture.path).journalName == "review.jsonl")
    var after = try record(fixture)
    #expect(after.removeValue(forKey: "journal") as? String == "review.jsonl")
    #expect(NSDictionary(dictionary: after) == NSDictionary(dictionary: before))
    let inode =
      try FileManager.default.attributesOfItem(atPath: fixture.path + "/case.json")[
        .systemFileNumber] as? Int
    try CaseFolder.noteJournal("review.jsonl", in: fixture.path)
    #expect(
      try FileManager.default.attributesOfItem(atPath: fixture.path + "/case.json")[.systemFileNumber] as? Int
        == inode, "noted already, and written again")
    try fixture.write("new")
    #expect(try CaseFolder.open(fixture.path).journalName == "review.jsonl")
  }

  @Test func aJournalThatIsThereIsNotedByARescan() throws {
    let fixture = try ReplacementFixture()
    try fixture.write("old")
    try CaseFolder.noteJournal("second.jsonl", in: fixture.path)
    try Data("{}\n".utf8).write(to: URL(fileURLWithPath: fixture.path + "/review.jsonl"))
    try fixture.write("new")
    #expect(try CaseFolder.open(fixture.path).journalName == "review.jsonl")
  }

  private func record(_ fixture: ReplacementFixture) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: fixture.path + "/case.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}

/// The calls of a replacement, in order.
private final class CallLog: Sendable {
  private let log = Mutex<[(what: String, inode: UInt64)]>([])
  var calls: [(what: String, inode: UInt64)] { log.withLock { $0 } }
  func add(_ what: String, _ inode: UInt64) { log.withLock { $0.append((what, inode)) } }
}

private func inode(_ descriptor: Int32) -> UInt64 {
  var status = stat()
  return fstat(descriptor, &status) == 0 ? UInt64(status.st_ino) : 0
}

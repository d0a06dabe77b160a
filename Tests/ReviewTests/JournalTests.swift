import Foundation
import Glibc
import Model
import Review
import Testing

@Suite struct JournalTests {
  let folder: URL
  var path: String { folder.appending(path: "review.jsonl").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  static func decision(_ id: String, _ act: Decision.Act = .verdict(.poisoned), by reviewer: String = "ada")
    -> Decision
  {
    Decision(
      at: 1_780_000_000_123, reviewer: reviewer,
      samples: [.init(id: id, digest: Digest(bytes: [UInt8](repeating: 7, count: 32)))], act: act,
      note: "n\u{2028}\"",
      shown: .init(suspicion: 0.5, rank: 3, version: "1"), by: "T1")
  }

  func write(_ count: Int) throws {
    var writer = try JournalWriter(path: path)
    for index in 0..<count {
      _ = try writer.append(Self.decision("s\u{1B}\(index)\n", .verdict(.relabel("c\""))))
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    try write(5)
    let contents = try Journal.read(path: path)
    #expect(contents.problems.isEmpty)
    #expect(contents.decisions.map(\.sequence) == [1, 2, 3, 4, 5])
    var expected = Self.decision("s\u{1B}4\n", .verdict(.relabel("c\"")))
    expected.sequence = 5
    #expect(contents.decisions.last == expected)
  }

  @Test func everyAlteredByteIsNoticed() throws {
    try write(3)
    let original = try Data(contentsOf: URL(fileURLWithPath: path))
    let end = original.dropLast().lastIndex(of: UInt8(ascii: "\n")) ?? 0
    // A chain alone cannot vouch for its own last line; every byte before it is covered.
    for index in 0...end {
      var altered = original
      altered[index] ^= 1
      let contents = altered.withUnsafeBytes(Journal.parse)
      #expect(!contents.problems.isEmpty || contents.decisions.isEmpty, "byte \(index)")
    }
  }

  @Test func everyCutKeepsTheLongestWholePrefix() throws {
    try write(3)
    let original = try Data(contentsOf: URL(fileURLWithPath: path))
    for length in 0..<original.count {
      let whole = original[..<length].count { $0 == UInt8(ascii: "\n") }
      let contents = original[..<length].withUnsafeBytes(Journal.parse)
      #expect(contents.decisions.count == whole)
      #expect(contents.problems.allSatisfy { $0.isTornTail })
    }
  }

  @Test func aTornTailIsSetAsideAndTheChainGoesOn() throws {
    try write(2)
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"v\":1,\"se".utf8))
    try handle.close()
    var writer = try JournalWriter(path: path)
    let torn = writer.tornTailPath
    let side = try #require(torn)
    #expect(try String(contentsOfFile: side, encoding: .utf8) == "{\"v\":1,\"se")
    let appended = try writer.append(Self.decision("x"))
    #expect(appended.sequence == 3)
    #expect(try Journal.read(path: path).problems.isEmpty)
  }

  @Test func nothingIsAppendedToABrokenChain() throws {
    try write(3)
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    data[40] ^= 1
    try data.write(to: URL(fileURLWithPath: path))
    #expect(throws: JournalError.self) { _ = try JournalWriter(path: path) }
  }

  @Test func twoWritersExtendOneChain() async throws {
    let path = path
    await withTaskGroup(of: Void.self) { group in
      for name in ["ada", "bob", "eve"] {
        group.addTask {
          guard var writer = try? JournalWriter(path: path) else { return }
          for index in 0..<40 { _ = try? writer.append(Self.decision("\(name)\(index)", by: name)) }
        }
      }
    }
    let contents = try Journal.read(path: path)
    #expect(contents.problems.isEmpty)
    #expect(Set(contents.decisions.map { $0.samples[0].id }).count == 120)
  }

  @Test(arguments: ["write", "short", "sync"])
  func aFailedSaveIsReportedAndNeverRetried(_ fault: String) throws {
    var operations = JournalFileOperations.real
    switch fault {
    case "write": operations.write = { _, _ in -1 }
    case "short":
      // A disk that is full in the middle of the line.
      operations.write = { descriptor, bytes in
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_size == 0
          ? Glibc.write(descriptor, bytes.baseAddress, 5) : -1
      }
    default: operations.synchronize = { _ in -1 }
    }
    var writer = try JournalWriter(path: path, operations: operations)
    for _ in 0..<2 {
      var isRefused = false
      do { _ = try writer.append(Self.decision("x")) } catch { isRefused = error.kind == .notSaved }
      #expect(isRefused)
    }
    // What was called not saved does not count when the journal is opened again.
    #expect(try Journal.read(path: path).decisions.isEmpty)
  }

  /// Neither saved nor cut off again: the line stands in the file, and counts only where the mark beside it is taken away.
  @Test(arguments: [0, 1]) func aLineThatCannotBeCutOffDoesNotCount(before: Int) throws {
    try write(before)
    var operations = JournalFileOperations.real
    operations.synchronize = { _ in -1 }
    operations.truncate = { _, _ in -1 }
    do {
      var writer = try JournalWriter(path: path, operations: operations)
      #expect(throws: JournalError.self) { _ = try writer.append(PartsTests.bulk(30_000)) }
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let mark = try Data(contentsOf: URL(fileURLWithPath: path + ".doubtful"))
    unlink(path + ".doubtful")
    #expect(try Journal.read(path: path).decisions.count == before + 1, "the guard taken out")
    try mark.write(to: URL(fileURLWithPath: path + ".doubtful"))
    let contents = try Journal.read(path: path)
    #expect(contents.decisions.count == before && contents.problems.map(\.isTornTail) == [true])
    var writer = try JournalWriter(path: path)
    let tornTail = writer.tornTailPath
    let side = try #require(tornTail)
    _ = try writer.append(Self.decision("next"))
    let whole = try Journal.read(path: path)
    #expect(whole.decisions.count == before + 1 && whole.problems.isEmpty)
    let moved = try Data(contentsOf: URL(fileURLWithPath: side))
    #expect(bytes.suffix(moved.count) == moved)
    var status = stat()
    #expect(stat(side, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(access(path + ".doubtful", F_OK) != 0)
  }

  /// What begins as a line of a journal does and is somebody's file.
  @Test(arguments: [
    "{", "{\"at\":\"", "{\"at\":\"2026-03-01\",\"by\":\"me\"}", "{\"at\":\"2026-03-01T09:30:00.123Z\"}",
    "{\"at\":\"2026-03-01T09:30:00.123Z\",\"message\":\"mine",
    "{\"at\":\"yesterday, at half past nine\",\"by\":",
  ])
  func aForeignLineWithoutEndIsLeftAlone(_ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: JournalError.self) { _ = try JournalWriter(path: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  /// A journal that another extends is read from where it was known: what came before may be anything by then.
  @Test func onlyWhatIsNewIsRead() throws {
    try write(3)
    var writer = try JournalWriter(path: path)
    do {
      var other = try JournalWriter(path: path)
      _ = try other.append(Self.decision("of another"))
    }
    // Of the known part only the last line is looked at again.
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.write(contentsOf: Data("XXXX".utf8))
    _ = try writer.append(Self.decision("mine"))
    #expect(writer.decisions.count == 5)
    #expect(try Journal.read(path: path).decisions.isEmpty, "read anew it does not hold")
  }

  @Test func undoTakesBackOneDecisionWhole() throws {
    var state = ReviewState()
    var bulk = Self.decision("a")
    bulk.sequence = 1
    bulk.samples.append(.init(id: "b", digest: nil))
    state.apply(bulk)
    #expect(state.verdict(of: "b") == .poisoned)
    #expect(state.lastUndoable(by: "ada")?.sequence == 1)
    var undo = Self.decision("", .undo(1))
    undo.sequence = 2
    undo.samples = []
    state.apply(undo)
    #expect(state.verdict(of: "a") == nil && state.verdict(of: "b") == nil)
    #expect(state.lastUndoable(by: "ada") == nil)
  }

  @Test func theChainCanBeWalkedWithTheShell() throws {
    try write(4)
    let script = """
      prev=$(printf '0%.0s' $(seq 64)); while IFS= read -r line; do
        case $line in *"\\"prev\\":\\"$prev\\"}") ;; *) exit 1;; esac
        prev=$(printf %s "$line" | sha256sum | cut -d' ' -f1); done < '\(path)'
      """
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script]
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
  }
}

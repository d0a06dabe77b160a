import Foundation
import Model
import Review
import Testing

/// A journal that somebody else writes while it is read.
@Suite struct FollowerTests {
  let folder: URL
  var path: String { folder.appending(path: "bob.jsonl").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "follow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func whatIsAppendedIsRead() throws {
    var follower = JournalFollower(path: path)
    let look1 = follower.read()
    #expect(look1 && follower.problem != nil, "it is not there yet")
    var writer = try JournalWriter(path: path)
    _ = try writer.append(JournalTests.decision("a"))
    let look2 = follower.read()
    #expect(look2 && follower.problem == nil && follower.contents.decisions.count == 1)
    let look3 = follower.read()
    #expect(!look3)
    _ = try writer.append(JournalTests.decision("b"))
    let look4 = follower.read()
    #expect(look4 && follower.contents.decisions.map { $0.samples[0].id } == ["a", "b"])
    let whole = try Journal.read(path: path)
    #expect(follower.contents.head == whole.head && follower.contents.decisions == whole.decisions)
  }

  @Test func halfALineWaits() throws {
    var writer = try JournalWriter(path: path)
    _ = try writer.append(JournalTests.decision("a"))
    _ = try writer.append(JournalTests.decision("b"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let file = URL(fileURLWithPath: folder.appending(path: "copy").path)
    try bytes.dropLast(40).write(to: file)
    var follower = JournalFollower(path: file.path)
    let look5 = follower.read()
    #expect(look5 && follower.contents.decisions.count == 1 && follower.problem == nil)
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: bytes.suffix(40))
    let look6 = follower.read()
    #expect(look6 && follower.contents.decisions.count == 2 && follower.problem == nil)
  }

  @Test func anotherFileInItsPlaceIsReadAnew() throws {
    do {
      var writer = try JournalWriter(path: path)
      for id in ["a", "b", "c"] { _ = try writer.append(JournalTests.decision(id)) }
    }
    var follower = JournalFollower(path: path)
    _ = follower.read()
    try FileManager.default.removeItem(atPath: path)
    do {
      var writer = try JournalWriter(path: path)
      for id in ["x", "y", "z", "w"] { _ = try writer.append(JournalTests.decision(id)) }
    }
    let look7 = follower.read()
    #expect(look7 && follower.contents.decisions.map { $0.samples[0].id } == ["x", "y", "z", "w"])
    // An altered line ends what counts and is told.
    var text = try String(contentsOfFile: path, encoding: .utf8)
    text = text.replacing("\"z\"", with: "\"Z\"")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let look8 = follower.read()
    #expect(look8 && follower.contents.decisions.count == 3)
    #expect(follower.problem?.hasPrefix("line 4") == true)
    try FileManager.default.removeItem(atPath: path)
    let look9 = follower.read()
    #expect(look9 && follower.problem != nil)
  }
}

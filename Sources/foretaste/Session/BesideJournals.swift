import CaseFiles
import Foundation
import Model
import Review
import Synchronization
import Workbench

/// The journals of others that a session reads beside its own, and reads again where they have grown.
final class BesideJournals: Sendable {
  private let followers: Mutex<[(follower: JournalFollower, shown: BesideJournal)]>
  private let names: CurrentNames

  /// - Throws: `Failure` where one is not there, or is the session's own.
  init(_ paths: [String], own: String, names: CurrentNames) throws {
    self.names = names
    func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    followers = Mutex(
      try paths.map { path in
        guard resolved(path) != resolved(own) else {
          throw Failure(
            ExitStatus.usage, "--beside \(path): is the journal of this session; --journal names another")
        }
        var follower = JournalFollower(path: path)
        _ = follower.read()
        guard FileManager.default.fileExists(atPath: path) else {
          throw Failure(ExitStatus.noInput, "--beside \(path): \(follower.problem ?? "is not there")")
        }
        return (follower, Self.shown(follower, names))
      })
  }

  private static func shown(_ follower: JournalFollower, _ names: CurrentNames) -> BesideJournal {
    BesideJournal(
      name: displayText(follower.path.split(separator: "/").last.map(String.init) ?? follower.path),
      review: ReviewState(names.renamed(follower.contents.decisions)), problem: follower.problem)
  }

  var current: [BesideJournal] { followers.withLock { $0.map(\.shown) } }

  /// Looks at all of them.
  /// - Returns: what they are now; nil where nothing has changed.
  func read() -> [BesideJournal]? {
    followers.withLock { followers in
      var hasChanged = false
      for index in followers.indices where followers[index].follower.read() {
        followers[index].shown = Self.shown(followers[index].follower, names)
        hasChanged = true
      }
      return hasChanged ? followers.map(\.shown) : nil
    }
  }

  /// What an export goes by, beside one's own.
  /// - Throws: `Failure` where one does not hold.
  func reviewed() throws -> [ReviewedJournal] {
    _ = read()
    return try followers.withLock { followers in
      try followers.map { follower, _ in
        if let problem = follower.problem {
          throw Failure(ExitStatus.dataError, "nothing was written: \(follower.path): \(problem)")
        }
        return ReviewedJournal(
          path: follower.path, decisions: names.renamed(follower.contents.decisions),
          head: follower.contents.head.hex)
      }
    }
  }
}

import Glibc
import Model

/// A journal that others write, read again where it has grown. Takes no lock and waits for nobody: half a line at the end is
/// one that is being written.
package struct JournalFollower: Sendable {
  package let path: String
  package private(set) var contents = JournalContents()
  /// Why it cannot be read, or what is wrong inside; nil where all of it counts.
  package private(set) var problem: String?
  private var seen: Seen?

  /// What tells that a file is the one that was read.
  private struct Seen: Equatable {
    let device: UInt
    let number: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    func isGrown(to now: Seen?) -> Bool {
      guard let now else { return false }
      return device == now.device && number == now.number && size < now.size
    }

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = UInt(status.st_dev)
      number = UInt(status.st_ino)
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  package init(path: String) { self.path = path }

  /// Reads what has come since the last time; all of it where the file is no longer the one that was read.
  /// - Returns: whether anything is other than it was.
  package mutating func read() -> Bool {
    let now = Seen(path)
    if now == seen, now != nil { return false }
    let before = (end: contents.end, problem: problem, seen: seen)
    seen = now
    do throws(JournalError) {
      let file = try JournalFile(reading: path)
      var known = contents
      known.problems = []
      let standing = try file.standing(from: known.end)
      // What has only grown since goes on from what is known; its chain is checked to the line before.
      let isContinued =
        before.seen.map { $0.isGrown(to: now) } == true && known.end.bytes > 0 && standing == .inPlace
      contents = try file.contents(after: isContinued ? known : JournalContents())
      problem = contents.problems.first { !$0.isTornTail }.map(\.description)
    } catch {
      problem = error.message
    }
    return before.end != contents.end || before.problem != problem
  }
}

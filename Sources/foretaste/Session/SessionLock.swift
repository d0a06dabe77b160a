import Foundation
import Model
import Review

/// Says that somebody reviews with this journal. Held until the process ends, in whatever way, by an advisory lock
/// on a file beside the journal; single decisions from the shell do not need it.
final class SessionLock {
  /// With these words a lock file begins; what does not is somebody's file and left as it is.
  private static let mark = "foretaste session"
  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  enum Outcome {
    case held(SessionLock)
    /// The folder takes no file. No reason to refuse: the journal itself will say.
    case absent
    /// Why no session can be opened now.
    case refused(String)
  }

  static func take(journal path: String, reviewer: String) -> Outcome {
    let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      return errno == ELOOP ? .refused("\(path).lock is a link; remove it") : .absent
    }
    let lock = SessionLock(descriptor)
    switch FileLock.take(descriptor, patience: 0) {
    case .held:
      lock.sign(reviewer)
      return .held(lock)
    case .busy(let process):
      return .refused(
        "\(lock.signature ?? process) reviews with this journal; --journal FILE begins one of your own, "
          + "--beside \(displayText(path)) shows this one beside it")
    case .failed(let reason, _): return .refused("the session's lock \(reason)")
    }
  }

  private func sign(_ reviewer: String) {
    guard text.isEmpty || text.hasPrefix(Self.mark) else { return }
    let signature = Data(
      "\(Self.mark)\n\(reviewer), process \(getpid()) on \(ProcessInfo.processInfo.hostName)\n".utf8)
    // Only for people to read: whether it is held does not depend on it.
    ftruncate(descriptor, 0)
    _ = signature.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  /// Who holds it, as the holder wrote it.
  private var signature: String? {
    let lines = text.split(separator: "\n")
    return lines.count == 2 && lines[0] == Self.mark ? displayText(lines[1]) : nil
  }

  private var text: String {
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

import Glibc
import Model

/// An advisory lock (flock(2)) on an open file. Never waited for without a bound: whoever holds it may sleep.
package enum FileLock {
  package enum Outcome: Sendable, Equatable {
    case held
    /// Somebody else has it; who, where the system tells.
    case busy(holder: String)
    /// The reason, and whether it is that the file system takes no locks.
    case failed(String, isUnsupported: Bool)
  }

  /// - Parameter patience: milliseconds to go on trying while another process holds it.
  package static func take(_ descriptor: Int32, patience: Int) -> Outcome {
    let pause = 5
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK:
        guard waited < patience else { return .busy(holder: holder(of: descriptor)) }
        usleep(UInt32(pause * 1000))
        waited += pause
      default:
        return .failed(
          "cannot be locked: \(systemMessage())",
          isUnsupported: [ENOLCK, EOPNOTSUPP, EBADF, EINVAL, ENOSYS].contains(errno))
      }
    }
    return .held
  }

  package static func release(_ descriptor: Int32) { flock(descriptor, LOCK_UN) }

  /// "process 4021 (foretaste)", from /proc/locks (proc_locks(5)); "another process" where that does not tell.
  private static func holder(of descriptor: Int32) -> String {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let locks = Text.ofFile("/proc/locks") else {
      return "another process"
    }
    let inode = String(status.st_ino)
    for line in locks.split(separator: "\n") where line.contains("FLOCK") && !line.contains("->") {
      // "3: FLOCK  ADVISORY  WRITE 4021 fe:00:131077 0 EOF"
      let fields = line.split(separator: " ")
      guard fields.count >= 6, fields[5].split(separator: ":").last.map(String.init) == inode,
        let process = Int(fields[4]), process > 0
      else { continue }
      let name = Text.ofFile("/proc/\(process)/comm").map { " (\($0.filter { $0 != "\n" }))" } ?? ""
      return displayText("process \(process)\(name)")
    }
    return "another process"
  }

  private enum Text {
    static func ofFile(_ path: String) -> String? {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      var text: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 14)
      while text.count < 1 << 22 {
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { break }
        text += buffer[..<count]
      }
      return String(decoding: text, as: UTF8.self)
    }
  }
}

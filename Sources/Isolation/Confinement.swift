import CSandbox
import Glibc

/// What a decoder has given up.
package enum Confinement: Sendable, Equatable, CustomStringConvertible {
  /// No decoder has said so yet.
  case unknown
  /// Memory, files and processes, and nearly every system call.
  case filtered
  /// Memory, files and processes: this kernel (error number `reason`) filters no system calls.
  case limited(reason: Int32)

  package var description: String {
    switch self {
    case .unknown: "no decoder was started"
    case .filtered: "decoders are confined by limits and a filter of system calls"
    case .limited(let reason):
      "decoders are confined by limits only; no filter of system calls: \(String(cString: strerror(reason)))"
    }
  }

  /// Confines this process, for good.
  /// - Returns: nil where not even the limits could be set.
  static func enter(memory: Int, filtersCalls: Bool) -> Confinement? {
    csandbox_close_others()
    guard csandbox_limit(UInt64(memory)) == 0 else { return nil }
    csandbox_watch_memory(UInt64(memory))
    let error = filtersCalls ? csandbox_filter() : ENOSYS
    return error == 0 ? .filtered : .limited(reason: error)
  }

  var wireValue: UInt32 {
    switch self {
    case .unknown: .max
    case .filtered: 0
    case .limited(let reason): UInt32(bitPattern: reason)
    }
  }

  init(wireValue: UInt32) {
    self = wireValue == 0 ? .filtered : .limited(reason: Int32(bitPattern: wireValue))
  }
}

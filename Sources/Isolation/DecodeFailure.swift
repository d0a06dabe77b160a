import Images

/// Why one picture came to nothing. It costs that picture and no other.
package enum DecodeFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The decoder refused it.
  case image(ImageError)
  /// Its bytes could not be had; said by who was to give them.
  case source(String)
  /// The decoder died of a signal: memory that is not its own, a trap, a forbidden system call.
  case crashed(signal: Int32)
  /// The decoder ended, with this exit status, without an answer.
  case ended(status: Int32)
  case timedOut(seconds: Int)
  case outOfMemory(megabytes: Int)
  /// The decoder answered what no decoder answers: it may be in the hands of the picture.
  case invalidReply

  package var description: String {
    switch self {
    case .image(let error): error.description
    case .source(let message): message
    case .crashed(signal: 31): "decoder crashed (signal 31, a forbidden system call)"
    case .crashed(let signal): "decoder crashed (signal \(signal))"
    case .ended(let status): "decoder ended (status \(status))"
    case .timedOut(let seconds): "took more than \(seconds) s"
    case .outOfMemory(let megabytes): "needs more than \(megabytes) MB"
    case .invalidReply: "decoder gave an invalid reply"
    }
  }

  /// Whether what went before in the same process may be the cause.
  var dependsOnProcess: Bool {
    switch self {
    case .crashed, .ended, .outOfMemory, .invalidReply: true
    case .image, .source, .timedOut: false
    }
  }
}

/// Why no picture can be decoded at all.
package struct PoolError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}

/// How a run went.
package struct PoolReport: Sendable, Equatable {
  /// Decoders that were started in place of one that had died or was ended.
  package internal(set) var restarts = 0
  package internal(set) var confinement = Confinement.unknown
}

import CSandbox
import Glibc

/// A decoder's process, seen from its parent: started, ended, and waited for whatever happens.
struct WorkerProcess: ~Copyable {
  /// One socket for both directions: writing to one whose other end is gone is an error and no signal (`MSG_NOSIGNAL`).
  let socket: Int32
  private let process: pid_t
  private var isWaitedFor = false

  /// What is started.
  struct Program: Sendable {
    let executable: String
    let arguments: [String]
    let environment: [String]
  }

  init(_ program: Program) throws(PoolError) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw PoolError("cannot start a decoder: \(String(cString: strerror(errno)))")
    }
    var started = pid_t(0)
    let error = Self.spawn(program, &started, childEnd: ends[1])
    close(ends[1])
    guard error == 0 else {
      close(ends[0])
      throw PoolError("cannot start a decoder (\(program.executable)): \(String(cString: strerror(error)))")
    }
    socket = ends[0]
    process = started
  }

  deinit {
    close(socket)
    guard !isWaitedFor else { return }
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
  }

  /// Ends the process, if it has not ended by itself, and says how it ended; nil where it had to be ended.
  /// - Parameter isGone: it has closed its end, which a process does that is about to end by itself.
  mutating func end(isGone: Bool) -> DecodeFailure? {
    var status: Int32 = 0
    var isEnded = false
    // A second for the kernel to take its memory down; a process that only closed its end gets no longer either.
    for _ in 0..<(isGone ? 1000 : 0) where !isEnded {
      isEnded = waitpid(process, &status, WNOHANG) != 0
      if !isEnded { usleep(1000) }
    }
    isWaitedFor = true
    guard isEnded else {
      kill(process, SIGKILL)
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
      return nil
    }
    // WIFSIGNALED, WTERMSIG and WEXITSTATUS of wait(2), which are macros.
    let signal = status & 0x7F
    return signal != 0 ? .crashed(signal: signal) : .ended(status: status >> 8 & 0xFF)
  }

  private static func spawn(_ program: Program, _ started: inout pid_t, childEnd: Int32) -> Int32 {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_adddup2(&files, childEnd, 0)
    posix_spawn_file_actions_adddup2(&files, childEnd, 1)
    // What libraries and runtimes say of hostile bytes does not come on to a terminal.
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // A process group of its own: a key that interrupts the program must not look like a crash of the decoder.
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))

    var arguments = ([program.executable] + program.arguments).map { strdup($0) } + [nil]
    var environment = program.environment.map { strdup($0) } + [nil]
    defer { for text in arguments + environment { free(text) } }
    return posix_spawn(&started, program.executable, &files, &attributes, &arguments, &environment)
  }
}

import Glibc
import Images

/// Decodes in processes that can do little else, so that a picture made to harm its decoder harms nothing but its own
/// result. What libraries in C do wrong with hostile bytes ends in a process that can open no file, start no program and
/// reach no network, and that dies with this one.
///
/// A decoder goes on to the next picture after one that did no visible harm. One that has been taken over without a sign
/// could therefore give wrong pixels for those after it, in the same process; it could do nothing else.
package struct DecoderPool: Sendable {
  package let workers: Int
  package let secondsPerImage: Int
  package let memory: Int
  package let options: DecodeOptions
  let program: WorkerProcess.Program

  /// - Parameters:
  ///   - workers: number of processes. Results do not depend on it.
  ///   - arguments: with which the program calls `DecoderWorker.run`.
  ///   - executable: the program; usually this one, also where its file has been replaced.
  ///   - environment: "NAME=value"; nothing else is passed on.
  ///   - secondsPerImage: after so long a picture is given up.
  ///   - memory: bytes a decoder may take beyond the program itself.
  package init(
    workers: Int, arguments: [String], executable: String = "/proc/self/exe", environment: [String] = [],
    options: DecodeOptions = DecodeOptions(), secondsPerImage: Int = 10, memory: Int = 512 << 20
  ) {
    self.workers = min(max(1, workers), 256)
    self.secondsPerImage = min(max(1, secondsPerImage), 86_400)
    self.memory = min(max(16 << 20, memory), 1 << 40)
    self.options = options
    // No report of a crash is drawn up: it would read the memory of a process that is no longer trusted.
    let library = getenv("LD_LIBRARY_PATH").map { ["LD_LIBRARY_PATH=" + String(cString: $0)] } ?? []
    program = WorkerProcess.Program(
      executable: executable, arguments: arguments,
      environment: ["SWIFT_BACKTRACE=enable=no"] + library + environment)
  }

  /// Decodes pictures 0 to `count`, as many at a time as there are processes; these are started for the call and have
  /// ended when it returns. All closures are called on the caller's thread.
  /// - Parameters:
  ///   - request: calls the closure it is given with the bytes of a file, which are copied. It is called again for a
  ///     picture whose decoder died.
  ///   - shouldStop: asked several times a second; no result follows after it has said so.
  ///   - onResult: gets every result once, in the order of the indices.
  /// - Throws: `PoolError` where no decoder can be started.
  @discardableResult
  package func decode(
    count: Int, request: (Int, (UnsafeRawBufferPointer) -> Void) throws(DecodeFailure) -> Void,
    shouldStop: () -> Bool = { false }, onResult: (Int, Result<DecodedImage, DecodeFailure>) -> Void
  ) throws(PoolError) -> PoolReport {
    guard count > 0 else { return PoolReport() }
    let run = try DecodeRun(self, count: count)
    while !run.isDone, !shouldStop() {
      try run.ask(request, onResult)
      try run.wait(onResult)
    }
    return run.report
  }

  /// The same where all the files lie in memory.
  @discardableResult
  package func decode(
    _ files: [[UInt8]], onResult: (Int, Result<DecodedImage, DecodeFailure>) -> Void
  ) throws(PoolError) -> PoolReport {
    try decode(
      count: files.count, request: { index, body in files[index].withUnsafeBytes { body($0) } },
      onResult: onResult)
  }
}

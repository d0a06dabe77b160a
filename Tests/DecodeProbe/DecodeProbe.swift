import Glibc
import Images
import Isolation

/// Both roles of the pool in one small program, for the tests and for measuring.
///
///     DecodeProbe decode-worker ...            a decoder; with DECODE_PROBE_FAULTS=1 one that fails when asked to
///     DecodeProbe orphan NAME                  a pool whose decoders (told NAME) are busy for ever
///     DecodeProbe measure COUNT WORKERS SIDE FILE   how long COUNT copies of FILE take
@main
enum DecodeProbe {
  static func main() {
    let arguments = CommandLine.arguments
    switch arguments.dropFirst().first {
    case "decode-worker":
      let hasFaults = getenv("DECODE_PROBE_FAULTS") != nil
      let filtersCalls = getenv("DECODE_PROBE_UNFILTERED") == nil
      exit(DecoderWorker.run(filtersCalls: filtersCalls) { file in if hasFaults { Faults.intercept(file) } })
    case "orphan" where arguments.count == 3: orphan(arguments[2])
    case "measure" where arguments.count == 6:
      measure(
        count: Int(arguments[2]) ?? 1, workers: Int(arguments[3]) ?? 1, side: Int(arguments[4]) ?? 0,
        arguments[5])
    default: exit(64)
    }
  }

  private static func orphan(_ name: String) {
    let pool = DecoderPool(
      workers: 2, arguments: ["decode-worker", name], environment: ["DECODE_PROBE_FAULTS=1"],
      secondsPerImage: 600)
    do {
      try pool.decode([Array("PROBE:hang".utf8), Array("PROBE:hang".utf8)]) { _, _ in }
    } catch { exit(1) }
  }

  private static func measure(count: Int, workers: Int, side: Int, _ path: String) {
    let file = bytes(path)
    let target = side > 0 ? ImageTarget(width: side, height: side, channels: 3) : nil
    let pool = DecoderPool(
      workers: workers, arguments: ["decode-worker"], options: DecodeOptions(target: target))
    var failed = 0
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let report = try pool.decode(
        count: count, request: { _, body in file.withUnsafeBytes { body($0) } },
        onResult: { _, outcome in
          if case .failure(let failure) = outcome {
            if failed == 0 { print(failure) }
            failed += 1
          }
        })
      print("\(count) in \(clock.now - start), \(failed) failed; \(report)")
    } catch {
      print(error)
      exit(1)
    }
  }

  private static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 { all += part[..<count] }
    return all
  }
}

import Foundation
import Images
import Isolation
import Testing

/// One test after the other, as they look at the processes that there are.
@Suite(.serialized) enum Decoders {}

/// The small program with both roles, beside the tests' own.
let probePath = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  .appending(path: "DecodeProbe").path

func probePool(
  workers: Int = 2, faults: Bool = true, options: DecodeOptions = DecodeOptions(), seconds: Int = 10,
  memory: Int = 512 << 20, name: String = "test", isFiltered: Bool = true
) -> DecoderPool {
  DecoderPool(
    workers: workers, arguments: ["decode-worker", name], executable: probePath,
    environment: (faults ? ["DECODE_PROBE_FAULTS=1"] : [])
      + (isFiltered ? [] : ["DECODE_PROBE_UNFILTERED=1"]), options: options, secondsPerImage: seconds,
    memory: memory)
}

func fault(_ name: String) -> [UInt8] { Array("PROBE:\(name)".utf8) }

/// A gray picture of `side` x `side` pixels of `level` as a file of Netpbm's.
func gray(_ side: Int, _ level: UInt8) -> [UInt8] {
  Array("P5 \(side) \(side) 255\n".utf8) + [UInt8](repeating: level, count: side * side)
}

/// Many pixels in a few bytes: a bitmap of one run.
func expanding(width: Int, height: Int) -> [UInt8] {
  func four(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  return [0x42, 0x4D] + four(0) + four(0) + four(58) + four(40) + four(width) + four(height) + [1, 0, 8, 0]
    + four(1) + four(0) + four(0) + four(0) + four(1) + four(0) + [9, 9, 9, 0] + [0, 1]
}

/// All results, and whether they came in order.
func outcomes(
  _ pool: DecoderPool, _ files: [[UInt8]]
) throws -> (results: [Result<DecodedImage, DecodeFailure>], report: PoolReport) {
  var results: [Result<DecodedImage, DecodeFailure>] = []
  var isOrdered = true
  let report = try pool.decode(files) { index, result in
    if index != results.count { isOrdered = false }
    results.append(result)
  }
  struct Disorder: Error {}
  guard isOrdered, results.count == files.count else { throw Disorder() }
  return (results, report)
}

func message(_ result: Result<DecodedImage, DecodeFailure>) -> String {
  switch result {
  case .success(let image): "\(image.width) x \(image.height)"
  case .failure(let failure): failure.description
  }
}

/// Processes, dead ones also, whose parent is `parent`.
func children(of parent: Int32) -> [Int32] {
  let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return all.compactMap { Int32($0) }.filter { process in
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let rest = text.split(separator: ")").last?.split(separator: " "), rest.count > 1
    else { return false }
    return Int32(rest[1]) == parent
  }
}

/// Processes with this word on their command line.
func processes(called name: String) -> [Int32] {
  let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
  return all.compactMap { Int32($0) }.filter { process in
    guard let line = try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline")) else { return false }
    return line.split(separator: 0).dropFirst().contains { String(decoding: $0, as: UTF8.self) == name }
  }
}

/// What of this process lies in memory.
func residentBytes() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  let fields = text.split(separator: " ")
  return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
}

import Foundation
import OddDatasets

// Odd datasets through the product, a line a seed: what came of it. Two runs with the same seeds must print the same,
// whatever the threads, the order of the rows and the process.
//
//     OddSweep FIRST COUNT [--threads N] [--shuffled]
//
// Ends 1 where something failed; a trap ends it after the last seed that it names.
let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap { UInt64($0) }
guard numbers.count >= 2 else {
  FileHandle.standardError.write(Data("usage: OddSweep FIRST COUNT [--threads N] [--shuffled]\n".utf8))
  exit(64)
}
let threads = arguments.contains("--threads") ? Int(numbers.last ?? 1) : 1
let folder = FileManager.default.temporaryDirectory.appending(path: "odd-sweep-\(getpid())")
var failures = 0
for seed in numbers[0]..<numbers[0] + numbers[1] {
  FileHandle.standardError.write(Data("\r\(seed) ".utf8))
  let outcome = Trial.run(
    seed: seed, threads: threads, isShuffled: arguments.contains("--shuffled"), in: folder)
  switch outcome {
  case .scanned(let digest): print("\(seed) \(digest)")
  case .refused: print("\(seed) refused")
  case .failed(let reason):
    failures += 1
    print("\(seed) FAILED \(reason)")
  }
}
try? FileManager.default.removeItem(at: folder)
exit(failures == 0 ? 0 : 1)

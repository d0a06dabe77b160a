import Foundation
import FuzzTargets
import Numerics

// The fuzz targets in the build that is tested, for a few seconds each: inputs from seeds and a seeded random generator,
// each target in a process of its own, as many at once as there are cores.
//
//     FuzzRun [--seconds N] [--seed N] [--seeds FOLDER] [--finds FOLDER] [TARGET…]
//     FuzzRun --replay TARGET FILE
//
// Ends 1 where a target ended with a signal, or took over 10 seconds for an input, which is then kept in FOLDER.
struct Options {
  var seconds = 10.0
  var seed: UInt64 = 1
  var seeds = "Tests/Fuzz/Seeds"
  var finds = ".build/fuzz"
  var targets: [String] = []

  init?(_ arguments: some Sequence<String>) {
    var rest = Array(arguments)
    while !rest.isEmpty {
      let name = rest.removeFirst()
      guard name.hasPrefix("--") else {
        guard FuzzTarget.named(name) != nil else { return nil }
        targets.append(name)
        continue
      }
      guard !rest.isEmpty else { return nil }
      let value = rest.removeFirst()
      switch (name, Double(value), UInt64(value)) {
      case ("--seconds", let number?, _): seconds = number
      case ("--seed", _, let number?): seed = number
      case ("--seeds", _, _): seeds = value
      case ("--finds", _, _): finds = value
      default: return nil
      }
    }
    if targets.isEmpty { targets = FuzzTarget.all.map(\.name) }
  }
}

func fail(_ message: String, _ status: Int32) -> Never {
  FileHandle.standardError.write(Data((message + "\n").utf8))
  exit(status)
}

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "--replay", arguments.count == 3, let target = FuzzTarget.named(arguments[1]) {
  guard let input = FileManager.default.contents(atPath: arguments[2]) else {
    fail("\(arguments[2]) cannot be read", 66)
  }
  input.withUnsafeBytes(target.run)
} else if arguments.first == "--run", arguments.count > 2, let options = Options(arguments.dropFirst(2)),
  let target = FuzzTarget.named(options.targets[0])
{
  run(target, options, page: arguments[1])
} else if let options = Options(arguments) {
  exit(Watch(options: options).runAll() ? 0 : 1)
} else {
  fail("usage: FuzzRun [--seconds N] [--seed N] [--seeds FOLDER] [--finds FOLDER] [TARGET…]", 64)
}

/// In a process of its own.
func run(_ target: FuzzTarget, _ options: Options, page path: String) {
  guard let page = Page(path: path) else { fail("\(path) cannot be mapped", 70) }
  // What asks for more memory than any input of this size is worth is a find.
  var limit = rlimit(rlim_cur: 2 << 30, rlim_max: 2 << 30)
  setrlimit(__rlimit_resource_t(2), &limit)
  let folder = options.seeds + "/" + target.name
  let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  let seeds = names.compactMap { FileManager.default.contents(atPath: folder + "/" + $0).map { [UInt8]($0) } }
  guard !seeds.isEmpty else { fail("\(folder) holds no seeds", 66) }
  var mutator = Mutator(seeds: seeds, random: SeededRandom(seed: options.seed))
  func run(_ input: [UInt8]) {
    page.set(input)
    alarm(10)
    target.run(page.input)
    page.executions += 1
  }
  for seed in seeds { run(seed) }
  let end = ContinuousClock.now + .seconds(options.seconds)
  while ContinuousClock.now < end { run(mutator.next()) }
}

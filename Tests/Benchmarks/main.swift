import Glibc
import Model

// swift run -c release Benchmarks distance
// swift run -c release Benchmarks neighbors [noise] [N D K]
// swift run -c release Benchmarks open [N]
// swift run -c release Benchmarks prepare [images|texts|random-texts|table] [N D K]
// swift run -c release Benchmarks keys [N]
// swift run -c release Benchmarks journal [N]
// swift run -c release Benchmarks scan [images|texts|random-texts|table] [N D K]
// swift run -c release Benchmarks peer [N D K]
// swift run -c release Benchmarks reading [N] [FILE]
// swift run -c release Benchmarks program csv|words [N]
// swift run -c release Benchmarks parquet [N COLUMNS]
// swift run -c release Benchmarks cost [images|texts|random-texts|table] [D K] [SMALLEST]
// swift run -c release Benchmarks growth [images|texts|random-texts|table] [D K] [SMALLEST]
// D is the number of columns, or of the words of a text.
let arguments = CommandLine.arguments.dropFirst()
let sizes = arguments.dropFirst().compactMap { Int($0) }
let payload = arguments.dropFirst().first.flatMap { SyntheticPayload(rawValue: $0) }
let words = payload == .texts || payload == .randomTexts ? 20 : nil
let size = (
  rows: sizes.first ?? 7000, columns: sizes.count > 1 ? sizes[1] : words ?? 128,
  classes: sizes.count > 2 ? sizes[2] : 10
)

switch arguments.first {
case "distance": benchmarkDistance()
case "neighbors":
  try benchmarkNeighbors(
    rows: size.rows, columns: size.columns, classes: size.classes, isNoise: arguments.contains("noise"))
case "open": try benchmarkOpen(count: sizes.first ?? 60_000)
case "prepare": try benchmarkPrepare(payload, rows: size.rows, columns: size.columns, classes: size.classes)
case "scan": try benchmarkScan(payload, rows: size.rows, columns: size.columns, classes: size.classes)
case "peer": try benchmarkPeer(rows: size.rows, columns: size.columns, classes: size.classes)
case "program":
  try benchmarkProgram(
    arguments.dropFirst().first.flatMap(MadeUpFile.init) ?? .csv, rows: sizes.first ?? 100_000)
case "parquet":
  try benchmarkParquet(rows: sizes.first ?? 1_000_000, columns: sizes.count > 1 ? sizes[1] : 20)
case "cost":
  try benchmarkCost(
    payload, columns: sizes.first ?? words ?? 64, classes: sizes.count > 1 ? sizes[1] : 10,
    smallest: sizes.count > 2 ? sizes[2] : 10_000)
case "growth":
  try benchmarkGrowth(
    payload, columns: sizes.first ?? words ?? 64, classes: sizes.count > 1 ? sizes[1] : 10,
    smallest: sizes.count > 2 ? sizes[2] : 150_000)
case "journal": try benchmarkJournal(count: sizes.first ?? 1_000_000)
case "reading":
  try benchmarkReading(
    rows: sizes.first ?? 200_000, only: arguments.dropFirst().first { Int($0) == nil })
case "keys": try benchmarkKeys(count: sizes.first ?? 1_000_000)
case "make-case":
  try MadeUpCase(count: size.rows, neighbors: size.columns)?.write(to: arguments.last ?? "")
  exit(0)
default:
  print(
    """
    usage: Benchmarks distance | neighbors [noise] [N D K] | prepare [images|texts|random-texts|table] [N D K] | scan [images|texts|random-texts|table] [N D K] \
    | peer [N D K] | program csv|words [N] | parquet [N COLUMNS] | cost [images|texts|random-texts|table] [D K] [SMALLEST] | growth [images|texts|random-texts|table] [D K] [SMALLEST] | open [N] | reading [N] [FILE] | keys [N] | journal [N]
    """)
  exit(64)
}
print("peak memory \(peakMegabytes()) MB")

func peakMegabytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}

import Foundation
import Glibc
import Model
import Numerics

/// Files as people have them, for the program as a whole: from the file to the case on disk.
enum MadeUpFile: String, CaseIterable {
  /// Twenty columns of numbers, which six factors make, and a label.
  case csv
  /// Sixty words, of which one in ten tells the label.
  case words

  static let columns = 20
  private static let (factors, textWords, classes) = (6, 60, 4)

  var name: String { self == .csv ? "table.csv" : "texts.csv" }

  /// A twentieth of the labels are wrong.
  func write(rows: Int, to url: URL) throws {
    var random = SeededRandom(seed: 4)
    let means = (0..<Self.classes * Self.factors).map { _ in 1.2 * random.normal() }
    let loadings = (0..<Self.factors * Self.columns).map { _ in random.normal() }
    try Data().write(to: url)
    let file = try FileHandle(forWritingTo: url)
    let names = (0..<Self.columns).map { "f\($0)" }
    var text = (self == .csv ? names.joined(separator: ",") : "text") + ",label\n"
    for row in 0..<rows {
      let label = random.below(Self.classes)
      switch self {
      case .csv:
        let factors = (0..<Self.factors).map { means[label * Self.factors + $0] + random.normal() }
        for column in 0..<Self.columns {
          var value = 0.3 * random.normal()
          for factor in 0..<Self.factors {
            value += factors[factor] * loadings[factor * Self.columns + column]
          }
          text += "\((value * 1e6).rounded() / 1e6),"
        }
      case .words:
        let words = (0..<Self.textWords).map { _ in
          "w\(random.below(10) == 0 ? label * 20 + random.below(20) : random.below(20_000))"
        }
        text += words.joined(separator: " ") + ","
      }
      text += "class \(random.uniform() < 0.05 ? random.below(Self.classes) : label)\n"
      if text.utf8.count > 1 << 20 || row == rows - 1 {
        try file.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try file.close()
  }
}

/// `foretaste scan` of a file, which stands beside this program: seconds, processor time, peak memory, and the seconds of each
/// stage that takes a hundredth of all.
func benchmarkProgram(_ made: MadeUpFile, rows: Int) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "program-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: made.name)
  try made.write(rows: rows, to: file)
  let process = Process()
  process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "foretaste")
  process.arguments = ["scan", file.path, "--quiet"]
  process.standardOutput = FileHandle.nullDevice
  let total = try seconds {
    try process.run()
    process.waitUntilExit()
    return Float(process.terminationStatus)
  }
  guard process.terminationStatus == 0 else { return print("foretaste ended \(process.terminationStatus)") }
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
  let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
  let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
  struct Record: Decodable {
    struct Timing: Decodable {
      let stage: String
      let seconds: Double
    }
    let timings: [Timing]
  }
  let record = try JSONDecoder().decode(
    Record.self, from: Data(contentsOf: URL(fileURLWithPath: file.path + ".case/case.json")))
  for timing in record.timings where timing.seconds >= total / 100 {
    print("\(timing.stage) \(rounded(timing.seconds)) s")
  }
  print(
    "\(made.name), \(rows) rows: \(rounded(total)) s, \(rounded(user + system)) s of processors, "
      + "\(usage.ru_maxrss / 1024) MB")
}

import Formats
import Foundation
import Model

/// Megabytes a second of one thread from a file to the columns of a dataset, the digest of the file and what names the samples
/// included: tables of 20 columns of numbers, with ids and without, and texts of 40 words.
/// - Parameter only: the file that alone is read.
func benchmarkReading(rows: Int, only: String?) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "reading-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  var state: UInt64 = 1
  func draw() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
  let names = (0..<20).map { "f\($0)" }
  func numbers() -> [String] { names.map { _ in "\(draw() % 8).\(100_000 + draw() % 900_000)" } }
  func text() -> String { (0..<40).map { _ in "word\(draw() % 5000)" }.joined(separator: " ") }
  func label() -> String { "class \(draw() % 4)" }
  let files: [(name: String, head: String, line: (Int) -> String)] = [
    (
      "table.csv", names.joined(separator: ",") + ",label\n",
      { _ in numbers().joined(separator: ",") + ",\(label())\n" }
    ),
    (
      "ids.csv", "id," + names.joined(separator: ",") + ",label\n",
      { "s\($0)," + numbers().joined(separator: ",") + ",\(label())\n" }
    ),
    ("texts.csv", "id,text,label\n", { "s\($0),\"\(text()), \"\"said\"\"\",\(label())\n" }),
    (
      "table.jsonl", "",
      { _ in
        let members = zip(names, numbers()).map { "\"\($0)\": \($1)" }
        return "{" + members.joined(separator: ", ") + ", \"label\": \"\(label())\"}\n"
      }
    ),
    (
      "texts.jsonl", "",
      { "{\"id\": \"s\($0)\", \"text\": \"\(text()), \\\"said\\\"\", \"label\": \"\(label())\"}\n" }
    ),
  ]
  for (name, head, line) in files where only == nil || name == only {
    let path = folder.appending(path: name).path
    var content = Data(head.utf8)
    for row in 0..<rows { content += Data(line(row).utf8) }
    try content.write(to: URL(fileURLWithPath: path))
    let megabytes = Double(content.count) / 1e6
    content = Data()
    let times = try (0..<3).map { _ in
      try processorSeconds {
        try DatasetLoader.load(path, options: DatasetOptions(), progress: { _ in }).count
      }
    }
    let best = times.min() ?? 0
    print("\(name): \(rounded(megabytes)) MB in \(rounded(best)) s, \(rounded(megabytes / best)) MB/s")
  }
}

private func processorSeconds(_ body: () throws -> Int) rethrows -> Double {
  func now() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
  let start = now()
  _ = try body()
  return now() - start
}

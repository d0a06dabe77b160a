import Foundation
import Scan

/// A script of this folder in Python, which measures what another library takes.
struct PeerScript {
  let name: String

  /// The numbers that it prints; nil where it cannot run, as for want of the library.
  func run(_ arguments: [String]) throws -> [Double]? {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0
      ? text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } : nil
  }
}

/// A whole scan beside the exact neighbor search of faiss alone, on the same rows and threads, one after the other.
func benchmarkPeer(rows: Int, columns: Int, classes: Int) throws {
  let threads = 2
  let data = Synthetic(rows: rows, columns: columns, classes: classes)
  guard let dataset = data.dataset?.streamed else { return }
  let file = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: file) }
  try data.features.withUnsafeValues { try Data(buffer: $0).write(to: file) }
  let figures = try PeerScript(name: "faiss-flat.py").run(
    [file.path] + [rows, columns, 50, threads].map { String($0) })
  guard let figures, figures.count == 2 else { return print("there is no faiss here: pip install faiss-cpu") }
  let before = ProcessorTime.now
  let scan = try seconds {
    Float(try Scanner.scan(dataset, options: ScanOptions(threads: threads)).suspicion.count)
  }
  let processor = ProcessorTime.now - before
  print("faiss flat alone: \(rounded(figures[0])) s, \(rounded(figures[1])) s of processors")
  print("whole scan \(rows) x \(columns): \(rounded(scan)) s, \(rounded(processor)) s of processors")
  print("ratio \(rounded(scan / figures[0])); of processor time \(rounded(processor / figures[1]))")
}

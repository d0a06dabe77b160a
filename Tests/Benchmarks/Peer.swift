import Foundation
import Scan

/// A whole scan beside the exact neighbor search of faiss alone, on the same rows and threads, one after the other.
func benchmarkPeer(rows: Int, columns: Int, classes: Int) throws {
  let threads = 2
  let data = Synthetic(rows: rows, columns: columns, classes: classes)
  guard let dataset = data.dataset?.streamed else { return }
  let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "faiss-flat.py")
  let file = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: file) }
  try data.features.withUnsafeValues { try Data(buffer: $0).write(to: file) }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments =
    ["python3", script.path, file.path] + [rows, columns, 50, threads].map { String($0) }
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  let figures = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  guard figures.count == 2 else { return print("there is no faiss here: pip install faiss-cpu") }
  let before = ProcessorTime.now
  let scan = try seconds {
    Float(try Scanner.scan(dataset, options: ScanOptions(threads: threads)).suspicion.count)
  }
  let processor = ProcessorTime.now - before
  print("faiss flat alone: \(rounded(figures[0])) s, \(rounded(figures[1])) s of processors")
  print("whole scan \(rows) x \(columns): \(rounded(scan)) s, \(rounded(processor)) s of processors")
  print("ratio \(rounded(scan / figures[0])); of processor time \(rounded(processor / figures[1]))")
}

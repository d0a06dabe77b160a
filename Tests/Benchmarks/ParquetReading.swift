import Formats
import Foundation
import Glibc
import Model
import Parquet
import Values

/// A Parquet file of columns of numbers, an id and a label: to columns in memory, as pyarrow reads it to numpy, and to a
/// dataset, which knows besides the digest of the file, that no two ids are the same, and what classes there are.
func benchmarkParquet(rows: Int, columns: Int) throws {
  let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).parquet")
  defer { try? FileManager.default.removeItem(at: file) }
  let peer = PeerScript(name: "pyarrow-columns.py")
  guard try peer.run(["write", file.path, String(rows), String(columns)]) != nil,
    let figures = try peer.run(["read", file.path]), figures.count == 2
  else { return print("there is no pyarrow here: pip install pyarrow pandas") }
  print("pyarrow to numpy: \(rounded(figures[0])) s, \(rounded(figures[1])) s of processors")
  try printBest("columns", beside: figures) {
    let content = try Data(contentsOf: file, options: .alwaysMapped)
    return try content.withUnsafeBytes { bytes in
      let file = try ParquetFile(bytes, owner: NoOwner())
      let fields = file.fields.indices.map { FieldPath($0) }
      return try file.chunkSizes.indices.reduce(0) { count, index in
        let chunk = try file.chunk(index)
        chunk.prepare(fields, threads: 2)
        return count + chunk.rowCount
      }
    }
  }
  try printBest("dataset", beside: figures) {
    try DatasetLoader.load(file.path, options: DatasetOptions(), progress: { _ in }).count
  }
}

private final class NoOwner: Sendable {}

private func printBest(_ name: String, beside peer: [Double], _ body: () throws -> Int) throws {
  var best = (seconds: Double.infinity, processors: 0.0)
  for _ in 0..<5 {
    let before = ProcessorTime.now
    let time = try seconds { Float(try body()) }
    if time < best.seconds { best = (time, ProcessorTime.now - before) }
  }
  print(
    "\(name): \(rounded(best.seconds)) s, \(rounded(best.processors)) s of processors; ratio "
      + "\(rounded(best.seconds / peer[0])), of processor time \(rounded(best.processors / peer[1]))")
}

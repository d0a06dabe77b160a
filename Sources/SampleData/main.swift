import Foundation
import SampleGenerator

// swift run -c release SampleData OUTPUT_DIR
guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: SampleData OUTPUT_DIR\n".utf8))
  exit(64)
}
let output = URL(fileURLWithPath: CommandLine.arguments[1], isDirectory: true)
for (path, bytes) in SampleSets.make() {
  let file = output.appending(path: path)
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(bytes).write(to: file)
}

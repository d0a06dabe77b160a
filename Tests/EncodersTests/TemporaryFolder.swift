import Foundation
import TestSupport

/// A folder of files, some of them in folders.
struct TemporaryFolder {
  private let scratch: ScratchFolder
  var path: String { scratch.url.path }

  init(_ files: [String: [UInt8]] = [:]) throws {
    scratch = try ScratchFolder()
    for (name, content) in files { try write(name, content) }
  }

  func write(_ name: String, _ content: some Sequence<UInt8>) throws {
    let url = scratch.url.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: url)
  }

  func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }
}

import Foundation

/// Runs the real binary, which lies beside the test bundle.
package struct Program {
  package struct Outcome: Sendable {
    package var status: Int32
    package var wasSignalled: Bool
    package var output: String
    package var errors: String

    package init(status: Int32, wasSignalled: Bool, output: String, errors: String) {
      self.status = status
      self.wasSignalled = wasSignalled
      self.output = output
      self.errors = errors
    }
  }

  package static var path: URL { path(of: "foretaste") }

  /// Another executable of the package.
  package static func path(of name: String) -> URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: name)
  }

  /// What the program remembers from one run to the next, for all tests that do not say otherwise.
  package static let state = FileManager.default.temporaryDirectory.appending(
    path: "state-\(UUID().uuidString)"
  ).path

  /// - Parameters:
  ///   - state: the folder in which the program remembers what this user has done.
  ///   - program: instead of the binary, a shell that sets the scene for it.
  ///   - environment: variables beside those of the tests.
  package static func run(
    _ arguments: [String], input: String = "", in folder: URL? = nil, state: String = state,
    program: URL = path, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_STATE_HOME": state]) { $1 }.merging(environment) { $1 }
    let outputFile = try scratchFile()
    let errorFile = try scratchFile()
    let inputFile = try scratchFile()
    try Data(input.utf8).write(to: inputFile)
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    defer {
      for file in [outputFile, errorFile, inputFile] { try? FileManager.default.removeItem(at: file) }
    }
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, wasSignalled: process.terminationReason == .uncaughtSignal,
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }

  private static func scratchFile() throws -> URL {
    let file = FileManager.default.temporaryDirectory.appending(path: "foretaste-\(UUID().uuidString)")
    try Data().write(to: file)
    return file
  }
}

/// A temporary folder that goes when the value does.
package final class ScratchFolder {
  package let url: URL
  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "foretaste-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  package func write(_ name: String, _ text: String) throws -> String {
    let file = url.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}

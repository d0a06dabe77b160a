import Foundation
import Testing

/// The folders of `Workbench` stand in an order, and none speaks of the types of one behind it: what the build checks
/// between rooms holds within this one too.
@Suite struct FolderOrderTests {
  private static let order = [
    "Support", "Material", "Reading", "Columns", "Filter", "Work", "Commands", "State", "Update", "Views",
    "Scripted",
  ]
  /// Types within types of the same name elsewhere.
  private static let ambiguous: Set = ["Frame", "Comparison"]
  private static let room = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Workbench")

  private static func grep(_ arguments: [String]) throws -> [String] {
    let grep = Process()
    let output = Pipe()
    grep.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    grep.arguments = ["grep"] + arguments
    grep.standardOutput = output
    try grep.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    grep.waitUntilExit()
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func types(in folder: String) throws -> [String] {
    let lines = try grep([
      "-rhoE", "^(package |final |indirect )*(struct|enum|class|protocol) \\w+",
      room.appending(path: folder).path,
    ])
    return lines.compactMap { $0.split(separator: " ").last.map(String.init) }
      .filter { !ambiguous.contains($0) }
  }

  @Test func everyFolderHasItsPlace() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.room.path)
    #expect(Set(folders) == Set(Self.order))
  }

  /// What leads to the samples themselves, to files, to other threads or to a clock.
  private static let outside = [
    "CaseSamples", "DataColumns", "PayloadSource", "Blocks", "Foundation", "Glibc", "FileHandle",
    "FileManager",
    "ContinuousClock", "SystemRandomNumberGenerator", "Mutex", "Atomic",
  ]

  /// `update` and `view` are free of input and output: they have nothing to do it with.
  @Test(arguments: ["Commands", "State", "Update", "Views"])
  func whatDecidesAndDrawsCannotRead(_ folder: String) throws {
    let pattern = "^[^/]*\\b(\(Self.outside.joined(separator: "|")))\\b"
    func found(in folder: String) throws -> [String] {
      try Self.grep(["-rnE", pattern, Self.room.appending(path: folder).path])
    }
    let inFolder = try found(in: folder)
    #expect(inFolder.isEmpty, "\(inFolder.joined(separator: "\n"))")
    let inReading = try found(in: "Reading")
    #expect(!inReading.isEmpty, "and what can read is told")
  }

  @Test(arguments: order.indices.dropLast())
  func noFolderSpeaksOfWhatStandsBehindIt(_ place: Int) throws {
    var later = try Self.order[(place + 1)...].flatMap(Self.types)
    // Updates know no views; what they share is the state.
    if Self.order[place] == "Views" { later += try Self.types(in: "Update") }
    #expect(!later.isEmpty)
    // Comments may.
    let found = try Self.grep([
      "-rnE", "^[^/]*\\b(\(later.joined(separator: "|")))\\b",
      Self.room.appending(path: Self.order[place]).path,
    ])
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }
}

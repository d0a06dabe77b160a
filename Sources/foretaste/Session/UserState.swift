import Foundation
import Model
import Workbench

/// What a session leaves for the next one outside of the case: `$XDG_STATE_HOME/foretaste`, as the XDG Base
/// Directory Specification has it, in files of the user's own.
struct UserState {
  private let folder: String

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    // The specification: a relative path is invalid and to be ignored.
    let given = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"] ?? NSHomeDirectory()
    folder = (given ?? home + "/.local/state") + "/foretaste"
  }

  var errorLogPath: String { path(of: "errors.log") }
  var knownJournals: KnownJournals { KnownJournals(in: folder) }

  func path(of file: String) -> String { folder + "/" + file }

  /// - Returns: false when the folder cannot be made.
  @discardableResult
  func prepare() -> Bool {
    (try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])) != nil
  }

  /// Where the last session on the dataset with this digest stopped; nil when there was none or its file is damaged.
  func viewMemory(of digest: Digest) -> ViewMemory? {
    FileManager.default.contents(atPath: viewPath(digest)).flatMap {
      try? JSONDecoder().decode(ViewMemory.self, from: $0)
    }
  }

  /// Silent when it cannot: a session must not fail over where its cursor stood.
  func save(_ memory: ViewMemory, of digest: Digest) {
    prepare()
    guard let data = try? JSONEncoder().encode(memory) else { return }
    try? write(data, to: viewPath(digest))
  }

  /// - Returns: the path of a file that holds the text.
  func writeCopied(_ text: String) throws -> String {
    prepare()
    let path = folder + "/copied.txt"
    try write(Data((text + "\n").utf8), to: path)
    return path
  }

  private func viewPath(_ digest: Digest) -> String { folder + "/view-\(digest.hex.prefix(32)).json" }

  private func write(_ data: Data, to path: String) throws {
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }
}

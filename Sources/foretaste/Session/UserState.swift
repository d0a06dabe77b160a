import Foundation
import Model
import Review
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

  /// What could not be saved, as a journal of its own: beside the one that it was for, else where the user's state lies,
  /// else in the temporary folder.
  /// - Returns: its path; nil where there is room for it nowhere.
  func keep(_ decisions: [Decision], of journal: String) -> String? {
    prepare()
    let name = "\(getpid())-\(decisions.count).jsonl"
    let places = [
      "\(journal).unsaved-\(name)", path(of: "unsaved-\(name)"), "/tmp/foretaste-unsaved-\(name)",
    ]
    return places.first { place in (try? Journal.write(decisions, toNew: place)) != nil }
  }

  /// In words.
  static func place(ofKept path: String?) -> String {
    path.map { "kept in \($0), to go on with by --journal" } ?? "kept nowhere"
  }

  private func viewPath(_ digest: Digest) -> String { folder + "/view-\(digest.hex.prefix(32)).json" }

  private func write(_ data: Data, to path: String) throws {
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }
}

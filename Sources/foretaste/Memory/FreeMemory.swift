import Foundation

/// What memory this process may have: of what the machine has free, as much as its control groups leave it.
struct FreeMemory {
  private let root: String

  /// - Parameter root: where `proc` and `sys` lie.
  init(root: String = "/") { self.root = root }

  /// Nil where the system does not say.
  var bytes: Int? {
    let limits = [available] + controlGroups
    return limits.compactMap { $0 }.min()
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: root + path).map { String(decoding: $0, as: UTF8.self) }
  }

  private var available: Int? {
    guard
      let line = text("proc/meminfo")?.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kilobytes * 1024
  }

  /// What is left in each group from the process's own up to the root (cgroup v2).
  private var controlGroups: [Int?] {
    guard
      let own = text("proc/self/cgroup")?.split(separator: "\n").first(where: { $0.hasPrefix("0::") })?
        .dropFirst(3)
    else { return [] }
    var parts = own.split(separator: "/")
    var limits: [Int?] = []
    while true {
      let folder = (["sys/fs/cgroup"] + parts.map(String.init)).joined(separator: "/")
      func number(_ name: String) -> Int? {
        text(folder + "/" + name).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
      }
      if let limit = number("memory.max") { limits.append(limit - (number("memory.current") ?? 0)) }
      if parts.popLast() == nil { return limits }
    }
  }
}

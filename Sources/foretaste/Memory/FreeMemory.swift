import Foundation

/// What memory this process may have: of what the machine has free, as much as its control groups leave it.
struct FreeMemory {
  private let root: String

  /// - Parameter root: where `proc` and `sys` lie.
  init(root: String = "/") { self.root = root }

  /// Nil where the system does not say.
  var bytes: Int? {
    (controlGroups + (available.map { [$0] } ?? [])).min()
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

  /// Where a version of control groups tells the memory of a group.
  private struct Hierarchy {
    /// What stands between the first two colons of its line in `/proc/self/cgroup`.
    let controllers: String
    let folder: String
    let limit: String
    let usage: String

    static let all = [
      Hierarchy(
        controllers: "", folder: "sys/fs/cgroup", limit: "memory.max", usage: "memory.current"),
      Hierarchy(
        controllers: "memory", folder: "sys/fs/cgroup/memory", limit: "memory.limit_in_bytes",
        usage: "memory.usage_in_bytes"),
    ]
  }

  /// What is left in each group from the process's own up to the root, of either version.
  private var controlGroups: [Int] {
    let lines = text("proc/self/cgroup")?.split(separator: "\n") ?? []
    return Hierarchy.all.flatMap { hierarchy in
      lines.flatMap { line in
        let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1] == hierarchy.controllers
        else { return [Int]() }
        return left(in: hierarchy, group: parts[2])
      }
    }
  }

  private func left(in hierarchy: Hierarchy, group: Substring) -> [Int] {
    var parts = group.split(separator: "/")
    var left: [Int] = []
    while true {
      let folder = ([hierarchy.folder] + parts.map(String.init)).joined(separator: "/")
      func number(_ name: String) -> Int? {
        text(folder + "/" + name).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
      }
      if let limit = number(hierarchy.limit) { left.append(limit - (number(hierarchy.usage) ?? 0)) }
      if parts.popLast() == nil { return left }
    }
  }
}

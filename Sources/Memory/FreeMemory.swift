import Foundation

/// What memory this process may have: of what the machine has free, as much as its control groups leave it.
package struct FreeMemory {
  private let root: String

  /// - Parameter root: where `proc` and `sys` lie.
  package init(root: String = "/") { self.root = root }

  /// Nil where the system does not say; 0 where there is nothing left.
  package var bytes: Int? {
    (controlGroups + (available.map { [$0] } ?? [])).min()
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: root + "/" + path).map { String(decoding: $0, as: UTF8.self) }
  }

  private var available: Int? {
    guard
      let line = text("proc/meminfo")?.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kilobytes * 1024
  }

  /// What is left in each group from the process's own up to the root, of either version.
  private var controlGroups: [Int] {
    let lines = text("proc/self/cgroup")?.split(separator: "\n") ?? []
    return GroupFiles.all.flatMap { files in
      lines.flatMap { line in
        let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        // Groups of several controllers name them all.
        guard parts.count == 3,
          parts[1].split(separator: ",", omittingEmptySubsequences: false).contains(files.controller)
        else { return [Int]() }
        return left(files, group: parts[2])
      }
    }
  }

  private func left(_ files: GroupFiles, group: Substring) -> [Int] {
    var parts = group.split(separator: "/")
    var left: [Int] = []
    while true {
      let folder = ([files.folder] + parts.map(String.init)).joined(separator: "/")
      func number(_ name: String) -> Int? {
        text(folder + "/" + name).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
      }
      // A group without a limit says "max", or a number near the largest.
      if let limit = files.limits.compactMap(number).min() {
        let used = max(0, (number(files.usage) ?? 0) - cached(files, folder))
        left.append(max(0, limit - used))
      }
      if parts.popLast() == nil { return left }
    }
  }

  /// Bytes of what a group uses that are copies of files, which the kernel gives to whoever needs them.
  private func cached(_ files: GroupFiles, _ folder: String) -> Int {
    let lines = text(folder + "/memory.stat")?.split(separator: "\n") ?? []
    return lines.reduce(0) { sum, line in
      let pair = line.split(separator: " ")
      guard pair.count == 2, files.cached.contains(String(pair[0])) else { return sum }
      return sum + (Int(pair[1]) ?? 0)
    }
  }
}

/// Where a version of control groups tells the memory of a group.
private struct GroupFiles {
  /// By which its line in `/proc/self/cgroup` is known: version 2 has one line for all controllers, which names none.
  let controller: Substring
  let folder: String
  /// The kernel ends processes above the first, and slows them down above the second.
  let limits: [String]
  let usage: String
  /// Lines of memory.stat.
  let cached: Set<String>

  static let all = [
    GroupFiles(
      controller: "", folder: "sys/fs/cgroup", limits: ["memory.max", "memory.high"], usage: "memory.current",
      cached: ["inactive_file", "active_file"]),
    GroupFiles(
      controller: "memory", folder: "sys/fs/cgroup/memory", limits: ["memory.limit_in_bytes"],
      usage: "memory.usage_in_bytes", cached: ["total_inactive_file", "total_active_file"]),
  ]
}

import Foundation
import Memory
import TestSupport
import Testing

/// What control groups leave a process, in made-up trees.
@Suite struct FreeMemoryTests {
  let folder: ScratchFolder
  init() throws { folder = try ScratchFolder() }

  private static let none = "9223372036854771712"

  /// - Parameters:
  ///   - groups: `/proc/self/cgroup`.
  ///   - files: beneath `/sys/fs/cgroup`.
  private func free(
    _ groups: String, _ files: [String: String], available: String? = "8000"
  ) throws -> Int? {
    func write(_ path: String, _ text: String) throws {
      let file = folder.url.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try write("proc/self/cgroup", groups)
    if let available { try write("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:   \(available) kB\n") }
    for (path, text) in files { try write("sys/fs/cgroup/" + path, text + "\n") }
    return FreeMemory(root: folder.url.path).bytes
  }

  @Test func withoutGroupsTheMachineIsAsked() throws {
    #expect(try free("", [:]) == 8000 << 10)
    #expect(try free("0::/\n", ["memory.max": "max", "memory.current": "1"]) == 8000 << 10)
    #expect(FreeMemory(root: folder.url.path + "/nowhere").bytes == nil)
  }

  @Test(arguments: ["0::/\n", "0::/a/b\n"]) func aLimitOfVersionTwoIsKept(group: String) throws {
    // Where the tree is that of the group alone, the folder of its name is not there.
    #expect(try free(group, ["memory.max": "3000000", "memory.current": "1000000"]) == 2_000_000)
  }

  @Test func theNarrowestOfNestedGroupsCounts() throws {
    let files = [
      "a/memory.max": "3000000", "a/memory.current": "2500000",
      "a/b/memory.max": "max", "a/b/memory.current": "900000",
      "a/b/c/memory.max": "2000000", "a/b/c/memory.current": "800000",
    ]
    #expect(try free("0::/a/b/c\n", files) == 500_000)
    #expect(try free("0::/a/b/c\n", files.merging(["a/memory.current": "1000000"]) { $1 }) == 1_200_000)
  }

  @Test func aGroupThatIsSlowedDownHasNoMore() throws {
    let files = ["memory.max": "3000000", "memory.high": "2000000", "memory.current": "500000"]
    #expect(try free("0::/\n", files) == 1_500_000)
    #expect(try free("0::/\n", files.merging(["memory.high": "max"]) { $1 }) == 2_500_000)
  }

  @Test func copiesOfFilesAreFree() throws {
    let files = [
      "memory.max": "3000000", "memory.current": "2900000",
      "memory.stat": "anon 400000\nfile 2500000\ninactive_file 1500000\nactive_file 900000\nslab 7",
    ]
    #expect(try free("0::/\n", files) == 2_500_000)
  }

  @Test func moreThanTheLimitIsNothing() throws {
    #expect(try free("0::/\n", ["memory.max": "1000", "memory.current": "5000"]) == 0)
  }

  @Test(arguments: ["4:memory:/docker/x\n", "4:cpu,memory:/docker/x\n", "4:memory:/\n"])
  func aLimitOfVersionOneIsKept(group: String) throws {
    let files = [
      "memory/memory.limit_in_bytes": "4000000", "memory/memory.usage_in_bytes": "3000000",
      "memory/memory.stat": "inactive_file 9\ntotal_inactive_file 600000\ntotal_active_file 400000",
    ]
    #expect(try free("3:cpu:/other\n" + group, files) == 2_000_000)
    let own = [
      "memory/docker/x/memory.limit_in_bytes": Self.none, "memory/docker/x/memory.usage_in_bytes": "5",
    ]
    #expect(try free(group, files.merging(own) { $1 }) == 2_000_000)
  }

  @Test func bothVersionsAreAsked() throws {
    let files = [
      "memory/memory.limit_in_bytes": "4000000", "memory/memory.usage_in_bytes": "0", "memory.max": "3000000",
    ]
    #expect(try free("1:memory:/\n0::/\n", files, available: nil) == 3_000_000)
    #expect(try free("1:memory:/\n0::/\n", files, available: "1") == 1024)
  }
}

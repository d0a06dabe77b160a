import Compression
import Foundation
import TestSupport
import Testing

/// `--memory`, on the real binary.
@Suite struct MemoryTests {
  let folder: ScratchFolder
  init() throws { folder = try ScratchFolder() }

  /// A folder for the arrays that do not fit: what tests otherwise write to may lie in memory.
  private static let disk = ["TMPDIR": "/var/tmp"]

  /// Embeddings of ten classes, as features.npy and labels.npy.
  private func embeddings(rows: Int, columns: Int) throws -> String {
    let set = folder.url.appending(path: "set")
    try FileManager.default.createDirectory(at: set, withIntermediateDirectories: true)
    var state: UInt64 = 7
    func uniform() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / 0x1p24
    }
    let centers = (0..<10 * columns).map { _ in uniform() * 2 }
    let values = (0..<rows).flatMap { row in
      (0..<columns).map { centers[row % 10 * columns + $0] + uniform() }
    }
    try NPYBytes.array("<f4", [rows, columns], values).write(to: set.appending(path: "features.npy"))
    try NPYBytes.array("<i4", [rows], (0..<rows).map { Int32($0 % 10) }).write(
      to: set.appending(path: "labels.npy"))
    return set.path
  }

  /// Most memory of a running process as a line of proc(5) tells it, looked at again and again until it ends.
  /// - Parameter line: by default what belongs to it alone; `VmHWM` is all, pages of files too.
  private func peakOfScan(
    _ arguments: [String], _ line: String = "RssAnon"
  ) throws -> (status: Int32, megabytes: Int) {
    let process = Process()
    process.executableURL = Program.path
    process.arguments = ["scan"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(Self.disk) { $1 }
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    var peak = 0
    while process.isRunning {
      let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let found = status?.split(separator: "\n").first { $0.hasPrefix(line + ":") }
      peak = max(
        peak,
        found?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) } ?? 0)
      usleep(5_000)
    }
    return (process.terminationStatus, peak / 1024)
  }

  @Test func aScanWithinABudgetHasTheSameScores() throws {
    let set = try embeddings(rows: 6_000, columns: 2_048)
    let detectors = "confident-learning,neighbor-distance,local-outlier,class-discriminant,margin"
    let (free, kept) = (folder.url.path + "/free.case", folder.url.path + "/kept.case")
    let unbounded = try peakOfScan([set, "--case", free, "--detectors", detectors])
    let bounded = try peakOfScan([set, "--case", kept, "--detectors", detectors, "--memory", "128MB"])
    #expect(unbounded.status == 0 && bounded.status == 0)
    #expect(unbounded.megabytes > 180, "the set is too small to show anything: \(unbounded.megabytes) MB")
    #expect(bounded.megabytes <= 128)
    let scores = try [free, kept].map { try Data(contentsOf: URL(fileURLWithPath: $0 + "/scores.csv")) }
    #expect(scores[0] == scores[1])
  }

  enum Bomb { case zeros, oneLine, oneCell }

  /// A few kilobytes that hold 192 MB: the same compressed piece again and again, which the three formats allow.
  @Test(arguments: [
    (StreamFormat.gzip, "gz", Bomb.zeros), (.zstd, "zst", .zeros), (.xz, "xz", .zeros),
    (.gzip, "gz", .oneLine), (.zstd, "zst", .oneCell),
  ])
  func whatIsDecompressedStaysWithinTheBudget(format: StreamFormat, ending: String, bomb: Bomb) throws {
    func compressed(_ bytes: [UInt8]) throws -> Data {
      let compressor = try Compressor(format, level: 1)
      return Data(try compressor.append(bytes) + compressor.finish())
    }
    let letter: UInt8 = bomb == .zeros ? 0 : UInt8(ascii: "a")
    let head = bomb == .oneCell ? "label,text\na,one two\nb,two three\na," : ""
    let part = try compressed([UInt8](repeating: letter, count: 32 << 20))
    let bytes = (0..<6).reduce(try compressed(Array(head.utf8))) { whole, _ in whole + part }
    let file = folder.url.appending(path: "bomb.csv." + ending)
    try bytes.write(to: file)
    // All of it in memory would be 192 MB more than the program itself. Where others keep the processors busy, what gives
    // pages back may come late.
    var peaks: [Int] = []
    repeat {
      let outcome = try peakOfScan([file.path, "--memory", "128MB", "--force"], "VmHWM")
      #expect(outcome.status == (bomb == .oneCell ? 0 : 65))
      peaks.append(outcome.megabytes)
    } while peaks.count < 4 && peaks[peaks.count - 1] > 150
    #expect((40...150).contains(peaks[peaks.count - 1]), "\(peaks) MB")
  }

  @Test func samplesThatNeedMoreThanThereIsAreRefusedBeforeTheScan() throws {
    let rows = (0..<400_000).map { "\($0 % 2 == 0 ? "a" : "b"),\($0)" }.joined(separator: "\n")
    let set = try folder.write("long.csv", "label,x\n" + rows + "\n")
    let outcome = try Program.run(["scan", set, "--memory", "128MB"], environment: Self.disk)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("400,000 samples take"))
    #expect(outcome.errors.contains("would do"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: set + ".case"))
  }

  @Test(arguments: ["0", "-1GB", "lots", "1QB", "GB", "nan", "1e400", "12 parsecs"])
  func whatIsNoSizeIsAMistakeOfUse(size: String) throws {
    let set = try folder.write("set.csv", "label,x\na,1\nb,2\n")
    #expect(try Program.run(["scan", set, "--memory=\(size)"]).status == 64)
  }

  @Test func aBudgetBelowWhatTheProgramTakesIsRefused() throws {
    let set = try folder.write("set.csv", "label,x\na,1\nb,2\n")
    let outcome = try Program.run(["scan", set, "--memory", "5MB"], environment: Self.disk)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("128 MB at least"), "\(outcome.errors)")
  }

  @Test func aFolderThatLiesInMemoryIsNotTaken() throws {
    guard access("/dev/shm", W_OK) == 0 else { return }
    let set = try folder.write("set.csv", "label,x\na,1\nb,2\na,3\nb,4\n")
    // There is still /var/tmp.
    let outcome = try Program.run(
      ["scan", set, "--memory", "200MB", "--case", folder.url.path + "/x.case"],
      environment: ["TMPDIR": "/dev/shm"])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}

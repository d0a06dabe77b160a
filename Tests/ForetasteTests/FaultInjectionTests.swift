import Foundation
import Glibc
import TestSupport
import Testing

/// Every call that a command makes on files fails once; what the program says then is held against what is there.
///
/// `FAULTS=all` takes every call and every error; without it a few calls that change something are taken, each with one
/// of the errors in turn.
@Suite(.enabled(if: FaultShim.path != nil, "the shim needs a C compiler called cc"))
struct FaultInjectionTests {
  private static let takesAll = ProcessInfo.processInfo.environment["FAULTS"] == "all"
  private static let errors = [EIO, ENOSPC, EDQUOT, EROFS, EINTR, EACCES].map { "\($0)" } + ["short"]
  /// Calls of each command in the short form.
  private static let few = 14

  @Test(arguments: FaultyCommand.allCases) func whatIsSaidIsWhatIsThere(_ command: FaultyCommand) throws {
    let scene = try FaultScene(shim: try #require(FaultShim.path))
    let calls = try scene.record(command)
    #expect(calls.count > 40)
    for (number, error) in Self.chosen(calls) {
      let found = try scene.problems(command, failing: number, with: error)
      #expect(found.isEmpty, "\(command), error \(error) of call \(number) (\(calls[number - 1])): \(found)")
    }
  }

  /// The guard taken out: a program that says "saved" whatever happened.
  @Test func aProgramThatLiesIsFoundOut() throws {
    let scene = try FaultScene(shim: try #require(FaultShim.path))
    let calls = try scene.record(.mark)
    let write = try #require(calls.lastIndex { $0.hasPrefix("write ") && $0.hasSuffix("review.jsonl") })
    #expect(try scene.problems(.mark, failing: write + 1, with: "\(EIO)").isEmpty)
    #expect(try !scene.problems(.mark, failing: write + 1, with: "\(EIO)", lies: true).isEmpty)
  }

  /// The records are opened to be parsed, once, and to be digested.
  @Test func recordsAreParsedOnce() throws {
    let scene = try FaultScene(shim: try #require(FaultShim.path))
    #expect(try scene.record(.scan).count { $0.hasPrefix("open ") && $0.hasSuffix("/d.csv") } == 2)
  }

  private static func chosen(_ calls: [String]) -> [(number: Int, error: String)] {
    guard !takesAll else {
      return calls.indices.flatMap { index in errors.map { (index + 1, $0) } }
    }
    let changing = ["open", "write", "sync", "rename", "link", "mkdir", "flock", "truncate"]
    // The arrays are all alike.
    let sites = calls.indices.filter { index in
      let call = calls[index]
      return changing.contains { call.split(separator: " ")[0].contains($0) }
        && (!call.contains("/arrays/") || call.hasSuffix("/labels.npy"))
    }
    return (0..<few).map { turn in
      (sites[turn * sites.count / few] + 1, errors[turn % errors.count])
    }
  }
}

enum FaultyCommand: CaseIterable, Sendable {
  case scan, mark, play, review, export
  var arguments: [String] {
    switch self {
    case .scan: ["scan", "d.csv", "--force", "--quiet"]
    case .mark: ["mark", "d.csv", "r3", "--poisoned"]
    case .play: ["play", "keys", "d.csv"]
    case .review: ["review", "d.csv"]
    case .export: ["export", "d.csv", "--format", "clean", "--output", "run/out.csv"]
    }
  }
}

/// The shim of `Tests/FaultInjection`, built once.
enum FaultShim {
  static let path: String? = {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "FaultInjection/shim.c").path
    let built = FileManager.default.temporaryDirectory.appending(path: "fault-shim-\(UUID().uuidString).so")
    // A Swift toolchain brings clang; the system's compiler is there more often.
    let isBuilt = ["cc", "clang"].contains { compiler in
      let outcome = try? Program.run(
        [compiler, "-O1", "-shared", "-fPIC", "-o", built.path, source, "-ldl"],
        program: URL(fileURLWithPath: "/usr/bin/env"))
      return outcome?.status == 0
    }
    return isBuilt ? built.path : nil
  }()
}

/// A dataset, a case with a decision in it and with things of others, made anew for every fault.
struct FaultScene {
  private let folder: ScratchFolder
  private let shim: String
  private var root: String { folder.url.path }
  private var run: String { root + "/run" }
  private var place: String { run + "/d.case" }
  private static let notes = "notes of others\n"

  private static func table(without left: Int?) -> String {
    let rows = (0..<20).filter { $0 != left }.map { "r\($0),\($0 % 2),\($0 % 7),\($0 % 11)\n" }
    return "id,label,x,y\n" + rows.joined()
  }

  init(shim: String) throws {
    folder = try ScratchFolder()
    self.shim = shim
    _ = try folder.write("d.csv", Self.table(without: nil))
    _ = try folder.write("keys", "Q<Enter>p\n:screen end\n")
    try FileManager.default.createDirectory(
      atPath: folder.url.path + "/run", withIntermediateDirectories: false)
    try expect(program(FaultyCommand.scan.arguments).status == 0, "the first scan")
    try expect(program(["mark", "d.csv", "r1", "--poisoned"]).status == 0, "the first decision")
    try expect(
      program(["mark", "d.csv", "r2", "--clean", "--journal", "run/d.case/second.jsonl"]).status == 0,
      "the second journal")
    _ = try folder.write("run/d.case/notes.txt", Self.notes)
    rename(run, root + "/template")
  }

  /// - Returns: the function and the path of each call that the command makes on files of the scene.
  func record(_ command: FaultyCommand) throws -> [String] {
    try restore()
    let log = root + ".log"
    defer { unlink(log) }
    _ = try outcome(of: command, ["FAULT_ROOT": root, "FAULT_LOG": log, "LD_PRELOAD": shim])
    return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
    }
  }

  /// - Returns: what does not hold after the command has run with one fault.
  /// - Parameter lies: the command ends as if all had gone well.
  func problems(
    _ command: FaultyCommand, failing call: Int, with error: String, lies: Bool = false
  ) throws -> [String] {
    try restore()
    var outcome = try self.outcome(
      of: command,
      ["FAULT_ROOT": root, "FAULT_AT": "\(call)", "FAULT_ERROR": error, "LD_PRELOAD": shim])
    if lies { (outcome.status, outcome.output, outcome.errors) = (0, "r3\n", "") }
    var problems: [String] = []
    func hold(_ condition: Bool, _ what: String) {
      if !condition { problems.append(what + " [ended \(outcome.status): \(outcome.errors.prefix(300))]") }
    }
    hold(!outcome.wasSignalled, "was ended by a signal")
    hold(
      outcome.status == 0 || command == .play || command == .review
        || outcome.errors.count { $0 == "\n" } == 1,
      "an error is not one line")
    let dataset = try Data(contentsOf: folder.url.appending(path: "d.csv"))
    hold(dataset == Data(Self.table(without: nil).utf8), "the dataset was changed")
    hold(try holdsNotes(), "notes of others are gone")
    switch command {
    case .scan:
      hold(outcome.status != 0 || caseInode(place) != caseInode(root + "/template/d.case"), "no new case")
    case .mark:
      let isSaid = outcome.status == 0 && outcome.output.contains("r3")
      hold(try log("review.jsonl").contains("  r3\n") == isSaid, "said saved: \(isSaid)")
      let isRefused = outcome.errors.contains("NOT saved") && !outcome.errors.contains("lock")
      hold(!isRefused || outcome.errors.contains("kept in "), "what was decided is kept nowhere")
    case .play:
      let isSaid =
        outcome.status == 0 && outcome.output.contains("P 2") && !outcome.output.contains("NOT saved")
      hold(try log("review.jsonl").split(separator: "\n").count == (isSaid ? 2 : 1), "said saved: \(isSaid)")
    case .review:
      let isSaid = outcome.output.contains("marked POISONED") && !outcome.output.contains("NOT saved")
      hold(try log("review.jsonl").split(separator: "\n").count == (isSaid ? 2 : 1), "said saved: \(isSaid)")
      hold(!outcome.output.contains("NOT saved") || outcome.status == 74, "the last word is another")
    case .export:
      let written = try? Data(contentsOf: folder.url.appending(path: "run/out.csv"))
      hold(
        written == (outcome.status == 0 ? Data(Self.table(without: 1).utf8) : nil),
        "the export is not what was said")
    }
    hold(try log("review.jsonl").contains("  r1\n"), "a decision is gone")
    // What comes after is as if nothing had been.
    for journal in ["review.jsonl", "second.jsonl"] {
      let next = try program(["mark", "d.csv", "r5", "--clean", "--journal", "run/d.case/" + journal])
      hold(next.status == 0, "\(journal) cannot be used: \(next.errors)")
    }
    if command == .scan || command == .export {
      unlink(run + "/out.csv")
      let again = try program(command.arguments)
      hold(again.status == 0, "cannot be done again: \(again.errors)")
      let left = try FileManager.default.contentsOfDirectory(atPath: run).sorted()
      hold(
        left == (command == .scan ? ["d.case", "state"] : ["d.case", "out.csv", "state"]),
        "left behind: \(left)")
    }
    for name in ["review.jsonl", "second.jsonl"] {
      let verified = try program(["verify", "run/d.case/\(name)"])
      hold(verified.status == 0, "\(name) does not hold: \(verified.output)")
    }
    hold(
      try log("second.jsonl").split(separator: "\n").count == 2, "a decision of the second reviewer is gone")
    return problems
  }

  // MARK: The scene

  private func restore() throws {
    let outcome = try Program.run(
      ["-c", "rm -rf run && cp -a template run"], in: folder.url, program: URL(fileURLWithPath: "/bin/sh"))
    try expect(outcome.status == 0, outcome.errors)
  }

  private func outcome(of command: FaultyCommand, _ environment: [String: String]) throws -> Program.Outcome {
    command == .review ? try review(environment) : try program(command.arguments, environment)
  }

  /// A review in a terminal: the first sample of the queue is poisoned, and the person quits.
  /// - Returns: as output all that was drawn.
  private func review(_ environment: [String: String]) throws -> Program.Outcome {
    let pty = try Pty(height: 24, width: 120)
    defer { pty.hangUp() }
    let review = try ReviewInTerminal(
      root + "/d.csv", in: folder, on: pty,
      options: ["--case", run + "/d.case", "--detectors", "self-confidence"],
      environment: environment.merging(["XDG_STATE_HOME": run + "/state"]) { $1 })
    var drawn = ""
    /// Waits for one of the signs, or for the end of the program.
    func wait(for signs: String...) {
      for _ in 0..<500 where review.process.isRunning {
        drawn += String(decoding: pty.take(), as: UTF8.self)
        if signs.contains(where: drawn.contains) { return }
        usleep(10_000)
      }
    }
    wait(for: "what next")
    pty.type("\u{1B}")
    usleep(100_000)
    pty.type("Q")
    wait(for: "QUEUE")
    usleep(150_000)
    pty.type("p")
    wait(for: "marked POISONED", "NOT saved", "read-only")
    pty.type("gq")
    wait(for: "never said")
    if review.process.isRunning { kill(try review.pid(), SIGKILL) }
    review.process.waitUntilExit()
    usleep(50_000)
    drawn += String(decoding: pty.take(), as: UTF8.self)
    let status = review.process.terminationStatus
    return Program.Outcome(status: status, wasSignalled: status >= 128, output: drawn, errors: "")
  }

  private func program(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Outcome
  {
    var arguments = arguments
    if ["scan", "mark", "play", "export"].contains(arguments.first) {
      arguments += ["--case", "run/d.case"]
      if arguments[0] != "mark" && arguments[0] != "export" {
        arguments += ["--detectors", "self-confidence"]
      }
    }
    // What the program remembers of this user lies beneath the scene, too.
    return try Program.run(arguments, in: folder.url, state: run + "/state", environment: environment)
  }

  private func log(_ journal: String) throws -> String {
    // Where the case was not put back yet it lies beside its place.
    try program(["log", "run/d.case/" + journal]).output
  }

  private func caseInode(_ place: String) -> UInt64 {
    var status = stat()
    return stat(place + "/case.json", &status) == 0 ? UInt64(status.st_ino) : 0
  }

  private func holdsNotes() throws -> Bool {
    let tree = try FolderTree(run)
    return tree.entries.values.contains { $0.hasSuffix(Data(Self.notes.utf8).base64EncodedString()) }
  }

  private func expect(_ condition: Bool, _ what: String) throws {
    if !condition { throw CocoaError(.featureUnsupported, userInfo: [NSLocalizedDescriptionKey: what]) }
  }
}

import Foundation
import Glibc
import TestSupport
import Testing

/// Where the real binary writes a case, and where it must not.
@Suite struct CasePlaceTests {
  let folder: ScratchFolder
  var root: String { folder.url.path }

  /// A dataset as a folder `set` and as a file `rows.csv`, and a case of it in `rows.csv.case`.
  init() throws {
    folder = try ScratchFolder()
    let rows = "id,label,x\n" + (0..<20).map { "r\($0),\($0 % 2),\($0 % 7)\n" }.joined()
    _ = try folder.write("rows.csv", rows)
    try FileManager.default.createDirectory(atPath: root + "/set", withIntermediateDirectories: false)
    _ = try folder.write("set/data.csv", rows)
    #expect(try run("scan", "rows.csv", "--quiet").status == 0)
  }

  func run(_ arguments: String...) throws -> Program.Outcome { try Program.run(arguments, in: folder.url) }

  func make(folder name: String, with files: [String] = []) throws {
    try FileManager.default.createDirectory(atPath: root + "/" + name, withIntermediateDirectories: true)
    for file in files { _ = try folder.write(name + "/" + file, "of others\n") }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let name: String
    var dataset = "rows.csv"
    let place: String
    let reason: String
    var scene: @Sendable (CasePlaceTests) throws -> Void = { _ in }
    var testDescription: String { name }
  }

  static let refusals: [Refusal] = [
    Refusal(name: "the dataset", dataset: "set", place: "set", reason: "is the dataset"),
    Refusal(name: "the dataset, a file", place: "rows.csv", reason: "is the dataset"),
    Refusal(name: "its folder", dataset: "set", place: ".", reason: "holds the dataset set"),
    Refusal(name: "in the dataset", dataset: "set", place: "set/new.case", reason: "lies in the dataset set"),
    Refusal(
      name: "in the dataset, through a link", dataset: "set", place: "link/new.case",
      reason: "lies in the dataset set",
      scene: { symlink("set", $0.root + "/link") }),
    Refusal(
      name: "a link to the dataset", dataset: "set", place: "link", reason: "is the dataset",
      scene: { symlink("set", $0.root + "/link") }),
    Refusal(
      name: "a link to nothing", place: "link", reason: "is a link to nothing",
      scene: { symlink("nowhere", $0.root + "/link") }),
    Refusal(
      name: "a folder of other things", place: "papers", reason: "is a folder that no scan has made",
      scene: { try $0.make(folder: "papers", with: ["thesis.txt"]) }),
    Refusal(
      name: "a file", place: "thesis.txt", reason: "is no folder",
      scene: { _ = try $0.folder.write("thesis.txt", "text") }),
    Refusal(
      name: "a pipe", place: "pipe", reason: "is no folder", scene: { mkfifo($0.root + "/pipe", 0o600) }),
    Refusal(
      name: "another case.json", place: "papers", reason: "is no case record",
      scene: {
        try $0.make(folder: "papers")
        _ = try $0.folder.write("papers/case.json", "{\"schema\": 1, \"court\": \"of appeal\"}")
      }),
    Refusal(
      name: "the record of another program", place: "papers", reason: "is no case record",
      scene: {
        try $0.make(folder: "papers", with: ["scores.csv"])
        _ = try $0.folder.write(
          "papers/case.json", "{\"schema\": 1, \"tool\": \"mine\", \"dataset\": {\"path\": \"x\"}}")
      }),
    Refusal(
      name: "a folder in the case", place: "rows.csv.case", reason: "holds the folder exports",
      scene: { try $0.make(folder: "rows.csv.case/exports", with: ["drop.txt"]) }),
    Refusal(
      name: "a pipe in the case", place: "rows.csv.case", reason: "holds pipe, which no scan makes",
      scene: { mkfifo($0.root + "/rows.csv.case/pipe", 0o600) }),
    Refusal(
      name: "a text among the arrays", place: "rows.csv.case", reason: "its arrays hold notes.txt",
      scene: { try $0.make(folder: "rows.csv.case/arrays", with: ["notes.txt"]) }),
    Refusal(
      name: "a dataset in the case", place: "rows.csv.case", reason: "holds labels.npy, a file of a dataset",
      scene: { try $0.make(folder: "rows.csv.case", with: ["labels.npy"]) }),
    Refusal(
      name: "a table in the case", place: "rows.csv.case", reason: "holds data.csv, a file of a dataset",
      scene: { try $0.make(folder: "rows.csv.case", with: ["data.csv"]) }),
    Refusal(
      name: "scores that are a link", place: "rows.csv.case", reason: "its scores.csv is no regular file",
      scene: {
        unlink($0.root + "/rows.csv.case/scores.csv")
        symlink("../rows.csv", $0.root + "/rows.csv.case/scores.csv")
      }),
    Refusal(name: "no name", place: "", reason: "the name of the case is empty"),
    Refusal(name: "the root", place: "/", reason: "is no place for a case"),
  ]

  @Test(arguments: refusals) func whatIsNoCaseIsNotReplaced(_ refusal: Refusal) throws {
    try refusal.scene(self)
    let before = try FolderTree(root)
    let outcome = try run("scan", refusal.dataset, "--case", refusal.place, "--force", "--quiet")
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains(refusal.reason), "\(outcome.errors)")
    #expect(outcome.errors.count { $0 == "\n" } == 1 && !outcome.wasSignalled)
    let isUnchanged = try FolderTree(root) == before
    #expect(isUnchanged, "\(refusal.name): something was changed")
  }

  @Test(arguments: [
    ["set"], ["scan", "set"], ["scan", "set", "--force"], ["play", "keys", "set"],
    ["mark", "set", "r1", "--clean"], ["bench", "set", "--truth", "truth.csv"],
    ["export", "set", "--format", "csv", "--output", "out"],
  ])
  func noCommandWritesACaseIntoTheDataset(_ arguments: [String]) throws {
    _ = try folder.write("keys", "Q\n")
    _ = try folder.write("truth.csv", "id,poisoned\nr1,1\nr2,0\n")
    for place in ["set", "set/case", "."] {
      let before = try FolderTree(root)
      let outcome = try Program.run(arguments + ["--case", place], in: folder.url)
      #expect(outcome.status == 73 && outcome.errors.contains("dataset"), "\(outcome.errors)")
      let isUnchanged = try FolderTree(root) == before
      #expect(isUnchanged)
    }
  }

  @Test func fitKeepsNoCasesInASet() throws {
    _ = try folder.write("set/truth.csv", "id,poisoned,attack\nr1,1,patch\n")
    try make(folder: "sets")
    rename(root + "/set", root + "/sets/set")
    let before = try FolderTree(root)
    let outcome = try run(
      "fit", "sets", "--cases", "sets/set/cases", "--output", "weights.json", "--date", "2026-11-26",
      "--quiet")
    #expect(outcome.status == 73 && outcome.errors.contains("lies in the dataset"), "\(outcome.errors)")
    let isUnchanged = try FolderTree(root) == before
    #expect(isUnchanged)
  }

  @Test func fitReplacesWeightsOnly() throws {
    try make(folder: "sets")
    _ = try folder.write("thesis.json", "{\"title\": \"mine\"}\n")
    let before = try FolderTree(root)
    let outcome = try run(
      "fit", "sets", "--cases", "cases", "--output", "thesis.json", "--date", "2026-11-26", "--quiet")
    #expect(outcome.status == 73 && outcome.errors.contains("holds no weights"), "\(outcome.errors)")
    let isUnchanged = try FolderTree(root) == before
    #expect(isUnchanged)
  }

  /// The name "." has no place beside it.
  @Test func theCaseOfTheFolderThatOneIsInLiesBesideIt() throws {
    let outcome = try Program.run(["scan", ".", "--quiet"], in: folder.url.appending(path: "set"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/set") == ["data.csv"])
    #expect(FileManager.default.fileExists(atPath: root + "/set.case/case.json"))
  }

  @Test func aFolderOfAnotherUserIsNotReplaced() throws {
    guard geteuid() == 0 else { return }
    chown(root + "/rows.csv.case", 12345, 12345)
    let before = try FolderTree(root)
    let outcome = try run("scan", "rows.csv", "--force", "--quiet")
    #expect(outcome.status == 73 && outcome.errors.contains("belongs to another user"), "\(outcome.errors)")
    let isUnchanged = try FolderTree(root) == before
    #expect(isUnchanged)
  }

  @Test func aCaseThatCannotBeReadIsNoAbsentOne() throws {
    unlink(root + "/rows.csv.case/case.json")
    try make(folder: "rows.csv.case/case.json")
    let before = try FolderTree(root)
    for arguments in [["scan", "rows.csv"], ["mark", "rows.csv", "r1", "--clean"], ["rows.csv"]] {
      let outcome = try Program.run(arguments, in: folder.url)
      #expect(outcome.status == 66 && outcome.errors.contains("is no regular file"), "\(outcome.errors)")
    }
    let isUnchanged = try FolderTree(root) == before
    #expect(isUnchanged)
  }

  /// A record of that size is none, and would not fit into memory.
  @Test func aRecordWithoutEndIsNotRead() throws {
    #expect(truncate(root + "/rows.csv.case/case.json", 1 << 40) == 0)
    let outcome = try run("mark", "rows.csv", "r1", "--clean")
    #expect(outcome.status == 66 && outcome.errors.contains("is larger than 256 MiB"), "\(outcome.errors)")
  }

  @Test func anEmptyFolderBecomesACase() throws {
    try make(folder: "empty")
    #expect(try run("scan", "rows.csv", "--case", "empty/", "--quiet").status == 0)
    #expect(FileManager.default.fileExists(atPath: root + "/empty/case.json"))
  }

  /// A case that lies elsewhere, behind a link: the link stays.
  @Test func aLinkToACaseIsFollowed() throws {
    try make(folder: "elsewhere")
    rename(root + "/rows.csv.case", root + "/elsewhere/d.case")
    symlink("elsewhere/d.case", root + "/rows.csv.case")
    let first = try FileManager.default.attributesOfItem(atPath: root + "/elsewhere/d.case/case.json")
    #expect(try run("scan", "rows.csv", "--force", "--quiet").status == 0)
    let second = try FileManager.default.attributesOfItem(atPath: root + "/elsewhere/d.case/case.json")
    #expect(first[.systemFileNumber] as? Int != second[.systemFileNumber] as? Int)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: root + "/rows.csv.case") == "elsewhere/d.case"
    )
    #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/elsewhere") == ["d.case"])
  }

  @Test func theJournalOfASecondReviewerOutlivesAScan() throws {
    let journal = "rows.csv.case/second.jsonl"
    #expect(try run("mark", "rows.csv", "r1", "--poisoned", "--journal", journal).status == 0)
    _ = try folder.write("rows.csv.case/notes.txt", "of others\n")
    symlink("nowhere", root + "/rows.csv.case/review.jsonl")
    #expect(try run("scan", "rows.csv", "--force", "--quiet").status == 0)
    #expect(try run("mark", "rows.csv", "r2", "--clean", "--journal", journal).status == 0)
    #expect(try run("log", journal).output.split(separator: "\n").count == 2)
    let tree = try FolderTree(root + "/rows.csv.case")
    #expect(tree.entries["review.jsonl"] == "link to nowhere")
    #expect(tree.entries["notes.txt"] != nil)
  }
}

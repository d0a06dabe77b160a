import Formats
import Foundation
import Simulation
import TestSupport
import Testing

/// One dataset with a case of its own, and the program that is run on it: whatever does not end well is an issue.
struct Road {
  let dataset: String
  let folder: ScratchFolder
  var casePath: String { folder.url.appending(path: "road.case").path }
  var isFolder: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: dataset, isDirectory: &isFolder) && isFolder.boolValue
  }

  init(_ dataset: String) throws {
    self.dataset = dataset
    folder = try ScratchFolder()
  }

  /// Standard output of the program; commands on a dataset use the case of this road.
  func run(_ arguments: String..., case name: String = "road.case") throws -> String {
    let takesCase = !["log", "verify"].contains(arguments[0])
    let place = folder.url.appending(path: name).path
    let outcome = try Program.run(arguments + (takesCase ? ["--case", place] : []))
    #expect(
      outcome.status == 0 && !outcome.wasSignalled, "\(arguments.joined(separator: " ")): \(outcome.errors)")
    return outcome.output
  }

  /// The given labels of a case, in dataset order.
  func labels(case name: String = "road.case") throws -> [String] {
    let scores = folder.url.appending(path: name).path + "/scores.csv"
    return try CSVReader.readSmall(path: scores).rows.map { $0[1] }
  }

  /// The ids of the case, in dataset order.
  func ids() throws -> [String] {
    try CSVReader.readSmall(path: casePath + "/scores.csv").rows.map { $0[0] }
  }
}

/// The sample sets of the repository.
enum Samples {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "sample-data")

  /// All that can be planted.
  static let planted = Attack.allCases.map(\.rawValue) + History.allCases.map(\.rawValue)

  static func path(_ name: String) -> String { root.appending(path: name).path }

  /// The first rows of a set, as a dataset in `folder`.
  static func part(of name: String, rows: Int, in folder: URL) throws -> String {
    let source = root.appending(path: name)
    if source.pathExtension == "jsonl" { return try head(source, lines: rows, in: folder) }
    let target = folder.appending(path: "part")
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for file in try FileManager.default.contentsOfDirectory(at: source, includingPropertiesForKeys: nil) {
      let place = target.appending(path: file.lastPathComponent)
      switch file.pathExtension {
      case "csv": _ = try head(file, lines: rows + 1, in: target)
      case "npy": try Data(try array(file.path, rows: rows)).write(to: place)
      default:
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("2000", with: "\(rows)").utf8).write(to: place)
      }
    }
    return target.path
  }

  private static func head(_ file: URL, lines: Int, in folder: URL) throws -> String {
    let all = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let target = folder.appending(path: file.lastPathComponent)
    try Data((all.prefix(lines).joined(separator: "\n") + "\n").utf8).write(to: target)
    return target.path
  }

  private static func array(_ path: String, rows: Int) throws -> [UInt8] {
    let array = try NPY.map(path)
    let shape = [rows] + array.shape.dropFirst()
    let size = shape.reduce(1, *)
    if let bytes = try? array.column(UInt8.self) {
      return NPY.encode(shape: shape, bytes.prefix(size).map { $0 })
    }
    if let numbers = try? array.column(Int32.self) {
      return NPY.encode(shape: shape, numbers.prefix(size).map { $0 })
    }
    return NPY.encode(shape: shape, try array.column(Int64.self).prefix(size).map { $0 })
  }
}

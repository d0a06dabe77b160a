import Foundation
import Formats
import Gate
import Model
import Review
import Scanning
import Testing

/// Datasets in a folder of their own, and checks on them.
final class Fixture {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "gate-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  func load(_ path: String) throws -> Dataset {
    try DatasetLoader.load(path, options: DatasetOptions(), progress: { _ in })
  }

  func input(_ path: String, policy: String = "") throws -> CheckInput {
    let data = try load(path)
    return CheckInput(
      path: path, data: data, policy: try Policy(toml: Array(policy.utf8), file: "policy"))
  }

  /// A CSV file with a header.
  func table(_ header: String, _ rows: [String], policy: String = "") throws -> CheckInput {
    try input(
      try write("\(UUID().uuidString).csv", ([header] + rows).joined(separator: "\n") + "\n"), policy: policy)
  }

  /// Texts of two classes, as JSON Lines.
  func texts(_ texts: [String], policy: String = "") throws -> CheckInput {
    let lines = try texts.enumerated().map { row, text in
      let cell = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
      return "{\"id\": \"t\(row)\", \"text\": \(cell), \"label\": \"\(row % 2 == 0 ? "a" : "b")\"}"
    }
    return try input(
      try write("\(UUID().uuidString).jsonl", lines.joined(separator: "\n") + "\n"), policy: policy)
  }

  static let plain = (0..<12).map { "a plain sentence of everyday words, number \($0)" }
}

/// What one check says.
func results(_ check: String, _ input: CheckInput) throws -> [CheckResult] {
  let check = try #require(CheckRegistry.all.first { $0.name == check })
  return check.run(on: input)
}

/// The worst of it.
func status(_ check: String, _ input: CheckInput) throws -> CheckResult.Status {
  let all = try results(check, input).map(\.status)
  return all.contains(.fail)
    ? .fail : all.contains(.warn) ? .warn : all.contains(.pass) ? .pass : .notApplicable
}

/// Rows that one check holds against the dataset.
func rows(_ check: String, _ input: CheckInput) throws -> [Int] {
  try results(check, input).flatMap { $0.offenders.map(\.row) }
}

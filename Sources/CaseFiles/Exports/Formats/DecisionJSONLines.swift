import Foundation

/// `DecisionTable` as JSON Lines.
struct DecisionJSONLines: ExportFormat {
  let name = "jsonl"
  let summary = "the same as JSON Lines, with the digest of the content that was judged"

  func write(_ reviewed: ReviewedCase, to path: String) throws -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return try DecisionTable.write(reviewed, to: path, header: []) { line in
      [UInt8](try encoder.encode(line)) + [UInt8(ascii: "\n")]
    }
  }
}

import CaseFiles
import Formats
import Foundation
import Testing

/// The tables of README.md that follow from what there is; `RECORD_SNAPSHOTS=1` rewrites them, and fails once.
@Suite struct ReadmeTests {
  static let tables = [
    (
      mark: "formats", head: ["format", "names", "in a folder"],
      rows: DatasetFormats.all.map { format in
        [
          format.name, format.extensions.map { "`.\($0)`" }.joined(separator: ", "),
          format.nameInFolder.isEmpty ? "" : "`\(format.nameInFolder)`",
        ]
      }
    ),
    (
      mark: "exports", head: ["format", "what is written"],
      rows: ExportFormats.all.map { ["`\($0.name)`", $0.summary] }
    ),
  ]

  @Test(arguments: tables.indices) func aTableSaysWhatThereIs(_ index: Int) throws {
    let (mark, head, rows) = Self.tables[index]
    let lines = [head, head.map { _ in "---" }] + rows
    let table = lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
      .standardizedFileURL
    let text = try String(contentsOf: file, encoding: .utf8)
    let begin = try #require(text.range(of: "<!-- \(mark): written by ReadmeTests -->\n"))
    let end = try #require(text.range(of: "<!-- end -->", range: begin.upperBound..<text.endIndex))
    guard ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" else {
      return #expect(text[begin.upperBound..<end.lowerBound] == table)
    }
    let written = text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: table)
    try written.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("recorded the table of \(mark)")
  }
}

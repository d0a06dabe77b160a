import Foundation
import Model
import Testing

@Suite struct CountedTests {
  @Test func oneIsSingular() {
    #expect(counted(1, "sample") == "1 sample" && counted(0, "sample") == "0 samples")
    #expect(counted(12_345, "class", "classes") == "12,345 classes")
    #expect(
      counted(1, "row is", "rows are") == "1 row is" && counted(2, "row is", "rows are") == "2 rows are")
  }

  /// What people read of a count and a noun, or a verb, agrees: it is put together by `counted` and not by hand.
  @Test func noSentencePutsACountBeforeAPluralByHand() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let nouns = "samples|rows|labels|classes|ids|keys|decisions|columns|files|lines|members|draws|others"
    let verbs = "are|is|have|has|were|was|need|needs|lie|lies|hold|holds"
    let count = #"\\\((grouped\([^"]*\)|[^"()]*[cC]ounts?)\)"#
    let suspect = try Regex("^[^/]*\"[^\"]*\(count) (\(nouns)|\(verbs))\\b")
    var found: [String] = []
    for room in ["Workbench", "foretaste", "CaseFiles", "Gate", "Reporting", "Scan", "Review"] {
      let files = FileManager.default.enumerator(atPath: sources.appending(path: room).path)
      for case let file as String in files ?? .init() where file.hasSuffix(".swift") {
        let text = try String(contentsOf: sources.appending(path: "\(room)/\(file)"), encoding: .utf8)
        found += text.split(separator: "\n").filter {
          !$0.contains("counted(") && $0.firstMatch(of: suspect) != nil
        }.map { "\(file): \($0)" }
      }
    }
    #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
  }
}

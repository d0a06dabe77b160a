import CaseFiles
import Formats
import Foundation
import Model
import Testing

/// A finished case opens its records by what it keeps of their reading, as long as that fits.
@Suite struct CaseRecordIndexTests {
  private static let table =
    "id,text,label\n" + (0..<30).map { "r\($0),words of row \($0) here,l\($0 % 2)\n" }.joined()

  private func fixture() throws -> ExportFixture {
    try ExportFixture(files: ["data.csv": Array(Self.table.utf8)])
  }

  private func change(_ fixture: ExportFixture, _ pattern: String, to text: String) throws {
    let file = URL(fileURLWithPath: fixture.dataset + ".case/case.json")
    let record = try String(contentsOf: file, encoding: .utf8)
    let changed = record.replacingOccurrences(of: pattern, with: text, options: .regularExpression)
    #expect(changed != record)
    try Data(changed.utf8).write(to: file)
  }

  @Test func anIndexThatNamesNoColumnIsRefused() throws {
    let fixture = try fixture()
    _ = try fixture.open()
    try change(fixture, #""text" : \[\s*1\s*\]"#, to: "\"text\": [9]")
    #expect(throws: CaseFileError.self) { try fixture.open() }
  }

  /// Where the file was touched since, it is looked at again, whatever the case says of it.
  @Test func aTouchedFileIsLookedAtAgain() throws {
    let fixture = try fixture()
    _ = try fixture.open()
    try change(fixture, #""delimiter" : 44"#, to: "\"delimiter\" : 59")
    let spoilt = try fixture.open()
    guard case .failure = try spoilt.payloads(at: fixture.dataset, options: spoilt.options).payload(at: 3)
    else {
      Issue.record("read by another delimiter")
      return
    }
    try Data(Self.table.utf8).write(to: URL(fileURLWithPath: fixture.dataset + "/data.csv"))
    let opened = try fixture.open()
    let payload = try opened.payloads(at: fixture.dataset, options: opened.options).payload(at: 3)
    #expect(try payload.get() == .text("words of row 3 here"))
  }
}

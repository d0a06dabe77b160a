import CaseFiles
import Foundation
import Model
import Testing

@Suite struct ReportExportTests {
  let fixture: ExportFixture

  init() throws {
    fixture = try ExportFixture(file: "t.csv", Array("id,label,x\na,0,1\n<b>,1,2\nc,0,3\nd,1,4\n".utf8))
  }

  @Test func thePathSaysWhichOfThemIsWritten() throws {
    try fixture.decide(.poisoned, [1], note: "<i>")
    #expect(
      try fixture.export("report", to: "o.html").hasSuffix(
        "decided sample to \(fixture.path("o.html")); journal j1: 1 decision, head h1"))
    let page = try fixture.text("o.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("&lt;b&gt;") && !page.contains("<b>"))
    #expect(page.contains("ada") && page.contains("<code><bdi>h1</bdi></code>"))
    _ = try fixture.export("report", to: "o.MD")
    #expect(try fixture.text("o.MD").hasPrefix("# Report on poison in training data: `t`"))
  }

  @Test func aDisputeIsToldAndBlocksNothing() throws {
    try fixture.decide(.poisoned, [1])
    try fixture.decide(.clean, [1], by: "bob")
    _ = try fixture.export("report", to: "o.html")
    #expect(try fixture.text("o.html").contains("Reviewers differ on 1 sample"))
  }

  @Test func ofAChangedDatasetNoPictureIsShown() throws {
    _ = try fixture.open()
    try Data("id,label,x\na,0,1\nb,1,9\nc,0,3\nd,1,4\n".utf8).write(to: URL(fileURLWithPath: fixture.dataset))
    #expect(fixture.problem("report", to: "o.html").contains("has changed since it was scanned"))
    #expect(try fixture.left() == [])
  }
}

import Foundation
import FoundationXML
import Gate
import Testing

@Suite struct ReportTests {
  /// All scalars that a reader or a terminal could stumble over.
  private static let hostile =
    "<a b='c'>&\"]]>\n\t\r\u{0}\u{1}\u{1B}[2J\u{7F}\u{9B}\u{202E}\u{2028}\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}\u{E0041}é"

  private func report(_ results: [CheckResult], name: String = "set", path: String = "data/set.csv")
    -> GateReport
  {
    GateReport(
      GateReport.Facts(dataset: name, path: path, digest: "00", policy: nil, toolVersion: "0.1.0"),
      policy: Policy(), results: results)
  }

  private var all: [CheckResult] {
    [
      CheckResult(check: "rows", subject: nil, status: .pass, sentence: "12 samples"),
      CheckResult(check: "ids", subject: nil, status: .warn, sentence: "1 sample twice"),
      CheckResult(
        check: "ranges", subject: Self.hostile, status: .fail, sentence: Self.hostile,
        offenders: [Offender(row: 3, id: Self.hostile)], offenderCount: 5),
      CheckResult(check: "copies", subject: nil, status: .notApplicable, sentence: "no splits"),
    ]
  }

  @Test func onlyAFailureClosesTheGate() {
    #expect(!report(all).hasPassed)
    #expect(report(all.filter { $0.status != .fail }).hasPassed)
  }

  /// What the schemas of Ant and Jenkins ask for: elements in their order, with their attributes.
  @Test func junitIsWellFormedAndHasWhatItsSchemaAsksFor() throws {
    let text = report(all, name: Self.hostile).junit(timestamp: "2026-01-31T12:00:00", seconds: 1.25)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar.value != 0x202E)
    }
    let document = try XMLDocument(xmlString: text)
    let root = try #require(document.rootElement())
    #expect(root.name == "testsuites")
    let suite = try #require(root.elements(forName: "testsuite").first)
    func value(_ name: String) -> String? { suite.attribute(forName: name)?.stringValue }
    for name in ["name", "package", "hostname"] { #expect(value(name)?.isEmpty == false) }
    #expect(
      value("tests") == "4" && value("failures") == "1" && value("errors") == "0" && value("skipped") == "1")
    #expect(value("id") == "0" && value("timestamp") == "2026-01-31T12:00:00" && value("time") == "1.25")
    let children = (suite.children ?? []).compactMap(\.name)
    #expect(
      children == ["properties"] + [String](repeating: "testcase", count: 4) + ["system-out", "system-err"])
    let cases = suite.elements(forName: "testcase")
    for one in cases {
      for name in ["name", "classname", "time"] { #expect(one.attribute(forName: name) != nil) }
    }
    let failure = try #require(cases[2].elements(forName: "failure").first)
    #expect(failure.attribute(forName: "type")?.stringValue == "ranges")
    #expect(failure.attribute(forName: "message")?.stringValue?.hasPrefix("<a b='c'>&\"]]>") == true)
    #expect(failure.stringValue?.contains("4 more") == true)
    #expect(cases[3].elements(forName: "skipped").count == 1)
    #expect(suite.elements(forName: "system-out").first?.stringValue?.contains("1 sample twice") == true)
  }

  @Test func sarifHasWhatItsSchemaAsksFor() throws {
    let data = try JSONEncoder().encode(report(all, path: "/tmp/a b:é.csv").sarif())
    let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    #expect((log["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(driver["name"] as? String == "foretaste")
    #expect(Set(rules.compactMap { $0["id"] as? String }).count == rules.count)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.compactMap { $0["level"] as? String } == ["warning", "error"])
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      #expect(((result["message"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
      let location = try #require((result["locations"] as? [[String: Any]])?.first)
      let physical = try #require(location["physicalLocation"] as? [String: Any])
      let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
      #expect(uri == "file:///tmp/a%20b%3A%C3%A9.csv")
    }
    let prints = results.compactMap { ($0["partialFingerprints"] as? [String: String])?["foretasteCheck/v1"] }
    #expect(Set(prints).count == 2 && prints.allSatisfy { $0.count == 64 })
  }

  @Test func theTableSaysWhatIsBrokenAndHidesNothing() {
    let text = report(all, name: Self.hostile).table()
    #expect(text.contains("FAILED") && text.contains("(row 3)") && text.contains("and 4 more"))
    #expect(text.contains("1 failed, 1 warned, 1 passed, 1 not applicable"))
    #expect(text.split(separator: "\n").count == 7)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar.value != 0x202E)
    }
  }

  @Test func jsonHasWhatProgramsRelyOn() throws {
    let data = try JSONEncoder().encode(GateRecord(report(all)))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["passed"] as? Bool == false)
    let results = try #require(object["results"] as? [[String: Any]])
    #expect(results.compactMap { $0["status"] as? String } == ["pass", "warn", "fail", "not applicable"])
    #expect(results[2]["sampleCount"] as? Int == 5)
    #expect((object["counts"] as? [String: Int])?["fail"] == 1)
  }

  /// Names are part of the contract.
  @Test func checksHaveNamesOfTheirOwn() {
    let names = CheckRegistry.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name.allSatisfy { $0.isLowercase || $0 == "-" }) }
  }
}

import Foundation
import Gate
import Model
import Review
import Scanning
import Testing

@Suite struct ReviewCheckTests {
  let fixture: Fixture
  let data: Dataset

  init() throws {
    fixture = try Fixture()
    data = try fixture.table(
      "id,label,x", (0..<10).map { "r\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 * 7 % 11).5" }
    ).data
  }

  /// Rows 1, 2 and 3 are one incident, of which 1 and 2 are flagged; so is 5.
  private func input(_ verdicts: [Int: Verdict], flagged: [Int] = [1, 2, 5], policy: String = "") throws
    -> CheckInput
  {
    var report = Report(of: data, suspicion: (0..<10).map { flagged.contains($0) ? 0.9 : 0.1 })
    report.incidents = [
      Incident(
        id: "I1", head: .trigger, attack: "backdoor", sentence: "a trigger", label: 0, statisticName: "z",
        statistic: 9, pValue: nil, qValue: nil, findings: ["T1"], when: nil, origin: nil, members: [1, 2, 3],
        flagged: 2)
    ]
    var input = CheckInput(path: "set", data: data, policy: try Policy(toml: Array(policy.utf8), file: "p"))
    input.scan = CheckInput.Scan(report: report, verdicts: verdicts)
    return input
  }

  @Test func anIncidentIsOpenUntilItsFlaggedSamplesAreDecided() throws {
    #expect(try rows("incidents", input([:])) == [1, 2])
    #expect(try rows("incidents", input([1: .clean, 2: .unsure])) == [2])
    #expect(try status("incidents", input([1: .clean, 2: .clean])) == .pass)
    #expect(try status("incidents", input([:], policy: "[review]\nmax-incidents = 1")) == .pass)
  }

  @Test func anIncidentWithoutAFlaggedSampleIsAHint() throws {
    #expect(try status("incidents", input([:], flagged: [])) == .pass)
    let policy = "[review]\ncount-unflagged = true"
    #expect(try rows("incidents", input([2: .clean], flagged: [], policy: policy)) == [1, 3])
  }

  @Test func flagsOverTheLimit() throws {
    #expect(try rows("flags", input([:])) == [1, 2, 5])
    #expect(try status("flags", input([1: .clean, 2: .clean], policy: "[review]\nmax-flags = 1")) == .pass)
    #expect(try status("flags", input([1: .clean], policy: "[review]\nmax-flags = 1")) == .fail)
  }

  @Test func whatWasDecidedAgainstIsNoLongerThere() throws {
    #expect(try status("poison", input([:])) == .notApplicable)
    #expect(try status("poison", input([1: .clean, 3: .relabel("b")])) == .pass)
    #expect(try rows("poison", input([1: .poisoned, 3: .relabel("a")])) == [1, 3])
  }

  @Test func withoutAScanTheyDoNotApply() throws {
    let bare = CheckInput(path: "set", data: data, policy: Policy())
    for check in ["incidents", "flags", "poison"] { #expect(try status(check, bare) == .notApplicable) }
  }
}

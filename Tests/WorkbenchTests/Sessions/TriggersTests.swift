import Model
import Scanning
import Testing
import Workbench

/// An incident with several triggers, or several groups of copies.
@Suite struct TriggersTests {
  /// T1 heads the incident, T2 and T4 are of the same samples and less likely to be chance, T3 is the least telling.
  private static func desk(_ kind: Finding.Kind = .trigger) -> Desk {
    let base = MadeUpCase.table.samples()
    var report = base.material.report
    func trigger(_ id: String, _ q: Double, _ members: Column<Int32>) -> Finding {
      Finding(
        id: id, kind: kind, attack: "backdoor", sentence: "sentence \(id)", label: 1, statisticName: "z",
        statistic: 9, pValue: q, qValue: q, members: members)
    }
    let all = Column((0..<48).filter(MadeUpCase.isPoisoned).map { Int32($0) })
    report.findings = [
      trigger("T1", 1e-4, all), trigger("T2", 1e-9, Column(all.prefix(4).map { $0 })),
      trigger("T3", 1e-3, Column(all.suffix(3).map { $0 })),
      trigger("T4", 1e-8, Column(all.prefix(4).map { $0 })),
    ]
    report.incidents = [
      Incident(
        id: "I1", head: kind, attack: "backdoor", sentence: "sentence T1", label: 1, statisticName: "z",
        statistic: 9, pValue: 1e-4, qValue: 1e-4, findings: ["T1", "T2", "T3", "T4"], when: nil, origin: nil,
        members: all, flagged: all.count)
    ]
    report.incidentCodes = Incident.codes(report.incidents, count: 48)
    return Desk(
      CaseSamples(
        report: report, payloads: MadeUpPayloads(kind: .table, count: 48), version: "1", exportFormats: []))
  }

  @Test(arguments: [Finding.Kind.trigger, .duplicates])
  func theMostTellingIsNamedFirstAndThoseOfTheSameSamplesTogether(_ kind: Finding.Kind) throws {
    var desk = Self.desk(kind)
    desk.press("T")
    let entry = try #require(desk.state.material.entry(.incident(0)))
    #expect(entry.leads.map { $0.map(\.id) } == [["T2", "T4"], ["T1"], ["T3"]])
    #expect(entry.sentence == "sentence T2; sentence T4; sentence T1; sentence T3")
    #expect(entry.significance == 1e-9)
    let screen = (0..<24).map { desk.line($0) }
    let lines = [
      "T2 sentence T2", "T4 sentence T4", "the same 4 samples", "T1 sentence T1", "T3 sentence T3",
    ]
    let places = lines.map { text in screen.firstIndex { $0.contains(text) } ?? -1 }
    #expect(places == places.sorted() && places[0] > 0, "\(screen.joined(separator: "\n"))")
  }

  /// The evidence of a sample tells of the trigger that it has.
  @Test(arguments: [(5, "sentence T2"), (41, "sentence T1")])
  func aSampleIsToldOfItsOwn(_ row: Int, _ sentence: String) {
    var desk = Self.desk()
    desk.press("Q:goto row \(row)<Enter><Enter>")
    #expect((0..<24).contains { desk.line($0).contains("I1 \(sentence)") })
  }
}

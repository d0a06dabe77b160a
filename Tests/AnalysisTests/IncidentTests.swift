import Fusion
import Model
import Numerics
import Scanning
import Testing

@Suite struct IncidentTests {
  private static let count = 200

  private func finding(
    _ id: String, _ kind: Finding.Kind, _ members: some Sequence<Int>, label: Int32 = -1, q: Double? = 1e-9,
    item: TriggerItem? = nil
  ) -> Finding {
    Finding(
      id: id, kind: kind, attack: "backdoor", sentence: "what \(id) says", label: label, statisticName: "z",
      statistic: 9, pValue: q, qValue: q, members: Column(members.map { Int32($0) }.sorted()), item: item)
  }

  /// The first `flagged` samples are.
  private func incidents(_ findings: [Finding], flagged: Int = IncidentTests.count) -> [Incident] {
    IncidentGrouping.incidents(
      of: findings, suspicion: (0..<Self.count).map { $0 < flagged ? 0.9 : 0.1 })
  }

  @Test func oneAttackIsToldOnceWithItsTimeAndPlace() throws {
    let found = incidents([
      finding("B1", .burst, 0..<40, q: 1e-40), finding("S1", .source, 0..<30, q: 1e-30),
      finding("C1", .component, 2..<60), finding("F1", .flips, 1..<45, label: 2),
      finding("T1", .trigger, 0..<50, label: 2, q: 1e-20),
    ])
    let incident = try #require(found.first)
    #expect(found.count == 1)
    #expect(incident.id == "I1" && incident.head == .trigger && incident.label == 2)
    #expect(incident.findings.first == "T1" && Set(incident.findings) == ["T1", "F1", "C1", "B1", "S1"])
    #expect(incident.when == "what B1 says" && incident.origin == "what S1 says")
    #expect(incident.sentence == "what T1 says")
    #expect(incident.members.map { Int($0) } == Array(0..<60) && incident.flagged == 60)
  }

  /// A wide range that holds some of a trigger's samples and more that are none explains more of them, and worse.
  @Test func theHeadIsTheTriggerOfTheStrongestEvidence() throws {
    let found = incidents([
      finding("T1", .trigger, 0..<20, label: 1, q: 1e-12), finding("O1", .outliers, 150..<170, q: 1e-8),
      finding("T2", .trigger, 5..<60, label: 1, q: 1e-5),
    ])
    #expect(found.map(\.findings) == [["T1", "T2"], ["O1"]])
    #expect(found.first?.qValue == 1e-12 && found.first?.sentence == "what T1 says")
  }

  /// Wrong labels that two triggers have in common do not make one attack of them.
  @Test func twoTriggersStayTwoAttacks() {
    let found = incidents([
      finding("T1", .trigger, 0..<30, label: 1), finding("T2", .trigger, 30..<50, label: 3),
      finding("F1", .flips, 0..<50),
    ])
    #expect(found.map(\.findings) == [["T1", "F1"], ["T2"]])
  }

  @Test func groupsOfCopiesWithinOneComponentAreOneIncident() {
    let found = incidents([
      finding("D1", .duplicates, 0..<7, label: 1), finding("D2", .duplicates, 10..<17, label: 1),
      finding("D3", .duplicates, 90..<97, label: 1), finding("C1", .component, 0..<47, label: 1),
    ])
    #expect(found.map { Set($0.findings) } == [["D1", "D2", "C1"], ["D3"]])
  }

  @Test func whatIsNotFlaggedStandsAlone() {
    let found = incidents([finding("C1", .component, 0..<20), finding("C2", .component, 0..<20)], flagged: 0)
    #expect(found.count == 2 && found.allSatisfy { $0.flagged == 0 })
    #expect(incidents([]).isEmpty)
  }

  /// Of items that explain the holders equally, the smallest is told.
  @Test func theMostSpecificItemIsTheHead() {
    let blend = TriggerItem.blend(height: 1, width: 1, values: [9])
    let patch = TriggerItem.patch(row: 0, column: 0, height: 1, width: 1, values: [9])
    let found = incidents([
      finding("T1", .trigger, 0..<50, q: 1e-40, item: blend),
      finding("T2", .trigger, 0..<45, q: 1e-20, item: patch),
    ])
    #expect(found.map(\.findings) == [["T2", "T1"]])
    let apart = incidents([
      finding("T1", .trigger, 0..<50, q: 1e-40, item: blend),
      finding("T2", .trigger, 0..<20, q: 1e-20, item: patch),
    ])
    #expect(apart.map(\.findings) == [["T1", "T2"]])
  }

  /// Whatever the findings are: each is in one incident, ids number the incidents, the first code of a sample is of the
  /// incident of most evidence that holds it, and the order of the samples changes nothing.
  @Test(arguments: 1...200) func everyFindingIsInOneIncident(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let kinds = Finding.Kind.allCases
    let findings = (0..<random.below(12)).map { number in
      let start = random.below(Self.count - 40)
      return finding(
        "X\(number)", kinds[random.below(kinds.count)], start..<start + 1 + random.below(40),
        label: Int32(random.below(4)) - 1, q: random.below(4) == 0 ? nil : random.uniform() * 1e-3)
    }
    let flagged = random.below(Self.count)
    let found = incidents(findings, flagged: flagged)
    #expect(found.flatMap(\.findings).sorted() == findings.map(\.id).sorted())
    #expect(found.map(\.id) == found.indices.map { "I\($0 + 1)" })
    let codes = Incident.codes(found, count: Self.count)
    for row in 0..<Self.count {
      #expect(Int(codes[row]) == found.firstIndex { $0.members.contains(Int32(row)) } ?? -1)
    }
    for incident in found {
      #expect(Array(incident.members) == Array(Set(incident.members)).sorted())
      #expect(incident.flagged == incident.members.count { $0 < flagged })
    }
  }
}

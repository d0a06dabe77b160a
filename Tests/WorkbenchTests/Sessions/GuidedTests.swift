import Model
import Scanning
import Testing
import Workbench

/// Who follows what the dashboard proposes marks no clean sample as poisoned.
@Suite struct GuidedTests {
  static let count = 200

  /// A table of which `flagged` rows are flagged, and one finding over most of it.
  static func samples(_ kind: Finding.Kind, flagged: Set<Int>, members: Range<Int> = 0..<180) -> CaseSamples {
    var report = MadeUpCase.table.material(count: count).report
    report.suspicion = Column((0..<count).map { flagged.contains($0) ? 0.9 : 0.1 })
    report.suggestedLabels = Column(
      (0..<count).map { flagged.contains($0) ? 1 - max(0, report.labels[$0]) : -1 })
    report.findings = [
      Finding(
        id: "X1", kind: kind, attack: "label-flip", sentence: "a group", label: 0, statisticName: "z",
        statistic: 9, pValue: 1e-9, qValue: 1e-8, members: Column(members.map(Int32.init)))
    ]
    return CaseSamples(
      report: report, payloads: MadeUpPayloads(kind: .table, count: count), version: MadeUpCase.version)
  }

  /// Opens every proposed step and presses the keys that it names, yes included.
  @Test(arguments: Finding.Kind.allCases, [[], [3], [3, 70, 199]] as [Set<Int>])
  func theKeysThatAreProposedHitFlaggedSamplesOnly(_ kind: Finding.Kind, _ flagged: Set<Int>) throws {
    let samples = Self.samples(kind, flagged: flagged)
    for place in Desk(samples).state.suggestedSteps.indices {
      var desk = Desk(samples)
      let step = desk.state.suggestedSteps[place]
      desk.press((place > 0 ? "\(place)j" : "") + "<Enter>")
      #expect(desk.state.context == .queue)
      #expect(step.keys.isEmpty || step.text.contains(step.keys))
      desk.press(step.keys.filter { $0 != " " } + (step.keys.isEmpty ? "" : "y"))
      let poisoned = (0..<Self.count).filter { desk.verdict($0) == .poisoned }
      #expect(Set(poisoned).isSubset(of: flagged), "\(step.text)")
      if step.keys == "* gp" {
        #expect(Set(poisoned) == flagged.intersection(0..<180))
        #expect(desk.journal.last?.by == "finding X1 & suspicion >= 0.5")
      }
    }
  }

  @Test(arguments: Finding.Kind.allCases)
  func theProposalFitsTheKind(_ kind: Finding.Kind) throws {
    var desk = Desk(Self.samples(kind, flagged: [3, 70, 199]))
    let step = try #require(desk.state.suggestedSteps.first)
    switch kind {
    case .trigger, .duplicates, .scaling:
      #expect(step.text == "X1: check 2 flagged, * gp")
    case .flips:
      #expect(step.text == "X1: check 180 labels; R, gR relabel" && step.keys == "R")
    case .component, .labelPair, .source, .burst, .outliers, .leakage:
      #expect(step.text == "X1: look at 180 samples, one by one" && step.keys.isEmpty)
    }
    #expect(desk.line(0...23).contains(step.text), "it is read whole at 80 columns")
    // Selected from the list of findings, the group does not offer the key for all of it either.
    desk.press("T*")
    #expect(desk.line(0...23).contains("gp poisoned") == (step.keys == "* gp"))
    desk.press("<Esc>")
    #expect(desk.line(0...23).contains("gp all poisoned") == (step.keys == "* gp"))
    // Nor in the queue that the step opens; the question then says what speaks against it.
    desk.press("gu<Esc>D<Enter>*")
    #expect(
      desk.state.context == .queue && desk.state.selection.rows.count == (step.keys == "* gp" ? 2 : 180))
    #expect(desk.line(0...23).contains("gp poisoned") == (step.keys == "* gp"))
    desk.press("<Esc>")
    #expect(step.keys == "* gp" || !desk.line(0...23).contains("gp all poisoned"))
    desk.press("gp")
    let objection =
      kind == .flips ? "X1 is about wrong labels" : "X1 is a reason to look at each, no verdict on all."
    #expect(desk.line(0...23).contains(objection) == (step.keys != "* gp"))
  }

  /// As the workbench of a wine table was found: a one-way pair of labels with nearly all its members unflagged.
  @Test func aWholeGroupIsMarkedAgainstTheWarningOnly() throws {
    var desk = Desk(Self.samples(.labelPair, flagged: [3]))
    desk.press("T*gp")
    #expect(desk.line(0...23).contains("179 of the 180 selected lie below the flag threshold of 0.5"))
    #expect(desk.line(0...23).contains("(label "))
    desk.press("fy")
    #expect((0..<Self.count).filter { desk.verdict($0) == .poisoned } == [3])
    #expect(desk.journal.last?.by == "finding X1 & suspicion >= 0.5")
  }

  /// What is left of a group of wrong labels once all suggestions are taken is looked at.
  @Test func labelsWithoutASuggestionAreLookedAt() {
    var desk = Desk(Self.samples(.flips, flagged: [3, 70]))
    #expect(desk.state.suggestedSteps.first?.text == "X1: check 180 labels; R, gR relabel")
    desk.press("<Enter>*gRyD")
    #expect(desk.state.marks.decided == 2)
    #expect(desk.state.suggestedSteps.first?.text == "X1: look at 178 samples, one by one")
  }

  @Test func aTriggerWithoutFlaggedMembersIsLookedAt() {
    let desk = Desk(Self.samples(.trigger, flagged: []))
    #expect(desk.state.suggestedSteps.first?.text == "X1: look at 180 samples, one by one")
  }

  /// The number of flagged members that are open is that of a plain count, also of findings too large to be counted.
  @Test func openFlaggedMembersAreCounted() throws {
    let count = 6000
    var report = MadeUpCase.vectors.material(count: count).report
    report.findings = [
      Finding(
        id: "T1", kind: .trigger, attack: "backdoor", sentence: "all", statisticName: "z", statistic: 9,
        pValue: 1e-9, members: Column((0..<5000).map(Int32.init)))
    ]
    report.incidents = []
    let samples = CaseSamples(
      report: report, payloads: MadeUpPayloads(kind: .vectors, count: count), version: MadeUpCase.version)
    var desk = Desk(samples)
    desk.press("Qp3jc:sort suspicion asc<Enter>gga")
    let open = (0..<5000).count {
      report.suspicion[$0] >= Report.flagThreshold && desk.verdict($0) == nil
    }
    #expect(open < (0..<5000).count { report.suspicion[$0] >= Report.flagThreshold })
    #expect(desk.state.suggestedSteps.first?.text == "T1: check \(grouped(open)) flagged, * gp")
  }

  private func grouped(_ number: Int) -> String { "\(number / 1000),\(String(number).suffix(3))" }
}

extension Desk {
  /// Lines of the screen as they are drawn, joined by spaces.
  func line(_ rows: ClosedRange<Int>) -> String { rows.map(line).joined(separator: " ") }
}

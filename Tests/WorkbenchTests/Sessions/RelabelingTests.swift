import Model
import Review
import Testing
import Workbench

/// Each selected sample gets the label that is suggested for it, in one stroke.
@Suite struct RelabelingTests {
  /// Pictures for which two labels are suggested.
  private var samples: CaseSamples {
    var report = MadeUpCase.images.material().report
    report.suggestedLabels = Column(
      (0..<report.count).map { row in
        guard row % 12 == 2 || row % 12 == 3 else { return -1 }
        return (report.labels[row] + Int32(row % 12 - 1)) % 3
      })
    return CaseSamples(
      report: report, payloads: MadeUpPayloads(kind: .images, count: report.count),
      version: MadeUpCase.version)
  }

  /// Rows with a suggested label, by that label.
  private func suggested(_ desk: Desk) -> [String: [Int]] {
    Dictionary(
      grouping: (0..<MadeUpCase.standardCount).filter { desk.state.material.suggestedLabel(of: $0) != nil }
    ) { desk.state.material.suggestedLabel(of: $0) ?? "" }
  }

  @Test func everySampleGetsItsOwnLabel() {
    var desk = Desk(samples)
    let wanted = suggested(desk)
    #expect(wanted.count > 1, "or nothing is tested")
    desk.press("Q*gR")
    let text = desk.line(0...23)
    #expect(text.contains("Relabel ") && text.contains(" as suggested?"))
    #expect(text.contains("have no suggested label: left out"))
    let first = wanted.min { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    let given = first?.value.first.flatMap { desk.state.material.label(of: $0) }
    #expect(
      text.contains("\(given ?? "") › \(first?.key ?? ""): "), "the matrix of given and suggested labels")
    desk.press("y")
    for (label, rows) in wanted {
      for row in rows { #expect(desk.verdict(row) == .relabel(label)) }
    }
    let count = wanted.values.reduce(0) { $0 + $1.count }
    #expect(desk.state.marks.decided == count)
    #expect(desk.journal.decisions.count == wanted.count, "one decision a label")
    #expect(desk.message.hasPrefix("\(count) samples marked RELABEL as suggested"))
    #expect(desk.state.selection.rows.isEmpty)
    // One step back, one step forth.
    desk.press("u")
    #expect(desk.state.marks.decided == 0)
    #expect(desk.message == "RELABEL as suggested undone: \(count) samples")
    desk.press("<C-r>")
    #expect(desk.state.marks.decided == count)
    #expect(desk.message == "\(count) samples marked RELABEL as suggested (u undoes)")
    #expect(desk.journal.decisions.count == 3 * wanted.count)
    desk.press("u")
    #expect(desk.state.marks.decided == 0)
    desk.press("Qp")
    #expect(desk.state.marks.decided == 1)
    #expect(desk.state.review == desk.journal.fold)
  }

  /// To repeat a relabel as suggested gives the next sample its own label, to repeat one that was chosen the same label.
  @Test func repeatingGivesEachSampleItsOwnLabel() {
    var desk = Desk(samples)
    let wanted = suggested(desk)
    let rows = wanted.values.flatMap(\.self)
    desk.press("Q&not suggested = none<Enter>R" + String(repeating: ".", count: rows.count - 1))
    for (label, rows) in wanted { #expect(rows.allSatisfy { desk.verdict($0) == .relabel(label) }) }
    desk.press("g&&suggested = none<Enter>:relabel \(desk.state.material.report.facts.classes[0])<Enter>..")
    let chosen = (0..<MadeUpCase.standardCount).filter { !rows.contains($0) }.compactMap { desk.verdict($0) }
    #expect(chosen.count == 3 && Set(chosen).count == 1)
  }

  @Test func earlierVerdictsAreKept() throws {
    var desk = Desk(samples)
    let row = try #require(suggested(desk).values.first?.first)
    desk.press("Q&id = \(MadeUpCase.images.id(row))<Enter>c&<Enter>*gRy")
    #expect(desk.verdict(row) == .clean)
    desk.press("*gRoy")
    #expect(desk.verdict(row) == desk.state.material.suggestedLabel(of: row).map { .relabel($0) })
  }

  @Test func withoutASuggestionThereIsNothingToAsk() {
    var desk = Desk(samples)
    desk.press("Q&suggested = none<Enter>*gR")
    #expect(desk.state.prompt == nil)
    #expect(desk.message.hasPrefix("no label is suggested"))
  }

  @Test func aFailureInTheMiddleLeavesWhatIsWritten() {
    var desk = SlowDesk(samples)
    desk.answerAll()
    desk.press("Q")
    desk.answerAll()
    desk.press("*gRy")
    desk.answerAll()
    func asked() -> Decision? {
      desk.takeEffects().compactMap { if case .append(let decision) = $0 { decision } else { nil } }.last
    }
    guard var first = asked() else { return #expect(Bool(false), "nothing is written") }
    first.sequence = 1
    desk.send(.saved(first, after: []))
    #expect(asked() != nil && desk.state.session.isSaving)
    desk.send(.saveFailed(SaveFailure(reason: "busy", canBeTriedAgain: true)))
    #expect(desk.state.review.decisions == [first])
    #expect(!desk.state.session.isSaving && asked() == nil)
  }
}

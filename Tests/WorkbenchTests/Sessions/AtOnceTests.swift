import Model
import Review
import Testing
import Workbench

/// Ranges, repetition, notes and decisions by a condition.
@Suite struct AtOnceTests {
  @Test func aRangeIsSelectedFromWhereItBegan() {
    var desk = Desk()
    desk.press("Q3jv4j")
    #expect(desk.state.selection.rows.isEmpty, "not before it ends")
    #expect(desk.line(1...22).filter { $0 == "*" }.count == 5, "but it is shown")
    desk.press("v")
    #expect(Set(desk.state.selection.rows) == Set(desk.rows[3...7]))
    // Upward, and taken by the key that decides.
    desk.press("guGvkk" + "gp")
    #expect(Set(desk.state.selection.rows) == Set(desk.rows.suffix(3)))
    desk.press("<Esc>guggvjj<Esc>gp")
    #expect(desk.state.selection.rows.isEmpty && desk.message.hasPrefix("nothing is selected"))
  }

  @Test func theLastVerdictIsRepeated() {
    var desk = Desk()
    desk.press("Q.")
    #expect(desk.journal.decisions.isEmpty && desk.message.hasPrefix("no decision to repeat"))
    desk.press("c..jr2.")
    #expect(
      desk.journal.decisions.map(\.act)
        == [.verdict(.clean), .verdict(.clean), .verdict(.clean)]
        + Array(repeating: .verdict(.relabel("dog")), count: 2))
    #expect(Set(desk.journal.decisions.flatMap(\.samples)).count == 5)
  }

  @Test func aNoteStandsWithTheVerdict() {
    var desk = Desk()
    desk.press("Q<Enter>i")
    #expect(desk.line(23).contains("note:"))
    desk.press("looks \u{202E}pasted<Enter>")
    #expect(desk.journal.decisions.isEmpty && desk.message.contains("goes with the verdict"))
    desk.press("p")
    #expect(desk.journal.last?.note == "looks \u{202E}pasted")
    // On a sample with a verdict it is written at once, and the cursor stays.
    desk.press("kisecond thought<Enter>")
    #expect(desk.cursor == 0)
    #expect(desk.journal.last?.act == .verdict(.poisoned) && desk.journal.last?.note == "second thought")
    desk.press("<Tab><Tab>")
    #expect(desk.line(0...23).contains("second thought"))
    // It goes with no other sample.
    desk.press("jinever<Enter>jc")
    #expect(desk.journal.last?.note == nil)
  }

  @Test func aConditionIsEnoughToDecide() {
    var desk = Desk()
    desk.press(":mark poisoned where rank <= 5 and label = dog<Enter>")
    let wanted = (0..<MadeUpCase.standardCount).filter {
      (desk.state.summary?.rank[$0] ?? 99) < 5 && desk.state.material.label(of: $0) == "dog"
    }
    #expect(desk.line(0...23).contains("Mark \(wanted.count) samples as POISONED?"))
    desk.press("y")
    #expect((0..<MadeUpCase.standardCount).filter { desk.verdict($0) == .poisoned } == wanted)
    #expect(desk.journal.last?.by == "rank <= 5 and label = dog")
    desk.press(":mark relabel 船 boat where suggested = cat<Enter>y")
    #expect(desk.journal.last?.act == .verdict(.relabel("船 boat")))
    for wrong in ["poisoned", "poisoned where", "nice where rank < 3", "relabel bird where rank < 3"] {
      let before = desk.journal.decisions.count
      desk.press("<Esc>:mark \(wrong)<Enter>")
      #expect(desk.state.messages.weight == .error, "\(wrong)")
      #expect(desk.state.prompt == nil && desk.journal.decisions.count == before)
    }
    desk.press("<Esc>:mark clean where rank > 999<Enter>")
    #expect(desk.message.hasPrefix("no sample meets"))
  }
}

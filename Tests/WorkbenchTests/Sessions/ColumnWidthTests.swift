import Model
import Screen
import Testing
import Workbench

/// Columns of the list: wider, narrower, hidden, and as they were in the next session.
@Suite struct ColumnWidthTests {
  /// Columns of the screen from the heading of the ids to the next one.
  private func idWidth(_ desk: Desk) -> Int? {
    let line = Array(desk.line(1))
    func place(of word: String) -> Int? { line.indices.first { line[$0...].starts(with: Array(word)) } }
    guard let start = place(of: "id"), let next = place(of: "susp.") else { return nil }
    return next - start
  }

  @Test func aColumnIsWidenedFromWhatItIs() throws {
    var desk = Desk()
    desk.press("Q:sort id<Enter>")
    let before = try #require(idWidth(desk))
    desk.press("3>")
    #expect(try #require(idWidth(desk)) == before + 6)
    desk.press("<lt>")
    #expect(try #require(idWidth(desk)) == before + 4)
    desk.press("999<lt>")
    #expect(desk.state.views.columnWidths[.id] == 1)
    desk.press("999>999>")
    #expect(desk.state.views.columnWidths[.id] == 200)
    #expect(FrameCheck.problem(in: FrameCheck.frame(desk.state)) == nil)
  }

  /// A column takes what its names need: no name is cut while another column has room to spare.
  @Test(arguments: [100, 120, 160, 200])
  func namesAreWholeWhereThereIsRoom(_ width: Int) throws {
    var report = MadeUpCase.images.material().report
    report.facts.classes = ["airplane", "automobile", "ox"]
    report.suggestedLabels = Column(
      report.suggestedLabels.indices.map { $0 % 5 == 0 ? 1 : report.suggestedLabels[$0] })
    let samples = CaseSamples(
      report: report, payloads: MadeUpPayloads(kind: .images, count: MadeUpCase.standardCount),
      version: MadeUpCase.version)
    var desk = Desk(samples, size: ScreenSize(height: 40, width: width))
    desk.press("Q")
    let text = desk.session.frame().text()
    #expect(text.contains("automobile") && !text.contains("automobi…"))
    // A relabelled sample has two names.
    desk.press("r3")
    #expect(desk.session.frame().text().contains("automobile>ox"))
  }

  @Test func columnsAreHiddenButForTheLast() {
    var desk = Desk()
    desk.press("Q")
    let all = RowColumn.all(in: desk.state.material)
    desk.press("99h-")
    #expect(desk.state.views.columns == Array(all.dropFirst()))
    #expect(desk.state.views.main.column == all[1], "the cursor is on the next one")
    #expect(desk.message == "rank hidden: :columns shows all again")
    for _ in all { desk.press("-") }
    #expect(desk.state.views.columns?.count == 1)
    #expect(desk.message == "the last column cannot be hidden")
    desk.press(":columns<Enter>")
    #expect(desk.state.views.columns == nil)
  }

  @Test func soDoesTheColumnOfTags() {
    let shown = [RowColumn.id, .tag]
    let columns = ViewMemory.Columns(
      shown: shown.map { $0.name(in: Desk().state.material) }, widths: ["tag": 12])
    let desk = Desk(memory: ViewMemory(main: Desk().state.memory.main, columns: columns))
    #expect(desk.state.views.columns == shown && desk.state.views.columnWidths == [.tag: 12])
  }

  @Test func theNextSessionHasThemAsTheyWere() throws {
    var first = Desk()
    first.press("Q99h-:sort label<Enter>2>gq")
    let memory = try #require(
      first.journal.others.compactMap { if case .saveView(let memory) = $0 { memory } else { nil } }.last)
    var second = Desk(memory: memory)
    second.press("Q")
    #expect(second.state.views.columns == first.state.views.columns)
    #expect(second.state.views.columnWidths == first.state.views.columnWidths)
    #expect(second.state.views.columnWidths[.label] != nil)
    // Of another case what it does not have is left out.
    let other = Desk(
      .vectors,
      memory: ViewMemory(
        main: memory.main,
        columns: .init(
          shown: ["id", "nonsense", "label"], widths: ["nonsense": 9, "label": 99_999])))
    #expect(other.state.views.columns == [.id, .label])
    #expect(other.state.views.columnWidths == [.label: 200])
  }
}

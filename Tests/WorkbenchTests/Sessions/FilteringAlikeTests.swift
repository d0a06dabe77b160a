import Testing
import Workbench

@Suite struct FilteringAlikeTests {
  @Test(arguments: MadeUpCase.allCases) func whatIsShownIsAsTheSampleUnderTheCursor(_ kind: MadeUpCase) {
    var desk = Desk(kind)
    desk.press("Qp")
    let (samples, material) = (desk.samples, desk.state.material)
    let row = desk.rows[desk.cursor]
    for (index, column) in RowColumn.all(in: material).enumerated() {
      desk.press("99h" + (index > 0 ? "\(index)l" : "") + ",")
      let isData = if case .data = column { true } else { false }
      let isGrouped = column.kind == .name || column == .cluster || isData
      #expect(desk.state.currentQueue?.filters.count == (isGrouped ? 1 : 0), "\(column)")
      #expect(desk.rows.contains(row))
      if column == .label {
        #expect(desk.rows.allSatisfy { material.label(of: $0) == material.label(of: row) })
        #expect(desk.rows.count < MadeUpCase.standardCount)
      }
      if case .data(let place, _) = column {
        #expect(
          desk.rows.allSatisfy { samples.columns.cell(place, at: $0) == samples.columns.cell(place, at: row) }
        )
      }
      if !isGrouped { #expect(desk.message.hasSuffix("cannot be grouped: & filters by a condition")) }
      desk.press("<Esc>" + (isGrouped ? "g&" : ""))
    }
  }
}

import Model
import Review
import Testing
import Workbench

/// Filters, sorting, search.
@Suite struct FindingAndOrderTests {
  private func rows(_ kind: MadeUpCase, where isIn: (Int) -> Bool) -> [Int] {
    (0..<MadeUpCase.standardCount).filter(isIn)
  }

  @Test func filtersStackPopAndClear() {
    var desk = Desk()
    desk.press("Q&label = dog<Enter>")
    let dogs = desk.rows
    #expect(Set(dogs) == Set(rows(.images) { desk.state.material.label(of: $0) == "dog" }))
    desk.press("&suspicion < 0.5<Enter>&source = web<Enter>")
    #expect(desk.rows.allSatisfy { desk.state.material.source(of: $0) == "web" && $0 % 6 != 5 })
    #expect(desk.state.currentQueue?.filters.count == 3)
    desk.press("g&g&")
    #expect(desk.rows == dogs)
    desk.press("&suspicion < 0.5<Enter>&<Enter>")
    #expect(desk.rows.count == MadeUpCase.standardCount)
    desk.press("g&")
    #expect(desk.message == "no condition to remove")
  }

  @Test func aWrongFilterStaysAtThePrompt() {
    var desk = Desk()
    desk.press("Q&lable = dog<Enter>")
    guard case .line(let line)? = desk.state.prompt else { return #expect(Bool(false), "no prompt") }
    #expect(line.error?.message == "no column lable; did you mean label?")
    #expect(line.error?.offset == 0)
    #expect(desk.rows.count == MadeUpCase.standardCount)
    desk.press("<C-u><C-k>label = dog<Enter>")
    #expect(desk.state.prompt == nil)
    #expect(desk.rows.count < MadeUpCase.standardCount)
  }

  @Test func verdictsCountWhenTheQueueIsMadeAgain() {
    var desk = Desk()
    desk.press("Q&verdict = none<Enter>")
    let before = desk.rows
    desk.press("pp")
    #expect(desk.rows == before, "nothing moves under the cursor")
    #expect(desk.cursor == 2)
    desk.press("=")
    #expect(desk.rows == Array(before.dropFirst(2)))
    #expect(desk.cursor == 0, "still on the same sample")
  }

  @Test(arguments: MadeUpCase.allCases)
  func everyColumnSortsBothWays(_ kind: MadeUpCase) {
    var desk = Desk(kind)
    desk.press("Qpjcjs")
    let oracle = SortOracle(state: desk.state, samples: desk.samples)
    for (index, column) in RowColumn.all(in: desk.state.material).enumerated() {
      desk.press("99h" + (index > 0 ? "\(index)l" : ""))
      #expect(desk.state.currentQueue?.column == column)
      for (key, descending) in [("[", false), ("]", true)] {
        let kept = desk.state.currentRow
        desk.press(key)
        #expect(desk.state.currentQueue?.sort == Sort(column: column, descending: descending))
        #expect(
          desk.rows == oracle.sorted(by: column, descending: descending),
          "\(column.name(in: desk.state.material)) \(key)")
        #expect(desk.state.currentRow == kept, "the cursor stays on its sample")
      }
    }
  }

  @Test func sortAtThePromptTakesRawScoresToo() {
    var desk = Desk()
    let oracle = SortOracle(state: desk.state, samples: desk.samples)
    for index in desk.state.material.detectors.indices {
      let name = RowColumn.raw(index).name(in: desk.state.material)
      desk.press("Q:sort \(name)<Enter>")
      #expect(desk.rows == oracle.sorted(by: .raw(index), descending: true))
      desk.press(":sort \(name) asc<Enter>")
      #expect(desk.rows == oracle.sorted(by: .raw(index), descending: false))
    }
    desk.press(":order diverse<Enter>")
    #expect(desk.rows == oracle.sorted(by: .diverse, descending: true))
    desk.press(":sort text<Enter>")
    #expect(desk.message.hasPrefix("no column text to sort by"))
    desk.press("<Esc>:sort suspicoin<Enter>")
    #expect(desk.message.contains("did you mean suspicion?"))
  }

  // MARK: Search

  @Test func searchGoesOnAroundTheEnd() {
    var desk = Desk()
    desk.press("Q:sort id<Enter>gg/IMG-3<Enter>")
    // img-3 and img-30 ... img-39; the search begins below the cursor.
    let hits = desk.rows.indices.filter { desk.state.material.report.ids[desk.rows[$0]].hasPrefix("img-3") }
    let (first, last) = (hits[0], hits[hits.count - 1])
    #expect(hits.count > 8)
    #expect(desk.cursor == first)
    for hit in hits.dropFirst() {
      desk.press("n")
      #expect(desk.cursor == hit)
    }
    desk.press("n")
    #expect(desk.cursor == first)
    #expect(desk.message.contains("wrapping around"))
    desk.press("N")
    #expect(desk.cursor == last)
    desk.press("N")
    #expect(desk.cursor == hits[hits.count - 2])
    #expect(!desk.message.contains("wrapping around"))
    desk.press("/nowhere<Enter>")
    #expect(desk.cursor == hits[hits.count - 2])
    #expect(desk.message == "not found: nowhere")
  }

  @Test func searchLooksIntoTheSample() {
    var desk = Desk(.texts)
    desk.press("Q:sort id<Enter>gg/日本語<Enter>")
    #expect(desk.state.currentRow == 8)
    desk.press("/上海<Enter>")
    #expect(desk.state.currentRow.flatMap { desk.state.material.source(of: $0) } == "上海")
    var table = Desk(.table)
    table.press("Q:sort id<Enter>gg/PERSON 17<Enter>")
    #expect(table.state.currentRow == 17)
  }

  @Test func whatIsFoundIsFoundInTheOrderOfNow() {
    var desk = SlowDesk()
    desk.answerAll()
    desk.press("Q/img-40<Enter>:sort id desc<Enter>")
    desk.answerAll()
    #expect(desk.state.currentRow == 40)
  }

  @Test func aNumberGoesToAPlaceAndAWordToAnId() {
    var desk = Desk()
    desk.press("Q:17<Enter>")
    #expect(desk.cursor == 16)
    desk.press(":goto img-31<Enter>")
    #expect(desk.state.currentRow == 31)
    desk.press("23Ggg7gg")
    #expect(desk.cursor == 6)
    desk.press("G")
    #expect(desk.cursor == MadeUpCase.standardCount - 1)
  }

  /// The id itself before ids, texts and cells that hold it, wherever the cursor stands, on the sample itself too.
  @Test(arguments: [MadeUpCase.texts, .table, .vectors])
  func anIdIsGoneTo(_ kind: MadeUpCase) {
    var desk = Desk(kind)
    desk.press("Q:sort id<Enter>")
    for row in [1, 2, 1, 40, 40, 3, 13] {
      desk.press(":goto \(kind.id(row))<Enter>")
      #expect(desk.state.currentRow == row, "\(kind.id(row))")
    }
    desk.press(":goto \(kind.id(13).dropLast())<Enter>")
    #expect(desk.state.currentRow == 1, "a part of an id is the whole of another")
  }
}

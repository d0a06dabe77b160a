import Model
import Testing
import Workbench

/// The line that is typed: editing, history, completion.
@Suite struct PromptTests {
  private func line(_ desk: Desk) -> LinePrompt? {
    if case .line(let line)? = desk.state.prompt { line } else { nil }
  }

  @Test(arguments: [
    ("abc", "abc", 3), ("abc<Left><Left>X", "aXbc", 2), ("abc<Home>X<End>Y", "XabcY", 5),
    ("abc<Backspace><Backspace>", "a", 1), ("abc<Home><Delete>", "bc", 0), ("one two <C-w>", "one ", 4),
    ("one two<C-a><C-k>", "", 0), ("one two<Left><C-u>", "o", 0),
    ("a<Left><Left><Right><Right><Right>b", "ab", 2),
    ("船<Left>a", "a船", 1), ("abc<C-b><C-d>", "ab", 2), ("abc<F5><PageUp>", "abc", 3),
  ])
  func isEdited(_ keys: String, _ text: String, _ cursor: Int) {
    var desk = Desk()
    desk.press("Q/" + keys)
    #expect(line(desk)?.string == text)
    #expect(line(desk)?.cursor == cursor)
  }

  @Test(
    arguments: [":", "/", "&"], ["<Esc>", "<C-c>", "<Backspace>", "ab<Backspace><Backspace><Backspace>"])
  func isLeft(_ mark: String, _ keys: String) {
    var desk = Desk()
    desk.press("Q" + mark)
    #expect(line(desk)?.mark == mark)
    desk.press(keys)
    #expect(desk.state.prompt == nil)
    #expect(desk.state.currentQueue?.filters.isEmpty == true)
  }

  @Test func remembersWhatWasTyped() {
    var desk = Desk()
    desk.press("Q/img-3<Enter>/img-4<Enter>/img-3<Enter>:sort id<Enter>")
    desk.press("/<Up>")
    #expect(line(desk)?.string == "img-3", "the newest, once")
    desk.press("<Up>")
    #expect(line(desk)?.string == "img-4")
    desk.press("<Up>")
    #expect(line(desk)?.string == "img-4", "there is no older one")
    desk.press("<Down><Down>")
    #expect(line(desk)?.string == "")
    desk.press("<Esc>:<Up>")
    #expect(line(desk)?.string == "sort id", "each kind of line has its own")
  }

  @Test func takesAPasteAsOneLine() {
    var desk = Desk()
    desk.press("Q&<Space>1<Left>")
    desk.session.send(.paste("label\n=\tcat\u{0}"))
    #expect(line(desk)?.string == " label = cat 1")
    desk.session.send(.paste(String(repeating: "x", count: 5000)))
    #expect(line(desk)?.text.count == 2000)
  }

  @Test func tabGoesAroundAndBack() {
    var desk = Desk()
    desk.press("Q:se<Tab>")
    #expect(line(desk)?.string == "search")
    desk.press("<Tab><Tab>")
    #expect(line(desk)?.string == "search-previous")
    desk.press("<Tab>")
    #expect(line(desk)?.string == "search")
    desk.press("<BackTab>")
    #expect(line(desk)?.string == "search-previous")
    desk.press("<C-u>zzz<Tab>")
    #expect(line(desk)?.string == "zzz", "nothing begins so")
  }

  @Test(arguments: [
    (":sort mar<Tab>", "sort margin"), (":relabel d<Tab>", "relabel dog"), (":write j<Tab>", "write jsonl"),
    ("&suspi<Tab>", "suspicion"), ("&not (lab<Tab>", "not (label"), ("&label <Tab>", "label ="),
    ("&label = d<Tab>", "label = dog"), ("&label=d<Tab>", "label=dog"),
    ("&label = dog a<Tab>", "label = dog and"),
    (":filter source = w<Tab>", "filter source = web"), ("&verdict = no<Tab>", "verdict = none"),
  ])
  func completesWhatMayFollow(_ keys: String, _ text: String) {
    var desk = Desk()
    desk.press("Q" + keys)
    #expect(line(desk)?.string == text)
  }

  /// Whatever Tab offers as a value is a condition that can be used, names with quotes and keywords included.
  @Test(arguments: MadeUpCase.allCases)
  func everyOfferedValueIsAConditionThatHolds(_ kind: MadeUpCase) throws {
    var desk = Desk(kind)
    desk.press("Q")
    let material = desk.state.material
    let marks = Marks(suspicion: material.report.suspicion)
    for column in RowColumn.all(in: material) where column.kind == .name {
      let values = CompiledFilter.nameValues(column, material)
      for place in values.indices {
        desk.press(
          "&\(column.name(in: material)) = " + String(repeating: "<Tab>", count: place + 1) + "<Enter>")
        #expect(desk.state.prompt == nil, "\(column) \(values[place])")
        let filter = try #require(desk.state.currentQueue?.filters.last)
        let held = filter.kept(ContiguousArray(0..<Int32(material.count)), desk.samples, marks).map(Int.init)
        #expect(held == expected(column, values[place], material), "\(filter.source)")
        desk.press("<Esc>&<Enter>")
      }
    }
  }

  private func expected(_ column: RowColumn, _ value: String, _ material: CaseMaterial) -> [Int] {
    (0..<material.count).filter { row in
      switch column {
      case .label: material.label(of: row) == value
      case .suggested: material.suggestedLabel(of: row) == value
      case .source: material.source(of: row) == value
      case .hypothesis: material.hypothesis(of: row) == value
      case .incident: material.incident(of: row)?.id == value
      case .finding: material.findings(of: row).contains { material.report.findings[$0].id == value }
      default: false
      }
    }
  }
}

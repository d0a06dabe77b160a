import Screen
import Testing
import Workbench

/// What stands beside a list follows the cursor once it rests, and is there at once after anything else.
@Suite struct PreviewTests {
  private static func desk() -> SlowDesk {
    var desk = SlowDesk(.images)
    desk.send(.resized(ScreenSize(height: 40, width: 120)))
    desk.answerAll()
    return desk
  }

  private static func text(_ desk: SlowDesk) -> String {
    var grid = Grid(height: 40, width: 120)
    view(desk.state, into: &grid)
    return grid.text()
  }

  private static func title(_ row: Int) -> String { "#\(MadeUpCase.images.id(row)) " }

  private static func isAwaited(_ effects: [Effect]) -> Bool {
    effects.contains { if case .awaitRest = $0 { true } else { false } }
  }

  @Test func theSampleBesideAQueueFollowsWhereTheCursorRests() throws {
    var desk = Self.desk()
    desk.press("Q")
    let first = try #require(desk.state.currentRow)
    #expect(!Self.isAwaited(desk.takeEffects()), "a screen that is opened shows it at once")
    desk.press("jj")
    let third = try #require(desk.state.currentRow)
    #expect(first != third && Self.text(desk).contains(Self.title(first)))
    #expect(Self.isAwaited(desk.takeEffects()))
    desk.send(.painted(at: desk.now))
    #expect(Self.text(desk).contains(Self.title(first)), "a frame is no rest")
    desk.send(.rested)
    #expect(Self.text(desk).contains(Self.title(third)))
  }

  @Test func aDecisionAndAnswersShowTheNextSampleAtOnce() throws {
    var desk = Self.desk()
    desk.press("Qj")
    desk.press("p")
    desk.send(.saved(desk.takeSaved(), after: []))
    #expect(Self.text(desk).contains(Self.title(try #require(desk.state.currentRow))))
    desk.press("j:sort id<Enter>")
    desk.answerAll()
    #expect(Self.text(desk).contains(Self.title(try #require(desk.state.currentRow))))
  }

  @Test func soDoTheScatterAndTheIncidents() throws {
    var desk = Self.desk()
    desk.press("C")
    desk.answerAll()
    desk.press("gg")
    desk.send(.rested)
    let first = try #require(desk.state.previewedCell.row)
    desk.press("9l")
    #expect(desk.state.previewedCell.row == first && desk.state.views.scatter.currentRow != first)
    desk.send(.rested)
    #expect(desk.state.previewedCell.row == desk.state.views.scatter.currentRow)
    desk.press("T")
    let shown = desk.state.previewedFound
    desk.press("j")
    #expect(desk.state.previewedFound == shown && desk.state.currentFound != shown)
    desk.press("<Tab>")
    #expect(desk.state.previewedFound == desk.state.currentFound || Self.isAwaited(desk.takeEffects()))
  }

  /// What is read where nothing but text is written is never behind.
  @Test func aScriptSeesNoDelay() {
    var desk = Desk(.images, size: ScreenSize(height: 40, width: 120))
    desk.press("Qjjj")
    #expect(desk.state.previewedRow == desk.state.currentRow)
  }
}

import Testing
import Workbench

/// What stands beside a sample is counted when nothing else is to be done.
@Suite struct AsideTests {
  private static func titles(_ desk: SlowDesk) -> [String] { desk.work.map(\.request.title) }

  /// A histogram does not wait until the class of a sample is looked through, which is asked for again where it is seen.
  @Test func aScreenDoesNotWaitForAProfile() throws {
    var desk = SlowDesk(.table)
    desk.press("Q")
    while !desk.work.isEmpty { desk.answer() }
    desk.press("<Enter>")
    #expect(Self.titles(desk) == ["profiling the class"])
    desk.press("F")
    #expect(Self.titles(desk).last == "counting suspicion")
    // The answer to what was interrupted is no longer taken.
    desk.answer()
    #expect(desk.state.shownBins == nil && desk.state.jobs.title == "counting suspicion")
    desk.answer()
    #expect(desk.state.shownBins != nil && desk.state.jobs.title == "profiling the class")
    desk.answer()
    #expect(desk.work.isEmpty && desk.state.jobs.title == nil)
  }
}

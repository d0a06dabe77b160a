import Screen
import TestSupport
import Testing
import Workbench

/// Pictures of all screens: at 80x24 of every case, and of some at other sizes and on poorer terminals.
@Suite struct GoldenScreenTests {
  struct Picture: Sendable, CustomTestStringConvertible {
    var kind: MadeUpCase
    var screen: ScreenToSee
    var size: ScreenSize
    var capabilities = Capabilities.full

    var name: String {
      let terminal =
        capabilities == .full
        ? "" : (capabilities.unicode ? "" : "-ascii") + (capabilities.colors == .none ? "-mono" : "")
      return "\(kind.rawValue)-\(screen.rawValue)-\(size.width)x\(size.height)\(terminal)"
    }
    var testDescription: String { name }
  }

  private static func pictures(
    _ kind: MadeUpCase, _ screens: [ScreenToSee], _ width: Int, _ height: Int,
    _ capabilities: Capabilities = .full
  ) -> [Picture] {
    screens.map {
      Picture(
        kind: kind, screen: $0, size: ScreenSize(height: height, width: width), capabilities: capabilities)
    }
  }

  private static let chosen: [Picture] =
    pictures(.images, ScreenToSee.allCases, 80, 24)
    + pictures(
      .texts, [.dashboard, .queue, .review, .findings, .label, .sheet, .compare, .like], 80, 24)
    + pictures(.table, [.dashboard, .queue, .review, .findings, .sheet, .compare, .pivot], 80, 24)
    + pictures(.vectors, [.queue, .review, .findings], 80, 24)
    + pictures(.images, [.dashboard, .review, .scatter, .split, .brush, .bulk], 60, 16)
    + pictures(.texts, [.queue, .findings], 60, 16)
    + pictures(.images, [.dashboard, .queue, .review], 120, 40)
    + pictures(.table, [.review, .findings], 120, 40)
    + pictures(.images, [.queue, .review, .sheet], 200, 60)
    + pictures(.table, [.queue], 200, 60) + pictures(.images, [.sheet, .pivot, .crossed], 60, 16)
    + pictures(.texts, [.dashboard], 200, 60)
    + pictures(.images, [.dashboard, .queue, .review, .histogram, .scatter, .bulk, .sheet], 80, 24, .plain)
    + pictures(.images, [.split, .scores, .box, .lasso, .timeline, .brush], 80, 24, .plain)
    + pictures(.table, [.scatter, .split, .timeline, .widths], 120, 40)
    + pictures(.texts, [.scores, .brush], 200, 60)
    + pictures(.images, [.scatter, .histogram, .brush], 80, 24, Capabilities(unicode: true, colors: .none))
    + pictures(.texts, [.review], 80, 24, Capabilities(unicode: false, colors: .eight))
    + pictures(.images, [.review], 59, 15)
    + pictures(.texts, [.tags, .disputes, .blindReview], 80, 24) + pictures(.table, [.disputes], 120, 40)
    + pictures(.images, [.disputes, .bookmarks], 60, 16) + pictures(.images, [.disputes], 200, 60)

  /// A screen of each kind.
  private static let kinds: [ScreenToSee] = [
    .dashboard, .queue, .review, .sheet, .compare, .findings, .histogram, .scatter, .timeline, .pivot, .log,
    .help,
  ]

  /// Each kind of screen at four sizes in color, in black and white, and in ASCII.
  private static let matrix: [Picture] = {
    let terminals = [Capabilities.full, Capabilities(unicode: true, colors: .none), .plain]
    let sizes = [(60, 16), (80, 24), (120, 40), (200, 60)]
    let known = Set(chosen.map(\.name))
    return terminals.flatMap { terminal in
      sizes.flatMap { pictures(.images, kinds, $0.0, $0.1, terminal) }
    }.filter { !known.contains($0.name) }
  }()

  static let all = chosen + matrix

  @Test(arguments: all)
  func looksAsRecorded(_ picture: Picture) {
    var desk = Desk(
      picture.kind, size: picture.size, capabilities: picture.capabilities,
      beside: picture.screen.beside(picture.kind))
    desk.press(picture.screen.keys)
    expectSnapshot(picture.name, desk.session.frame())
  }

  @Test func namesOfPicturesDiffer() {
    #expect(Set(Self.all.map(\.name)).count == Self.all.count)
  }
}

import Model
import Review
import Screen
import Testing
import Workbench

/// The screens and prompts of the workbench, and the keys that lead to them.
enum ScreenToSee: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case dashboard, queue, review, neighbors, record, histogram, scatter, findings, log, help
  case label, bulk, filter, command, suggestion, expanded, relabeling, sheet, pivot, crossed, compare, like,
    patch, split, scores, box, lasso, timeline, brush, restricted, widths
  case tags, bookmarks, macros, disputes, settling, blindDashboard, blindQueue, blindReview

  var testDescription: String { rawValue }

  var keys: String {
    switch self {
    case .dashboard: ""
    case .queue: "Qjj<Space>c"
    case .review: "Q<Enter>p"
    case .neighbors: "Q<Enter><Tab>"
    case .record: "Q<Enter>pR<BackTab>k"
    case .histogram: "Fjh"
    case .scatter: "Cl+"
    case .findings: "Tj"
    case .log: "Qpcsu3jRr1T*gsyL"
    case .help: "Q?"
    case .label: "Q<Enter>r<Down>"
    case .bulk: "QcT*gp"
    case .filter: "Q&suspicion >= high<Enter>"
    case .command: "Q:s<Tab>"
    case .suggestion: "Qjjjjjjjj<Enter>"
    case .expanded: "T<Tab>jj"
    case .relabeling: "Q*gR"
    case .sheet: "Qjj<Space>cV"
    case .pivot: "Sj"
    case .crossed: "S<Tab><Tab>xjl"
    case .compare: "Qgd"
    case .like: "Qgl"
    case .patch: "Q<Enter>z"
    case .split: "Fxxjj"
    case .scores: "CXxx<Tab>j"
    case .box: "Cggv6l3j"
    case .lasso: "Cgggv9l<Space>5j<Space>6h"
    case .timeline: "W"
    case .brush: "Wxjgg3l[9l]"
    case .restricted: "Q&suspicion >= 0.2<Enter>C&source = web<Enter>"
    case .widths: "Qll5>l<lt>l-:sort id<Enter>"
    case .tags: "Qtcrop<Enter>jtask-vendor<Enter>tcrop<Enter>jpk"
    case .bookmarks: "Q5j<Enter>maqT<Enter>jmbSmcD'"
    case .macros: "QMapjMMbr1"
    case .disputes: "Aj"
    case .settling: "A<Enter>"
    case .blindDashboard: ":blind<Enter>"
    case .blindQueue: ":blind<Enter>Qjp"
    case .blindReview: ":blind<Enter>Qjp<Enter>"
    }
  }

  /// What other reviewers say, where the screen is of that.
  func beside(_ kind: MadeUpCase) -> [BesideJournal] {
    guard self == .disputes || self == .settling else { return [] }
    func journal(_ name: String, _ verdicts: [(ClosedRange<Int>, Verdict)]) -> BesideJournal {
      BesideJournal(
        name: name + ".jsonl",
        review: ReviewState(
          verdicts.enumerated().map { index, part in
            .made(UInt64(index + 1), by: name, on: part.0.map(kind.id), .verdict(part.1))
          }))
    }
    return [
      journal("bob", [(1...12, .clean), (13...18, .poisoned), (20...24, .relabel(kind.classes[0]))]),
      journal("eve", [(1...9, .clean), (10...16, .poisoned), (17...26, .unsure)]),
    ]
  }

  /// The line that is typed stands in the place of the status line.
  var hasStatusLine: Bool { self != .filter && self != .command }

  /// What the status line begins with.
  var context: Context {
    switch self {
    case .dashboard, .bookmarks, .blindDashboard: .dashboard
    case .queue, .filter, .command, .relabeling, .like, .widths, .tags, .macros, .disputes, .blindQueue:
      .queue
    case .sheet: .sheet
    case .pivot, .crossed: .pivot
    case .compare: .compare
    case .review, .neighbors, .record, .label, .suggestion, .patch, .settling, .blindReview: .review
    case .histogram, .split: .histogram
    case .scatter, .scores, .box, .lasso, .restricted: .scatter
    case .timeline, .brush: .timeline
    case .findings, .bulk, .expanded: .findings
    case .log: .log
    case .help: .help
    }
  }
}

import Screen
import Testing
import Workbench

/// A scripted session for every command: what leads to it, and the keys or the line that it is given by. It does
/// something that can be seen, and nothing of it is refused.
@Suite struct EveryCommandTests {
  struct Script {
    /// Typed before.
    var before: String
    /// The command itself.
    var keys: String
    /// A warning that it ends with, where it does so by intent.
    var warning: String?
    /// Long work waits.
    var isHeld = false
  }

  /// A command without a script does not compile.
  static func script(_ command: Command) -> Script {
    switch command {
    case .up: Script(before: "Qjj", keys: "k")
    case .down: Script(before: "Q", keys: "j")
    case .left: Script(before: "Qll", keys: "h")
    case .right: Script(before: "Q", keys: "l")
    case .first: Script(before: "QG", keys: "gg")
    case .last: Script(before: "Q", keys: "G")
    case .halfDown: Script(before: "Q", keys: "<C-d>")
    case .halfUp: Script(before: "QG", keys: "<C-u>")
    case .pageDown: Script(before: "Q", keys: "<C-f>")
    case .pageUp: Script(before: "QG", keys: "<C-b>")
    case .nextOpen: Script(before: "Qjpkk", keys: "}")
    case .previousOpen: Script(before: "Qjpj", keys: "{")
    case .nextPane: Script(before: "Q<Enter>", keys: "<Tab>")
    case .previousPane: Script(before: "Q<Enter>", keys: "<BackTab>")
    case .open: Script(before: "Q", keys: "<Enter>")
    case .back: Script(before: "Q", keys: "q")
    case .quit: Script(before: "", keys: "gq")
    case .goto: Script(before: "Q", keys: ":goto 7<Enter>")
    case .poisoned: Script(before: "Q", keys: "p")
    case .clean: Script(before: "Q", keys: "c")
    case .unsure: Script(before: "Q", keys: "s")
    case .relabel: Script(before: "Q", keys: "r1")
    case .suggested: Script(before: "Q8j", keys: "R")
    case .skip: Script(before: "Q<Enter>", keys: "<Space>")
    case .note: Script(before: "Q", keys: "ilooks odd<Enter>")
    case .undo: Script(before: "Qp", keys: "u")
    case .redo: Script(before: "Qpu", keys: "<C-r>")
    case .revert: Script(before: "QpcL", keys: "u")
    case .trust: Script(before: "", keys: "gt", warning: "all decisions of the journal count")
    case .repeatLast: Script(before: "Qp", keys: ".")
    case .tag: Script(before: "Q", keys: "tcrop<Enter>")
    case .untag: Script(before: "Qtcrop<Enter>", keys: ":untag crop<Enter>")
    case .blind: Script(before: "", keys: ":blind on<Enter>")
    case .toggle: Script(before: "Q", keys: "<Space>")
    case .range: Script(before: "Q", keys: "vjjv")
    case .all: Script(before: "Q", keys: "*")
    case .clear: Script(before: "Q*", keys: "gu")
    case .mark: Script(before: "Q", keys: ":mark clean where suspicion < 0.1<Enter>y")
    case .bulkPoisoned: Script(before: "T*", keys: "gpy")
    case .bulkClean: Script(before: "Q*", keys: "gcy")
    case .bulkRelabel: Script(before: "Q*", keys: "gr1y")
    case .bulkSuggested: Script(before: "Q*", keys: "gRy")
    case .bulkUnsure: Script(before: "Q*", keys: "gsy")
    case .bulkTag: Script(before: "Q*", keys: "gTcrop<Enter>")
    case .bulkUntag: Script(before: "Q*gTcrop<Enter>*", keys: ":bulk-untag crop<Enter>")
    case .filter: Script(before: "Q", keys: "&suspicion > 0.5<Enter>")
    case .popFilter: Script(before: "Q&suspicion > 0.5<Enter>", keys: "g&")
    case .alike: Script(before: "Qll", keys: ",")
    case .search: Script(before: "Q", keys: "/img-3<Enter>")
    case .searchNext: Script(before: "Q/img<Enter>", keys: "n")
    case .searchPrevious: Script(before: "Q/img<Enter>", keys: "N")
    case .ascending: Script(before: "Q", keys: "[")
    case .descending: Script(before: "Q[", keys: "]")
    case .sort: Script(before: "Q", keys: ":sort id desc<Enter>")
    case .rerank: Script(before: "Q&verdict = none<Enter>p", keys: "=")
    case .like: Script(before: "Q", keys: "gl")
    case .columns: Script(before: "Q", keys: ":columns id label<Enter>")
    case .wider: Script(before: "Qll", keys: "3>")
    case .narrower: Script(before: "Qll3>", keys: "<lt>")
    case .hideColumn: Script(before: "Qll", keys: "-")
    case .dashboard: Script(before: "Q", keys: "D")
    case .queue: Script(before: "", keys: "Q")
    case .sheet: Script(before: "Q", keys: "V")
    case .compare: Script(before: "Q", keys: "gd")
    case .histogram: Script(before: "", keys: "F")
    case .scatter: Script(before: "", keys: "C")
    case .timeline: Script(before: "", keys: "W")
    case .findings: Script(before: "", keys: "T")
    case .pivot: Script(before: "", keys: "S")
    case .statistics: Script(before: "Q", keys: "I")
    case .disputes: Script(before: "", keys: "A")
    case .log: Script(before: "Qp", keys: "L")
    case .help: Script(before: "", keys: "?")
    case .zoomIn: Script(before: "C", keys: "+")
    case .zoomOut: Script(before: "C++", keys: "-")
    case .fit: Script(before: "C++", keys: "_")
    case .scale: Script(before: "F", keys: "t")
    case .cross: Script(before: "F", keys: "x")
    case .picture: Script(before: "Q<Enter>", keys: "z")
    case .xAxis: Script(before: "C", keys: "X")
    case .yAxis: Script(before: "C", keys: "Y")
    case .lasso: Script(before: "Cgg", keys: "gv")
    case .corner: Script(before: "Cgggvll", keys: "<Space>")
    case .opposite: Script(before: "Cggvll", keys: "o")
    case .rangeStart: Script(before: "Wgg", keys: "[")
    case .rangeEnd: Script(before: "Wgg[ll", keys: "]")
    case .bookmark: Script(before: "Q5j", keys: "ma")
    case .jump: Script(before: "Q5jmaD", keys: "'a")
    case .record: Script(before: "Q", keys: "MapM")
    case .play: Script(before: "QMapM", keys: "@a")
    case .prompt: Script(before: "", keys: ":")
    case .copy: Script(before: "Q", keys: "y")
    case .write: Script(before: "", keys: ":write csv out.csv<Enter>")
    case .cancel: Script(before: "", keys: "<C-c>", warning: "stopped", isHeld: true)
    case .dismiss: Script(before: "Qp", keys: "<Esc>")
    case .redraw: Script(before: "", keys: "<C-l>")
    case .suspend: Script(before: "", keys: "<C-z>")
    }
  }

  @Test(arguments: Command.allCases)
  func itDoesWhatItIsFor(_ command: Command) throws {
    let script = Self.script(command)
    let others = command == .disputes ? ScreenToSee.disputes.beside(.images) : []
    var desk = Desk(MadeUpCase.images.samples(), beside: others, isHeld: script.isHeld)
    desk.press(script.before)
    let (frame, writes, effects) = (desk.session.frame(), desk.journal.decisions, desk.journal.others.count)
    #expect(isItsOwn(script.keys, of: command, in: desk.state.context), "\(script.keys)")
    desk.press(script.keys)
    if let warning = script.warning {
      #expect(desk.message == warning)
    } else {
      #expect(desk.state.messages.text == nil || desk.state.messages.weight == .note, "\(desk.message)")
    }
    let isSeen =
      desk.session.frame() != frame || desk.journal.decisions != writes
      || desk.journal.others.count != effects
    // What is drawn again looks the same.
    #expect(isSeen || command == .redraw)
  }

  /// Whether the keys are those of the command, or its line.
  private func isItsOwn(_ keys: String, of command: Command, in context: Context) -> Bool {
    if keys.hasPrefix(":\(command.rawValue) ") { return true }
    let typed = KeyNames.sequence(keys).drop {
      if case .character(let key) = $0 { key.isNumber } else { false }
    }
    return (1...2).contains {
      Keymap.standard.match(Array(typed.prefix($0)), in: context) == .command(command)
    }
  }
}

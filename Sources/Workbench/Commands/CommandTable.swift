import Model
import Screen

/// One row a command. The key map, the help screen, the completion of the prompt and the hints at the foot of a
/// screen all come from here.
package struct CommandRow: Sendable {
  package enum Group: String, Sendable, CaseIterable {
    case move = "Move"
    case decide = "Decide"
    case select = "Select and decide for many"
    case find = "Find and order"
    case screens = "Screens"
    case plots = "Plots"
    case program = "Program"
  }
  /// What may follow the name at the prompt.
  package struct Argument: Sendable {
    /// Words that the prompt completes.
    package enum Words: Sendable {
      case columns, numbers, splits, conditions, classes, exportFormats, verdictsAndConditions, tags, onOrOff
    }
    /// As the help writes it.
    package let text: String
    package let words: Words?
    /// Whether the command does nothing without it, and does not ask for it either.
    let isNeeded: Bool

    init(_ text: String, _ words: Words? = nil, isNeeded: Bool = true) {
      self.text = text
      self.words = words
      self.isNeeded = isNeeded
    }
  }
  package let command: Command
  /// Each a sequence of one or two keys.
  package let keys: [[Key]]
  package let group: Group
  package let contexts: Set<Context>
  /// One line for the help screen.
  package let help: String
  /// A word or two for the foot of the screen.
  package let hint: String
  /// Nil where nothing may follow the name.
  package let argument: Argument?

  init(
    _ command: Command, _ keys: String, _ group: Group, _ contexts: Set<Context>, _ help: String,
    hint: String = "", argument: Argument? = nil
  ) {
    self.command = command
    self.keys = keys.split(separator: " ").map { KeyNames.sequence(String($0)) }
    self.group = group
    self.contexts = contexts
    self.help = help
    self.hint = hint
    self.argument = argument
  }

  /// With what it can be asked for.
  package func help(in material: CaseMaterial) -> String {
    argument?.words == .exportFormats ? "\(help): \(listed(material.writtenFormats))" : help
  }

  /// As it is typed at the prompt.
  package var usage: String { ":" + command.rawValue + (argument.map { " " + $0.text } ?? "") }
}

package enum CommandTable {
  private static let everywhere = Set(Context.allCases)
  private static let lists: Set<Context> = [
    .dashboard, .queue, .sheet, .compare, .scatter, .findings, .pivot, .log, .help,
  ]
  private static let samples: Set<Context> = [.queue, .sheet, .review]
  /// Screens on which `*` and the bulk keys speak of a set of samples.
  private static let sets: Set<Context> = plots.union([.queue, .sheet, .findings])
  /// Screens that are of some of the samples, or of all.
  private static let plots: Set<Context> = [.histogram, .scatter, .timeline, .pivot]

  /// In the order of the help screen.
  package static let rows: [CommandRow] = [
    CommandRow(
      .down, "j <Down>", .move, everywhere,
      "down: line, next sample, score or group"),
    CommandRow(.up, "k <Up>", .move, everywhere, "up; in a review the sample before"),
    CommandRow(
      .left, "h <Left>", .move, plots.union([.dashboard, .queue, .sheet]),
      "left: column, panel, sample, or cut"),
    CommandRow(
      .right, "l <Right>", .move, plots.union([.dashboard, .queue, .sheet]),
      "right: column, panel, sample, or cut"),
    CommandRow(
      .first, "gg <Home>", .move, everywhere.subtracting([.histogram, .compare]),
      "the first, or by count; in a scatter the most suspicious"),
    CommandRow(
      .last, "G <End>", .move, everywhere.subtracting([.histogram, .compare]),
      "the last; 17G goes to the 17th"),
    CommandRow(
      .halfDown, "<C-d>", .move, lists.union([.review]), "half a page down; in a review the evidence"),
    CommandRow(.halfUp, "<C-u>", .move, lists.union([.review]), "half a page up; in a review the evidence"),
    CommandRow(
      .pageDown, "<C-f> <PageDown>", .move, lists.union([.review]), "a page down; in a review the long text"),
    CommandRow(.pageUp, "<C-b> <PageUp>", .move, lists.union([.review]), "a page up"),
    CommandRow(.nextOpen, "}", .move, samples, "next sample without a verdict"),
    CommandRow(.previousOpen, "{", .move, samples, "sample before without a verdict"),
    CommandRow(
      .nextPane, "<Tab>", .move, [.dashboard, .review, .histogram, .scatter, .findings, .pivot],
      "next panel, score or column; in incidents their findings", hint: "next"),
    CommandRow(
      .previousPane, "<BackTab>", .move, [.dashboard, .review, .histogram, .scatter, .findings, .pivot],
      "panel, score or column before"),
    CommandRow(
      .open, "<Enter>", .move, plots.union([.dashboard, .queue, .sheet, .findings, .log]),
      "open what the cursor is on", hint: "open"),
    CommandRow(
      .goto, "", .move, samples, "go to a place in the list, or to an id", argument: .init("NUMBER or ID")),
    CommandRow(
      .back, "q", .move, everywhere, "back to the screen before; quits on the first one", hint: "back"),

    CommandRow(.poisoned, "p x", .decide, samples, "this sample is poisoned", hint: "poisoned"),
    CommandRow(.clean, "c a", .decide, samples, "this sample is clean", hint: "clean"),
    CommandRow(
      .relabel, "r", .decide, samples, "fine, but wrongly labelled: choose the label", hint: "relabel",
      argument: .init("LABEL", .classes)),
    CommandRow(.suggested, "R", .decide, samples, "relabel as the evidence suggests", hint: "suggested"),
    CommandRow(.unsure, "s", .decide, samples, "unsure: seen, and left for somebody else", hint: "unsure"),
    CommandRow(.repeatLast, ".", .decide, samples, "what was decided last, for this one too"),
    CommandRow(
      .note, "i", .decide, samples, "a note that stands with the verdict", hint: "note",
      argument: .init("TEXT")),
    CommandRow(.skip, "<Space>", .decide, [.review], "go on without a decision", hint: "skip"),
    CommandRow(
      .undo, "u U <Backspace>", .decide, everywhere.subtracting([.log]), "take the last decision back",
      hint: "undo"),
    CommandRow(.redo, "<C-r>", .decide, everywhere, "redo"),
    CommandRow(.revert, "u", .decide, [.log], "take the decision under the cursor back", hint: "take back"),
    CommandRow(
      .tag, "t", .decide, samples, "a tag: one short word on this sample", hint: "tag",
      argument: .init("WORD", .tags)),
    CommandRow(
      .untag, "", .decide, samples, "take a tag off this sample",
      argument: .init("WORD", .tags, isNeeded: false)),
    CommandRow(.trust, "gt", .decide, everywhere, "count the decisions of a journal that is not yours"),
    CommandRow(
      .blind, "", .decide, everywhere, "hide scores and others' verdicts until you have decided",
      argument: .init("on|off", .onOrOff, isNeeded: false)),

    CommandRow(.toggle, "<Space>", .select, [.queue, .sheet], "select or not, and down", hint: "select"),
    CommandRow(
      .range, "v", .select, [.queue, .sheet, .scatter, .timeline],
      "begin a range, in a scatter a box; again selects it", hint: "range"),
    CommandRow(
      .lasso, "gv", .select, [.scatter], "begin a lasso; again closes it and selects", hint: "lasso"),
    CommandRow(.corner, "<Space>", .select, [.scatter], "a corner of the lasso", hint: "corner"),
    CommandRow(.opposite, "o", .select, [.scatter], "the other corner of the box"),
    CommandRow(.rangeStart, "[", .select, [.timeline], "the range begins here", hint: "begin"),
    CommandRow(.rangeEnd, "]", .select, [.timeline], "the range ends here", hint: "end"),
    CommandRow(
      .all, "*", .select, sets, "select all that is shown, or all behind the cursor", hint: "select all"),
    CommandRow(.clear, "gu", .select, sets, "select nothing"),
    CommandRow(.bulkPoisoned, "gp", .select, sets, "the selection is poisoned (asks)", hint: "all poisoned"),
    CommandRow(.bulkClean, "gc", .select, sets, "the selection is clean (asks)"),
    CommandRow(
      .bulkRelabel, "gr", .select, sets, "the selection gets another label (asks)",
      argument: .init("LABEL", .classes)),
    CommandRow(
      .bulkSuggested, "gR", .select, sets, "each selected one gets the label that is suggested for it (asks)"),
    CommandRow(.bulkUnsure, "gs", .select, sets, "the selection is unsure (asks)"),
    CommandRow(
      .bulkTag, "gT", .select, sets, "a tag on all of the selection", argument: .init("WORD", .tags)),
    CommandRow(
      .bulkUntag, "", .select, sets, "take a tag off all of the selection",
      argument: .init("WORD", .tags, isNeeded: false)),
    CommandRow(
      .mark, "", .select, everywhere, "decide for all that a condition holds for (asks)",
      argument: .init("VERDICT where CONDITION", .verdictsAndConditions)),

    CommandRow(
      .filter, "&", .find, plots.union([.queue, .sheet]), "show only what a condition holds for",
      hint: "filter",
      argument: .init("CONDITION", .conditions)),
    CommandRow(.popFilter, "g&", .find, plots.union([.queue, .sheet]), "take the last condition off"),
    CommandRow(.alike, ",", .find, [.queue], "show only what is as this one in this column"),
    CommandRow(
      .search, "/", .find, samples.union([.help]), "find text in id, label, source or sample, or in the help",
      hint: "find",
      argument: .init("TEXT")
    ),
    CommandRow(.searchNext, "n", .find, samples.union([.help]), "find again"),
    CommandRow(.searchPrevious, "N", .find, samples.union([.help]), "find again, upward"),
    CommandRow(
      .ascending, "[", .find, [.queue, .pivot], "sort by this column, smallest first; a pivot by value"),
    CommandRow(
      .descending, "]", .find, [.queue, .pivot],
      "sort by this column, largest first; a pivot by share flagged", hint: "sort"),
    CommandRow(
      .sort, "", .find, [.queue], "sort by a column; diverse spreads the samples of an incident",
      argument: .init("COLUMN [asc|desc]", .columns)),
    CommandRow(.rerank, "=", .find, [.queue, .sheet], "filter and sort again with the verdicts of now"),
    CommandRow(.like, "gl", .find, samples, "all samples, those most like this one first"),
    CommandRow(
      .columns, "", .find, [.queue], "the columns of the list, in their order; all without a name",
      argument: .init("COLUMN...", .columns, isNeeded: false)),
    CommandRow(.wider, ">", .find, [.queue], "this column wider"),
    CommandRow(.narrower, "<lt>", .find, [.queue], "this column narrower"),
    CommandRow(.hideColumn, "-", .find, [.queue], "hide this column; :columns shows all again"),

    CommandRow(.dashboard, "D", .screens, everywhere, "dashboard", hint: "dashboard"),
    CommandRow(.queue, "Q", .screens, everywhere, "queue: the table of all samples", hint: "queue"),
    CommandRow(.sheet, "V", .screens, samples, "contact sheet of the list, and back", hint: "sheet"),
    CommandRow(
      .compare, "gd", .screens, samples,
      "two or three selected samples side by side, or this one with its nearest"),
    CommandRow(
      .pivot, "S", .screens, everywhere, "pivot: samples and flags by source, time, label or any column",
      hint: "pivot"),
    CommandRow(.statistics, "I", .screens, [.queue], "statistics of this column"),
    CommandRow(.histogram, "F", .screens, everywhere, "histogram of a score, with a cut", hint: "histogram"),
    CommandRow(
      .scatter, "C", .screens, everywhere, "scatter: clusters in the plane, or any two numbers",
      hint: "scatter"),
    CommandRow(
      .timeline, "W", .screens, everywhere, "timeline: when samples came, with a brush", hint: "timeline"),
    CommandRow(
      .findings, "T", .screens, everywhere, "incidents, and the findings that they join", hint: "incidents"),
    CommandRow(
      .disputes, "A", .screens, everywhere,
      "agreement of reviewers: what is disputed, to be settled"),
    CommandRow(.log, "L", .screens, everywhere, "log of the decisions", hint: "log"),
    CommandRow(.help, "? <F1>", .screens, everywhere, "this help", hint: "help"),

    CommandRow(
      .zoomIn, "+", .plots, [.histogram, .scatter, .timeline, .sheet], "zoom in, about the cursor or the cut",
      hint: "zoom"),
    CommandRow(.zoomOut, "-", .plots, [.histogram, .scatter, .timeline, .sheet], "zoom out"),
    CommandRow(
      .fit, "_", .plots, [.histogram, .scatter, .timeline], "show the whole range, plane, or all times"),
    CommandRow(
      .scale, "t", .plots, [.histogram, .scatter, .timeline], "logarithm or not; letters or dots",
      hint: "scale"),
    CommandRow(
      .cross, "x", .plots, plots, "cross the column with another; split or color a plot by the next",
      hint: "split", argument: .init("[COLUMN]", .splits)),
    CommandRow(
      .xAxis, "X", .plots, [.scatter], "the next number across, or the one that is named", hint: "axes",
      argument: .init("[COLUMN]", .numbers)),
    CommandRow(
      .yAxis, "Y", .plots, [.scatter], "the next number up, or the one that is named",
      argument: .init("[COLUMN]", .numbers)),
    CommandRow(
      .picture, "z", .plots, [.review, .compare],
      "a picture whole, its telling patch, what the mean of its class has not, or as models see it",
      hint: "picture"),

    CommandRow(
      .bookmark, "m", .program, everywhere, "bookmark: keep this place under a letter",
      argument: .init("LETTER")),
    CommandRow(
      .jump, "'", .program, everywhere, "return to a bookmark, by its letter",
      argument: .init("LETTER")),
    CommandRow(
      .record, "M", .program, everywhere, "record a macro under a letter; again ends it",
      argument: .init("LETTER")),
    CommandRow(
      .play, "@", .program, everywhere, "play a macro, by its letter; 20@a twenty times",
      argument: .init("LETTER")),
    CommandRow(.prompt, ":", .program, everywhere, "command by its name; Tab completes", hint: "command"),
    CommandRow(.copy, "y", .program, samples, "copy the id"),
    CommandRow(
      .write, "", .program, everywhere, "write a file", argument: .init("FORMAT PATH", .exportFormats)),
    CommandRow(.cancel, "<C-c>", .program, everywhere, "stop the running job"),
    CommandRow(.dismiss, "<Esc>", .program, everywhere, "clear the message and half-typed keys"),
    CommandRow(.redraw, "<C-l>", .program, everywhere, "draw the screen again"),
    CommandRow(.suspend, "<C-z>", .program, everywhere, "suspend to the shell"),
    CommandRow(.quit, "gq", .program, everywhere, "quit; decisions are saved already", hint: "quit"),
  ]

  private static let byCommand = Dictionary(uniqueKeysWithValues: rows.map { ($0.command, $0) })

  package static func row(_ command: Command) -> CommandRow? { byCommand[command] }

  /// Other words for a command at the prompt.
  package static let synonyms: [String: Command] = [
    "q": .quit, "w": .write, "export": .write, "h": .help, "?": .help, "triggers": .findings,
    "clusters": .scatter, "color": .cross, "split": .cross, "incidents": .findings, "order": .sort,
    "agreement": .disputes,
  ]

  package static func named(_ name: String) -> Command? { Command(rawValue: name) ?? synonyms[name] }

  /// Words that the prompt completes.
  package static let names: [String] = (rows.map(\.command.rawValue) + ["export"]).sorted()
}

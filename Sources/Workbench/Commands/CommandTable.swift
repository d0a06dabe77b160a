import Model
import Screen

/// All commands.
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
      "down: next line, sample, score or group"),
    CommandRow(.up, "k <Up>", .move, everywhere, "up: previous line, sample, score or group"),
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
    CommandRow(.nextOpen, "}", .move, samples, "next undecided sample"),
    CommandRow(.previousOpen, "{", .move, samples, "previous undecided sample"),
    CommandRow(
      .nextPane, "<Tab>", .move, [.dashboard, .review, .histogram, .scatter, .findings, .pivot],
      "next panel, score or column; in incidents their findings", hint: "next"),
    CommandRow(
      .previousPane, "<BackTab>", .move, [.dashboard, .review, .histogram, .scatter, .findings, .pivot],
      "previous panel, score or column"),
    CommandRow(
      .open, "<Enter>", .move, plots.union([.dashboard, .queue, .sheet, .findings, .log]),
      "open what the cursor is on", hint: "open"),
    CommandRow(
      .goto, "", .move, samples, "go to a row number of the list, or to an id",
      argument: .init("NUMBER or ID", nil, .refuses)),
    CommandRow(
      .back, "q", .move, everywhere, "back to the previous screen; on the dashboard, quit", hint: "back"),

    CommandRow(.poisoned, "p x", .decide, samples, "this sample is poisoned", hint: "poisoned"),
    CommandRow(.clean, "c a", .decide, samples, "this sample is clean", hint: "clean"),
    CommandRow(
      .relabel, "r", .decide, samples, "mislabelled: choose the right label", hint: "relabel",
      argument: .init("LABEL", .classes, .asks)),
    CommandRow(.suggested, "R", .decide, samples, "relabel as suggested", hint: "suggested"),
    CommandRow(.unsure, "s", .decide, samples, "unsure: leave it to another reviewer", hint: "unsure"),
    CommandRow(.repeatLast, ".", .decide, samples, "repeat the last decision on this sample"),
    CommandRow(
      .note, "i", .decide, samples, "add a note to the verdict", hint: "note",
      argument: .init("TEXT", nil, .asks)),
    CommandRow(.skip, "<Space>", .decide, [.review], "go on without a decision", hint: "skip"),
    CommandRow(
      .undo, "u U <Backspace>", .decide, everywhere.subtracting([.log]), "undo the last decision",
      hint: "undo"),
    CommandRow(.redo, "<C-r>", .decide, everywhere, "redo"),
    CommandRow(.revert, "u", .decide, [.log], "undo the decision under the cursor", hint: "undo"),
    CommandRow(
      .tag, "t", .decide, samples, "tag this sample with one short word", hint: "tag",
      argument: .init("WORD", .tags, .asks)),
    CommandRow(
      .untag, "", .decide, samples, "remove a tag from this sample",
      argument: .init("WORD", .tags, .asks)),
    CommandRow(.trust, "gt", .decide, everywhere, "trust the decisions of a journal written elsewhere"),
    CommandRow(
      .blind, "", .decide, everywhere, "hide scores and others' verdicts until you have decided",
      argument: .init("on|off", .onOrOff, .goesOn)),

    CommandRow(
      .toggle, "<Space>", .select, [.queue, .sheet], "select or deselect, and go down", hint: "select"),
    CommandRow(
      .range, "v", .select, [.queue, .sheet, .scatter, .timeline],
      "start a range (in a scatter a box); again selects it", hint: "range"),
    CommandRow(
      .lasso, "gv", .select, [.scatter], "start a lasso; again closes and selects it", hint: "lasso"),
    CommandRow(.corner, "<Space>", .select, [.scatter], "set a corner of the lasso", hint: "corner"),
    CommandRow(.opposite, "o", .select, [.scatter], "go to the opposite corner of the box"),
    CommandRow(.rangeStart, "[", .select, [.timeline], "start the range here", hint: "start"),
    CommandRow(.rangeEnd, "]", .select, [.timeline], "end the range here", hint: "end"),
    CommandRow(
      .all, "*", .select, sets, "select all shown, or all that the cursor stands for", hint: "select all"),
    CommandRow(.clear, "gu", .select, sets, "clear the selection"),
    CommandRow(
      .bulkPoisoned, "gp", .select, sets, "mark the selection as poisoned (asks)", hint: "all poisoned"),
    CommandRow(.bulkClean, "gc", .select, sets, "mark the selection as clean (asks)"),
    CommandRow(
      .bulkRelabel, "gr", .select, sets, "relabel the selection (asks)",
      argument: .init("LABEL", .classes, .asks)),
    CommandRow(
      .bulkSuggested, "gR", .select, sets, "relabel each selected sample as suggested (asks)"),
    CommandRow(.bulkUnsure, "gs", .select, sets, "mark the selection as unsure (asks)"),
    CommandRow(
      .bulkTag, "gT", .select, sets, "tag the selection", argument: .init("WORD", .tags, .asks)),
    CommandRow(
      .bulkUntag, "", .select, sets, "remove a tag from the selection",
      argument: .init("WORD", .tags, .asks)),
    CommandRow(
      .mark, "", .select, everywhere, "decide for all samples that meet a condition (asks)",
      argument: .init("VERDICT where CONDITION", .verdictsAndConditions, .refuses)),

    CommandRow(
      .filter, "&", .find, plots.union([.queue, .sheet]), "show only samples that meet a condition",
      hint: "filter",
      argument: .init("CONDITION", .conditions, .asks)),
    CommandRow(.popFilter, "g&", .find, plots.union([.queue, .sheet]), "remove the last condition"),
    CommandRow(.alike, ",", .find, [.queue], "show only samples with this value in this column"),
    CommandRow(
      .search, "/", .find, samples.union([.help]), "find text in id, label, source or sample, or in the help",
      hint: "find",
      argument: .init("TEXT", nil, .asks)
    ),
    CommandRow(.searchNext, "n", .find, samples.union([.help]), "find next"),
    CommandRow(.searchPrevious, "N", .find, samples.union([.help]), "find previous"),
    CommandRow(
      .ascending, "[", .find, [.queue, .pivot], "sort by this column, ascending; a pivot by value"),
    CommandRow(
      .descending, "]", .find, [.queue, .pivot],
      "sort by this column, descending; a pivot by flagged share", hint: "sort"),
    CommandRow(
      .sort, "", .find, [.queue], "sort by a column; diverse spreads the samples of an incident",
      argument: .init("COLUMN [asc|desc]", .columns, .refuses)),
    CommandRow(.rerank, "=", .find, [.queue, .sheet], "filter and sort again with the current verdicts"),
    CommandRow(.like, "gl", .find, samples, "sort all samples by similarity to this one"),
    CommandRow(
      .columns, "", .find, [.queue], "choose and order the columns; without a name, show all",
      argument: .init("COLUMN...", .columns, .goesOn)),
    CommandRow(.wider, ">", .find, [.queue], "widen this column"),
    CommandRow(.narrower, "<lt>", .find, [.queue], "narrow this column"),
    CommandRow(.hideColumn, "-", .find, [.queue], "hide this column; :columns shows all again"),

    CommandRow(.dashboard, "D", .screens, everywhere, "dashboard", hint: "dashboard"),
    CommandRow(.queue, "Q", .screens, everywhere, "queue: the table of all samples", hint: "queue"),
    CommandRow(
      .sheet, "V", .screens, samples, "contact sheet of the list, or back to the list", hint: "sheet"),
    CommandRow(
      .compare, "gd", .screens, samples,
      "compare two or three selected samples, or this one with its nearest"),
    CommandRow(
      .pivot, "S", .screens, everywhere, "pivot: samples and flags by source, time, label or any column",
      hint: "pivot"),
    CommandRow(.statistics, "I", .screens, [.queue], "statistics of this column"),
    CommandRow(.histogram, "F", .screens, everywhere, "histogram of a score, with a cut", hint: "histogram"),
    CommandRow(
      .scatter, "C", .screens, everywhere, "scatter plot of the 2-D layout, or of any two numbers",
      hint: "scatter"),
    CommandRow(
      .timeline, "W", .screens, everywhere, "timeline: samples over time, with a brush", hint: "timeline"),
    CommandRow(
      .findings, "T", .screens, everywhere, "incidents and their findings", hint: "incidents"),
    CommandRow(
      .disputes, "A", .screens, everywhere,
      "agreement of reviewers, and disputed samples to settle"),
    CommandRow(.log, "L", .screens, everywhere, "log of decisions", hint: "log"),
    CommandRow(.help, "? <F1>", .screens, everywhere, "this help", hint: "help"),

    CommandRow(
      .zoomIn, "+", .plots, [.histogram, .scatter, .timeline, .sheet], "zoom in at the cursor or the cut",
      hint: "zoom"),
    CommandRow(.zoomOut, "-", .plots, [.histogram, .scatter, .timeline, .sheet], "zoom out"),
    CommandRow(
      .fit, "_", .plots, [.histogram, .scatter, .timeline], "reset the zoom"),
    CommandRow(
      .scale, "t", .plots, [.histogram, .scatter, .timeline], "logarithmic or linear scale; letters or dots",
      hint: "scale"),
    CommandRow(
      .cross, "x", .plots, plots, "cross the column with another; split or color a plot by the next",
      hint: "split", argument: .init("[COLUMN]", .splits, .goesOn)),
    CommandRow(
      .xAxis, "X", .plots, [.scatter], "next column on the x axis, or the named one", hint: "axes",
      argument: .init("[COLUMN]", .numbers, .goesOn)),
    CommandRow(
      .yAxis, "Y", .plots, [.scatter], "next column on the y axis, or the named one",
      argument: .init("[COLUMN]", .numbers, .goesOn)),
    CommandRow(
      .picture, "z", .plots, [.review, .compare],
      "picture: whole, trigger patch, minus the class mean, or at training resolution",
      hint: "picture"),

    CommandRow(
      .bookmark, "m", .program, everywhere, "bookmark this screen and sample under a letter",
      argument: .init("LETTER", nil, .asks)),
    CommandRow(
      .jump, "'", .program, everywhere, "return to a bookmark, by its letter",
      argument: .init("LETTER", nil, .asks)),
    CommandRow(
      .record, "M", .program, everywhere, "record a macro under a letter; again ends it",
      argument: .init("LETTER", nil, .asks)),
    CommandRow(
      .play, "@", .program, everywhere, "play a macro, by its letter; 20@a twenty times",
      argument: .init("LETTER", nil, .asks)),
    CommandRow(.prompt, ":", .program, everywhere, "command by its name; Tab completes", hint: "command"),
    CommandRow(.copy, "y", .program, samples, "copy the id"),
    CommandRow(
      .write, "", .program, everywhere, "write a file",
      argument: .init("FORMAT PATH", .exportFormats, .refuses)),
    CommandRow(.cancel, "<C-c>", .program, everywhere, "stop the running job"),
    CommandRow(.dismiss, "<Esc>", .program, everywhere, "clear the message and half-typed keys"),
    CommandRow(.redraw, "<C-l>", .program, everywhere, "redraw the screen"),
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

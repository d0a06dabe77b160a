/// Everything that a person can ask for. The raw value is its name at the prompt; keys, help and contexts stand
/// in `CommandTable`.
package enum Command: String, Sendable, CaseIterable {
  // Move
  case up, down, left, right, first, last
  case halfDown = "half-down"
  case halfUp = "half-up"
  case pageDown = "page-down"
  case pageUp = "page-up"
  case nextOpen = "next-open"
  case previousOpen = "previous-open"
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  case open, back, quit, goto
  // Decide
  case poisoned, clean, unsure, relabel, suggested, skip, note, undo, redo, revert, trust
  case repeatLast = "repeat"
  case tag, untag, blind
  // Select
  case toggle, range, all, clear, mark
  case bulkPoisoned = "bulk-poisoned"
  case bulkClean = "bulk-clean"
  case bulkRelabel = "bulk-relabel"
  case bulkSuggested = "bulk-suggested"
  case bulkUnsure = "bulk-unsure"
  case bulkTag = "bulk-tag"
  case bulkUntag = "bulk-untag"
  // Find and order
  case filter
  case popFilter = "pop-filter"
  case alike
  case search
  case searchNext = "search-next"
  case searchPrevious = "search-previous"
  case ascending, descending, sort, rerank, like, columns, wider, narrower
  case hideColumn = "hide-column"
  // Screens
  case dashboard, queue, sheet, compare, histogram, scatter, timeline, findings, pivot, statistics, disputes
  case log, help
  // Plots
  case zoomIn = "zoom-in"
  case zoomOut = "zoom-out"
  case fit, scale, cross, picture
  case xAxis = "x-axis"
  case yAxis = "y-axis"
  case lasso, corner, opposite
  case rangeStart = "range-start"
  case rangeEnd = "range-end"
  // Program
  case bookmark, jump, record, play
  case prompt, copy, write, cancel, dismiss, redraw, suspend
}

/// Where keys are looked up: the screen on top.
package enum Context: String, Sendable, CaseIterable, Hashable {
  case dashboard, queue, sheet, review, compare, histogram, scatter, timeline, findings, pivot, log, help

  /// Verdict keys work here.
  package var isAboutSamples: Bool { self == .queue || self == .sheet || self == .review }

  /// As the screen calls itself.
  package var title: String { self == .findings ? "incidents" : rawValue }
}

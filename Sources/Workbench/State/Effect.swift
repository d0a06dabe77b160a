import Review

/// What `update` asks of the outside. To be carried out in order.
package enum Effect: Sendable {
  /// Append to the journal and sync (sequence 0: the journal numbers it), then answer `.saved` or `.saveFailed`.
  /// An undo is a decision whose act is `.undo`. At most one is under way.
  case append(Decision)
  /// Run beside the loop and answer `.workDone` with the same generation. At most one is wanted: a newer one
  /// takes the place of the older, whose result is dropped.
  case work(generation: Int, WorkRequest)
  /// Read what the screen shows of samples, before the next frame where that is quick; answer `.samplesRead`, in parts
  /// where it takes long.
  case read(SampleNeeds)
  /// Make what a decision says of a sample, its id and the digest of its content; answer `.identified` before anything
  /// else happens.
  case identify(row: Int)
  /// The work that runs is no longer wanted.
  case cancelWork
  /// Count what stands in a journal that was not written here; answer `.trusted`.
  case trust
  /// Write the decisions out and answer with a `.notice`.
  /// - Parameter format: one of `CaseMaterial.exportFormats`.
  case export(format: String, path: String)
  /// Put on the clipboard (OSC 52) and in a file, and answer with a `.notice` that says where. The text has passed
  /// `pastable`.
  case copy(String, isQuoted: Bool)
  /// Read the journals beside one's own again where they have grown; answer `.besideRead`.
  case readBeside
  /// Write what was typed as a script and answer with a `.notice`.
  case transcript(Transcript, path: String)
  /// Answer `.pathCompleted`.
  case completePath(String)
  /// Answer `.nextKey`, after the frame of now has been shown.
  case nextKey
  /// Answer `.rested` once no key has come for a moment: what stands beside the cursor may then follow it.
  case awaitRest
  /// Keep for the next session on this dataset; failures may be silent.
  case saveView(ViewMemory)
  /// Clear the terminal and draw all of the frame.
  case redraw
  case suspend
}

/// Where a person was, to resume there.
package struct ViewMemory: Sendable, Equatable, Codable {
  package struct Queue: Sendable, Equatable, Codable {
    /// What the samples are the members of: "incident I1"; nil of all samples.
    package var rule: String?
    /// Conditions, as they were written.
    package var filters: [String]
    /// Column of the sort and its direction.
    package var sortColumn: String
    package var descending: Bool
    /// Sample under the cursor.
    package var sample: String?

    private enum CodingKeys: String, CodingKey {
      case rule, filters, descending, sample
      case sortColumn = "sort"
    }

    package init(
      rule: String? = nil, filters: [String] = [], sortColumn: String = "suspicion", descending: Bool = true,
      sample: String? = nil
    ) {
      self.rule = rule
      self.filters = filters
      self.sortColumn = sortColumn
      self.descending = descending
      self.sample = sample
    }

    /// All conditions in one; nil without any.
    var condition: String? {
      filters.isEmpty ? nil : filters.map { filters.count > 1 ? "(\($0))" : $0 }.joined(separator: " and ")
    }
  }
  /// The columns of the lists.
  package struct Columns: Sendable, Equatable, Codable {
    /// In their order; nil for all.
    package var shown: [String]?
    package var widths: [String: Int]

    package init(shown: [String]?, widths: [String: Int]) {
      self.shown = shown
      self.widths = widths
    }
  }
  package var main: Queue
  /// The queue on top, where that was another.
  package var other: Queue?
  /// How many decisions the journal held.
  package var decisions: Int
  /// Nil where nobody has changed them.
  package var columns: Columns?
  /// By letter; nil in what earlier versions left.
  package var bookmarks: [String: Bookmark]?
  /// Keys as scripts write them, by letter.
  package var macros: [String: String]?

  package init(
    main: Queue, other: Queue? = nil, decisions: Int = 0, columns: Columns? = nil,
    bookmarks: [String: Bookmark]? = nil, macros: [String: String]? = nil
  ) {
    self.columns = columns
    self.main = main
    self.other = other
    self.decisions = decisions
    self.bookmarks = bookmarks
    self.macros = macros
  }
}

/// How the files of a dataset were understood, for a person to check and for programs: what the loader found by
/// looking or was told, kept with the case. Names are part of the contract (`inspect --json`, key `reading`).
package struct Reading: Codable, Sendable, Equatable {
  /// A column of a table, or a path of nested values such as "user.name".
  package struct ColumnPart: Codable, Sendable, Equatable {
    package var name: String
    /// number, whole number, category, text, time, list of numbers, list, object or empty.
    package var type: String
    /// The first three different cells, each cut at 60 characters.
    package var examples: [String]
    /// id, label, text, image, source, time, split, feature, embedding, index; nil where the column is left unread.
    package var role: String?
    /// Why it plays that role, or none.
    package var why: String

    package init(name: String, type: String, examples: [String], role: String?, why: String) {
      self.name = name
      self.type = type
      self.examples = examples
      self.role = role
      self.why = why
    }
  }

  package struct FilePart: Codable, Sendable, Equatable {
    package var file: String
    /// CSV, TSV, delimited text, JSON Lines, JSON objects, JSON array, JSON columns, JSON rows by name, JSON split.
    package var format: String
    package var encoding: String
    /// Nil for JSON.
    package var delimiter: String?
    /// "none" where quotes are literal; nil for JSON.
    package var quote: String?
    /// Whether the first line names the columns; nil for JSON.
    package var hasHeader: Bool?
    package var rows: Int
    package var columns: [ColumnPart]
    /// Columns beyond those that are listed.
    package var moreColumns: Int
    /// Lines that could not be read and were left out, as was asked for.
    package var skippedLines: Int
    /// What was found by looking, and how.
    package var found: [String]

    package init(file: String, format: String, encoding: String) {
      self.file = file
      self.format = format
      self.encoding = encoding
      rows = 0
      columns = []
      moreColumns = 0
      skippedLines = 0
      found = []
    }
  }

  package struct ArrayPart: Codable, Sendable, Equatable {
    package var file: String
    package var shape: [Int]
    package var dtype: String
    package var role: String
    package init(file: String, shape: [Int], dtype: String, role: String) {
      self.file = file
      self.shape = shape
      self.dtype = dtype
      self.role = role
    }
  }

  package struct LabelPart: Codable, Sendable, Equatable {
    /// Where the labels come from.
    package var from: String
    /// By which rule the classes have their order.
    package var order: String
    /// Classes that are written otherwise in the file than they are called, such as 0 for "cat".
    package var written: [String: String]
    package var labelled: Int
    package var unlabelled: Int
    package init(
      from: String, order: String, written: [String: String] = [:], labelled: Int, unlabelled: Int
    ) {
      self.from = from
      self.order = order
      self.written = written
      self.labelled = labelled
      self.unlabelled = unlabelled
    }
  }

  package var files: [FilePart] = []
  package var arrays: [ArrayPart] = []
  package var labels: LabelPart?
  /// How the columns of pred_probs are matched to the classes, and what its values are.
  package var probabilities: String?
  /// given, "given, not unique", or derived.
  package var ids = ""
  /// Samples whose id is not the one that the file gives them, because it stands there more than once or not at all.
  package var renamedIDs = 0
  /// Files and columns that nothing was taken from, and why.
  package var unread: [String] = []
  /// Rows and columns of pixels that pictures are compared at, where the samples' own may be others.
  package var comparedSize: [Int]?
  /// Options that change what was found.
  package var overrides: [String] = []

  package init() {}
}

/// What a dataset must be to pass. The defaults hold for any dataset; a policy file states what is known of this one.
package struct Policy: Sendable, Equatable {
  package struct Schema: Sendable, Equatable {
    /// Columns that must be there.
    package var columns: [String] = []
    /// Whether there may be others.
    package var allowsOthers = true
    /// Type of a column, as `inspect` calls it.
    package var types: [String: String] = [:]
    /// image, text, tabular or embedding; nil for any.
    package var modality: String?
    package var minRows = 1
    package var maxRows: Int?
  }

  package struct Missing: Sendable, Equatable {
    /// Largest share of cells that a column may lack.
    package var maxShare = 0.5
    /// The same for columns by name.
    package var columns: [String: Double] = [:]
    /// Largest share of samples without a label, where there are labels at all.
    package var maxUnlabelled = 0.1
  }

  package struct Classes: Sendable, Equatable {
    /// Classes that there may be; empty for any.
    package var allowed: [String] = []
    /// Samples that each class must have.
    package var minCount = 2
    /// Largest class to smallest class.
    package var maxRatio = 100.0
  }

  package struct Content: Sendable, Equatable {
    /// Bytes of one text or cell.
    package var maxBytes = 100_000
    /// Share of samples that may be empty.
    package var maxEmpty = 0.0
    /// Share of samples that may be undecodable.
    package var maxUndecodable = 0.0
    /// Phrases beside those that are known, each compared without regard to case and to how it is spaced.
    package var markup: [String] = []
    package var prompts: [String] = []
  }

  package struct Drift: Sendable, Equatable {
    /// Population stability index from which shares have moved.
    package var maxPSI = 0.25
    /// Kolmogorov–Smirnov distance from which numbers have moved.
    package var maxKS = 0.15
    /// Change of the share of missing cells.
    package var maxMissing = 0.05
    /// A change that chance makes this often is none, however large.
    package var alpha = 0.01
  }

  package struct Review: Sendable, Equatable {
    /// Incidents that may be undecided.
    package var maxIncidents = 0
    /// Whether incidents without a flagged sample count too.
    package var countsUnflagged = false
    /// Flagged samples that may be undecided.
    package var maxFlags = 0
  }

  package struct Manifest: Sendable, Equatable {
    /// Paths beside the dataset's own folder, or absolute; empty to look for the usual names.
    package var files: [String] = []
    /// Whether having none breaks the check.
    package var isRequired = false
  }

  package var schema = Schema()
  /// Smallest and largest value of a column.
  package var ranges: [String: ClosedRange<Double>] = [:]
  package var missing = Missing()
  package var classes = Classes()
  package var content = Content()
  package var drift = Drift()
  package var review = Review()
  package var manifest = Manifest()
  /// By the name of a check, where it is not the check's own.
  package var levels: [String: Level] = [:]
  /// Offending samples that a result lists.
  package var maxListed = 20

  package init() {}

  package func level(of check: any Check) -> Level { levels[check.name] ?? check.level }
}

/// Which columns are which where names do not tell, files that stand in for those of the folder, and how a file of
/// records is written where looking at it does not tell.
package struct DatasetOptions: Sendable, Equatable {
  package var labelColumn: String?
  package var textColumn: String?
  package var imageColumn: String?
  package var idColumn: String?
  package var sourceColumn: String?
  package var timeColumn: String?
  package var featuresPath: String?
  package var probabilitiesPath: String?
  /// One ASCII character, "tab" or "space".
  package var delimiter: String?
  /// One ASCII character, or "none": quotes are literal.
  package var quote: String?
  /// A name that iconv(3) knows.
  package var encoding: String?
  /// Whether the first line of a table names the columns.
  package var hasHeader: Bool?
  /// Words that stand for a missing label or cell, beside the usual ones.
  package var missing: [String] = []
  /// Lines that cannot be read are counted and left out.
  package var skipBadLines = false
  /// Rows and columns that models are trained at: pictures are compared at this size.
  package var resolution: Resolution?
  /// Processes that decode at a time.
  package var threads = 1

  package struct Resolution: Sendable, Equatable {
    package let height: Int
    package let width: Int
    package init(height: Int, width: Int) {
      self.height = height
      self.width = width
    }

    /// Written as people say it, width first: "224x224"; nil for anything else.
    package init?(_ text: String) {
      let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard sides.count == 2, let width = sides[0], let height = sides[1], Self.sides.contains(width),
        Self.sides.contains(height)
      else { return nil }
      self.init(height: height, width: width)
    }

    package static let sides = 2...1024
    package var text: String { "\(width)x\(height)" }
  }

  package init(
    labelColumn: String? = nil, textColumn: String? = nil, imageColumn: String? = nil,
    idColumn: String? = nil,
    sourceColumn: String? = nil, timeColumn: String? = nil, featuresPath: String? = nil,
    probabilitiesPath: String? = nil
  ) {
    self.labelColumn = labelColumn
    self.textColumn = textColumn
    self.imageColumn = imageColumn
    self.idColumn = idColumn
    self.sourceColumn = sourceColumn
    self.timeColumn = timeColumn
    self.featuresPath = featuresPath
    self.probabilitiesPath = probabilitiesPath
  }

  /// The same with columns by the roles that they play elsewhere, those that are there.
  func withRoles(of roles: DatasetOptions, among columns: [String]) -> DatasetOptions {
    func known(_ column: String?) -> String? { column.flatMap { columns.contains($0) ? $0 : nil } }
    var options = self
    options.labelColumn = known(roles.labelColumn)
    options.textColumn = known(roles.textColumn)
    options.imageColumn = known(roles.imageColumn)
    options.idColumn = known(roles.idColumn)
    options.sourceColumn = known(roles.sourceColumn)
    options.timeColumn = known(roles.timeColumn)
    return options
  }

  /// What of it is about metadata.csv.
  package var forMetadata: DatasetOptions {
    DatasetOptions(idColumn: idColumn, sourceColumn: sourceColumn, timeColumn: timeColumn)
  }
}

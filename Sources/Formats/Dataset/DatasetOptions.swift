/// Which columns are which where names do not tell, and files that stand in for those of the folder.
package struct DatasetOptions: Sendable, Equatable {
  package var labelColumn: String?
  package var textColumn: String?
  package var imageColumn: String?
  package var idColumn: String?
  package var sourceColumn: String?
  package var timeColumn: String?
  package var featuresPath: String?
  package var probabilitiesPath: String?

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

  /// What of it is about metadata.csv.
  package var forMetadata: DatasetOptions {
    DatasetOptions(idColumn: idColumn, sourceColumn: sourceColumn, timeColumn: timeColumn)
  }
}

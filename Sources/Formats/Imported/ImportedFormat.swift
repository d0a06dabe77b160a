import Model

/// A format whose samples are no records of text. They are read as such: as columns where the format has them, else as JSON
/// Lines in a file without a name, one a sample, with the pictures beside them where they lie. Roles of columns, payloads and
/// digests follow from there; what is written back is the format's own.
protocol ImportedFormat: Sendable {
  /// What a person calls it.
  var name: String { get }
  /// The files of a folder that are such a dataset, in the order in which they are read; none where it is another.
  func files(of folder: FolderListing) -> [String]
  /// Files of a folder beside its own, of which a person should know that they are not read.
  func unread(of folder: FolderListing) -> [String]
  /// Whether each sample is a file, which a copy writes with its label.
  var isFileEach: Bool { get }
  /// - Parameters:
  ///   - files: those of `files(of:)`, or the one file that the dataset is.
  ///   - name: what errors call the dataset.
  /// - Throws: `FormatError` for what cannot be read, by file and place.
  func samples(_ files: [SourceFile], name: String) throws(FormatError) -> ImportedSamples
  /// The same samples without importing them; nil where that has to be done.
  /// - Parameters:
  ///   - files: as they were when they were imported.
  ///   - places: what `ImportedSamples.places` was then.
  func located(_ files: [SourceFile], _ places: SamplePlaces) -> (any LocatedSamples)?
}

extension ImportedFormat {
  func unread(of folder: FolderListing) -> [String] { [] }
  var isFileEach: Bool { false }
  func located(_ files: [SourceFile], _ places: SamplePlaces) -> (any LocatedSamples)? { nil }
}

/// The samples of a format that is no text.
package struct ImportedSamples: Sendable {
  enum Rows: Sendable {
    /// JSON Lines.
    case lines(MappedFile)
    case columns(ColumnarRows)
  }
  let rows: Rows
  package let count: Int
  /// Nil where the format holds none, or names them in a column.
  let pictures: EncodedPictures?
  var notes: [String] = []
  /// Nil where they cannot be read one by one.
  var places: SamplePlaces?
  /// How some of them are written again.
  let original: any ImportedSources
}

/// The files that samples were imported from.
protocol ImportedSources: Sendable {
  /// How a copy takes them.
  /// - Parameters:
  ///   - name: of the dataset.
  ///   - roles: of the columns that the samples have together.
  func stored(_ name: String, count: Int, roles: DatasetOptions) throws(FormatError) -> [StoredFile]
}

/// Files that write themselves again.
package protocol ImportedOriginal: Sendable {
  /// Writes some samples again as they were.
  /// - Parameters:
  ///   - rows: rising.
  ///   - cells: new ones.
  func write(_ rows: [Int], cells: NewCells, to output: any ImportedOutput) throws
}

extension ImportedSources where Self: ImportedOriginal {
  func stored(_ name: String, count: Int, roles: DatasetOptions) -> [StoredFile] {
    [
      StoredFile(
        name: name, role: "records",
        layout: .imported(self, count: count, labelColumn: roles.labelColumn, textColumn: roles.textColumn))
    ]
  }
}

/// Labels and texts that samples get in a copy.
package struct NewCells: Sendable {
  package struct Column: Sendable {
    /// That of the records that they stand in; nil where none does, or several make them up.
    package let name: String?
    /// By row.
    package let byRow: [Int: String]
    package init(name: String?, byRow: [Int: String]) {
      self.name = name
      self.byRow = byRow
    }
  }
  package let labels: Column
  package let texts: Column

  package init(labels: Column, texts: Column) {
    self.labels = labels
    self.texts = texts
  }

  /// Those of some rows, which follow each other, counted from the first of them.
  func within(_ rows: Range<Int>) -> NewCells {
    func own(_ column: Column) -> Column {
      let own = column.byRow.filter { rows.contains($0.key) }
      return Column(
        name: column.name,
        byRow: Dictionary(uniqueKeysWithValues: own.map { ($0.key - rows.lowerBound, $0.value) }))
    }
    return NewCells(labels: own(labels), texts: own(texts))
  }
}

/// Where the files of a copy go.
package protocol ImportedOutput: AnyObject {
  /// Begins a file; the one before it is complete.
  /// - Parameter name: relative to the folder of the copy; of a dataset that is one file its own.
  func begin(_ name: String) throws
  func append(_ bytes: UnsafeRawBufferPointer) throws
}

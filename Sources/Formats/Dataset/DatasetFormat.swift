/// A format of a file that is a dataset by itself. Each is a type in a file of its own and a line in `DatasetFormats`:
/// what is read by which name, what errors, help and completion list, and what is written back, all follows from there.
package protocol DatasetFormat: Sendable {
  /// What a person calls it.
  var name: String { get }
  /// What the names of such files end in, without the dot; a folder holds its records as `data.EXTENSION`.
  var fileExtension: String { get }
  /// What else they may end in.
  var otherExtensions: [String] { get }
  /// What it is called in a folder that is the dataset.
  var nameInFolder: String { get }
  /// What the file is to the dataset: "records", or a name of the contract, such as "features.npy".
  var role: String { get }
}

extension DatasetFormat {
  package var otherExtensions: [String] { [] }
  package var nameInFolder: String { role == "records" ? "data." + fileExtension : role }
  package var extensions: [String] { [fileExtension] + otherExtensions }
}

/// A format whose samples are rows with named cells.
protocol RecordFormat: DatasetFormat {
  /// Whether a file whose name does not tell is of this format, by how it begins.
  func claims(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// Finds out how the file is written.
  /// - Throws: `FormatError` where it holds no rows of this format.
  func rows(
    of text: RecordText, name: String, options: DatasetOptions
  ) throws(FormatError) -> any RecordRows
}

extension RecordFormat {
  package var role: String { "records" }
  func claims(_ bytes: UnsafeRawBufferPointer) -> Bool { false }
}

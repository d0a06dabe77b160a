import Model
import Values

/// A file that samples are imported from.
struct SourceFile: Sendable {
  /// Relative to the folder of the dataset; of a dataset that is one file its own.
  let name: String
  private let folder: String
  /// Whether it was found in the folder, which nothing outside of is opened for; else a person has named it.
  let isFound: Bool

  init(found name: String, in folder: String) {
    self.name = name
    self.folder = folder
    isFound = true
  }

  init(named name: String, in folder: String) {
    self.name = name
    self.folder = folder
    isFound = false
  }

  /// The folder that it lies in, relative to that of the dataset; empty for that itself.
  var folderName: String { name.split(separator: "/").dropLast().joined(separator: "/") }

  /// - Throws: `FormatError` where it is a link that leaves the folder.
  func path() throws(FormatError) -> String {
    isFound ? try DatasetFiles.beneath(folder, name) : folder + "/" + name
  }

  /// - Throws: `FormatError` where it cannot be mapped, or is a link that leaves the folder.
  func open() throws(FormatError) -> MappedFile {
    try MappedFile(path: try path(), name: displayText(name))
  }
}

extension SourceFile {
  /// What is wrong with its columns.
  func told(_ error: ColumnarError) -> FormatError {
    FormatError(displayText(name), displayText(error.description))
  }
}

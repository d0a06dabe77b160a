import Model
import Synchronization

/// Reads the samples of an imported format when they are first asked for, once.
final class Importer: Sendable {
  let format: any ImportedFormat
  /// Relative to the folder.
  let files: [String]
  let folder: String
  private let name: String
  private let result = Mutex<Result<ImportedSamples, FormatError>?>(nil)

  init(_ format: any ImportedFormat, _ files: [String], in folder: String, name: String) {
    self.format = format
    self.files = files
    self.folder = folder
    self.name = name
  }

  func samples() throws(FormatError) -> ImportedSamples {
    try result.withLock { result in
      if let result { return result }
      let read: Result<ImportedSamples, FormatError>
      do throws(FormatError) {
        read = .success(try format.samples(files, in: folder, name: name))
      } catch {
        read = .failure(error)
      }
      result = read
      return read
    }.get()
  }
}

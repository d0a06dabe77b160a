import Model
import Synchronization

/// Reads the samples of an imported format when they are first asked for, once.
final class Importer: Sendable {
  let format: any ImportedFormat
  let files: [SourceFile]
  private let name: String
  private let result = Mutex<Result<ImportedSamples, FormatError>?>(nil)

  init(_ format: any ImportedFormat, _ files: [SourceFile], name: String) {
    self.format = format
    self.files = files
    self.name = name
  }

  func samples() throws(FormatError) -> ImportedSamples {
    try result.withLock { result in
      if let result { return result }
      let read: Result<ImportedSamples, FormatError>
      do throws(FormatError) {
        read = .success(try format.samples(files, name: name))
      } catch {
        read = .failure(error)
      }
      result = read
      return read
    }.get()
  }
}

import Formats
import Model

/// The split of each sample, which the reading shows and takes for no feature.
package enum SplitColumn {
  /// Reads the dataset once more, with the column of splits where its sources are read; nil where there is none.
  package static func read(
    of data: Dataset, at path: String, options: DatasetOptions
  ) throws(FormatError) -> Categories? {
    let columns = data.reading.files.flatMap(\.columns)
    guard let column = columns.first(where: { $0.role == "split" }) else { return nil }
    var options = options
    options.sourceColumn = column.name
    let again = try DatasetLoader.load(path, options: options, progress: { _ in })
    // A file that was exchanged in between has other rows.
    return again.digest == data.digest ? again.sources : nil
  }
}

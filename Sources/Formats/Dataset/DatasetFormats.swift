import Model

/// The formats that are read.
package enum DatasetFormats {
  /// In the order in which people are told of them.
  package static let all: [any DatasetFormat] = [
    DelimitedFormat.csv,
    DelimitedFormat.tsv,
    DelimitedFormat.psv,
    JSONLinesFormat(),
    JSONFormat(),
    NPYFormat(),
  ]

  /// Names of files that say no more than that they hold text.
  private static let textExtensions = ["txt", "dat", "data", "text", "all-data"]

  /// What the names of files end in that may be read.
  package static let extensions = all.flatMap(\.extensions) + textExtensions

  /// The files of a folder that may hold its records.
  static let recordFiles = all.compactMap { format in
    (format as? any RecordFormat).map { (name: "data." + $0.fileExtension, format: $0) }
  }

  /// By the file's name, or by how it begins where the name does not tell.
  static func format(of path: String, name: String) throws(FormatError) -> any DatasetFormat {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if let format = all.first(where: { $0.extensions.contains(ending) }) { return format }
    guard textExtensions.contains(ending) else { throw FormatError(path, refusal(of: name, ending)) }
    let file = try MappedFile(path: path, name: name)
    return recordFiles.first { $0.format.claims(file.bytes) }?.format ?? DelimitedFormat.csv
  }

  /// Why a file is not read, and what can be done about it.
  private static func refusal(of name: String, _ ending: String) -> String {
    switch ending {
    case "npz": "NPZ is not read; unpack it into a folder with features.npy and labels.npy"
    case "gz": "is compressed; unpack it first: gunzip -k '\(name)'"
    case "zst": "is compressed; unpack it first: zstd -d '\(name)'"
    case "zip", "xz", "bz2": "is compressed; unpack it first"
    case "parquet", "xlsx", "xls", "arrow", "feather", "pkl", "pickle", "h5":
      "this format is not read; save it as CSV or JSON Lines"
    default:
      "not a folder and no \(listed(all.map { "." + $0.fileExtension })) file; other formats are not read yet"
    }
  }
}

/// Files that are one dataset together, as large ones are cut up.
enum Shards {
  /// The split that a file is of: of "data/train-00000-of-00005.parquet", "train/0001.tar", "train.parquet" and, as caches
  /// have it, "imdb-train.arrow" it is "train".
  static func split(of file: String) -> String? {
    let parts = file.lowercased().split(separator: "/")
    let words = (parts.last ?? "").prefix { $0 != "." }.split { !$0.isLetter }
    return (words + parts.dropLast()).map(String.init).first(where: names.contains)
  }

  /// The column that splits make.
  static let splitColumn = "split"

  static let names: Set = [
    "train", "training", "test", "testing", "validation", "valid", "val", "dev", "eval",
  ]

  /// Whether a file is called as one of several: with a number at the end of its name, or after a split.
  static func isPart(_ file: String) -> Bool {
    let name = DatasetFormats.uncompressedName(file.split(separator: "/").last.map(String.init) ?? file)
    let stem = name.prefix { $0 != "." }
    let digits = stem.reversed().prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && digits.count < stem.count || split(of: file) != nil
  }

  /// Whether a file of this name lies in a folder of a split.
  static func isInFolderOfSplit(_ file: String, called name: String) -> Bool {
    let parts = file.split(separator: "/")
    return parts.count > 1 && parts.last.map { $0 == name } ?? false && split(of: file) != nil
  }

  /// That of each file; nil where there is only one, which tells nothing.
  static func splits(of files: [String]) -> [String]? {
    let splits = files.map { split(of: $0) ?? "" }
    return Set(splits).count > 1 ? splits : nil
  }
}

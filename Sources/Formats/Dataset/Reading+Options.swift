import Model

extension Reading {
  /// The options that read the files otherwise, as far as they have a say here.
  static func options(for reading: Reading, hasTable: Bool) -> [String] {
    guard hasTable, let file = reading.files.first else {
      return reading.arrays.isEmpty ? [] : ["--features FILE.npy", "--pred-probs FILE.npy"]
    }
    let roles =
      "--label COL, --text COL, --id COL, --image COL, --source COL, --time COL: which column is which"
    let missing = "--missing WORD: stands for no label and for empty cells"
    guard file.delimiter != nil else {
      return [roles, missing, "--encoding NAME, --skip-bad-lines: how it is read"]
    }
    return [
      roles, missing,
      "--delimiter C, --quote C|none, --encoding NAME, --header, --no-header, --skip-bad-lines: how it is read",
    ]
  }
}

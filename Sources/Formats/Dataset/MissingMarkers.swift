/// The words that stand for what is missing.
struct MissingMarkers {
  /// What libraries and people write for no label. "none" in small letters is a class in many datasets.
  private static let usual: Set<String> = [
    "", "NaN", "nan", "NAN", "None", "null", "NULL", "N/A", "n/a", "NA", "?", "<NA>", "#N/A",
  ]
  private let told: Set<String>

  init(_ options: DatasetOptions) { told = Set(options.missing) }

  var areTold: Bool { !told.isEmpty }

  /// Whether a cell is one of the words that were told.
  func isTold(_ cell: UnsafeRawBufferPointer) -> Bool {
    !told.isEmpty && told.contains(String(decoding: CellValue.trimmed(cell), as: UTF8.self))
  }

  func isTold(_ word: String) -> Bool { told.contains(word) }

  /// Whether a label stands for none.
  /// - Parameter classes: names that are classes, whatever they look like.
  func isNoLabel(_ label: String, classes: Set<String>) -> Bool {
    let isBlank = label.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    return isBlank || told.contains(label) || (Self.usual.contains(label) && !classes.contains(label))
  }
}

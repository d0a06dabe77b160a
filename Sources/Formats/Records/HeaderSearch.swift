/// Tells a table whose first line names the columns from one that has no header.
struct HeaderSearch {
  private var names: [String] = []
  private var profiles: [ColumnProfile] = []
  private static let rows = 200

  /// - Parameter reader: stands at the first record.
  init(_ reader: CSVReader) {
    var reader = reader
    var record = Record()
    guard (try? reader.next(&record)) == true else { return }
    names = (0..<record.count).map(record.string)
    profiles = names.map { _ in ColumnProfile() }
    var read = 0
    while read < Self.rows, (try? reader.next(&record)) == true {
      read += 1
      guard record.count >= names.count else { continue }
      for column in names.indices { profiles[column].append(record, column) }
    }
  }

  /// Whether the first line is a row like the others.
  var isMissing: Bool {
    guard !names.isEmpty, profiles.contains(where: { $0.filled > 0 }) else { return false }
    if names.contains(where: ColumnNames.isKnown) { return false }
    if areRunningNumbers { return false }
    var data = 0
    var header = 0
    for (name, profile) in zip(names, profiles) where profile.filled > 0 {
      let isNumber = CellValue.number(name.utf8) != nil
      if profile.numbers == profile.filled {
        if isNumber { data += 1 } else { header += 1 }
      } else if isNumber, !profile.areNumbers {
        header += 1
      } else if profile.areCategories, profile.filled >= 4 {
        // A name of a class stands in the rows again, that of a column does not.
        if profile.distinct.contains(Array(name.utf8)) { data += 1 } else { header += 1 }
      } else if profile.areTexts {
        if name.split(separator: " ").count >= 4 { data += 1 } else { header += 1 }
      }
    }
    return data > header
  }

  /// Columns that pandas counted: 0, 1, 2 … behind an index or not.
  private var areRunningNumbers: Bool {
    let counted = names.drop { $0.isEmpty }
    return !counted.isEmpty && counted.enumerated().allSatisfy { $1 == String($0) }
  }
}

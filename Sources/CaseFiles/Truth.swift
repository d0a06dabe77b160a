import Formats
import Model

/// Which samples are poisoned, in dataset order.
package struct Truth: Sendable {
  /// nil where the sample counts neither way.
  package let poisoned: [Bool?]
  /// First word of the attack that most of the poison has ("backdoor" of "backdoor-blended"), so that its variants count
  /// as one; "none" without poison.
  package let leadingAttack: String

  /// Rows that count.
  package var counted: [Int] { poisoned.indices.filter { poisoned[$0] != nil } }

  /// - Throws: `FormatError` or `CaseFileError` when a column is missing or the ids are not those of the dataset.
  package static func read(path: String, ids: StringColumn) throws -> Truth {
    try Truth(CSVReader.readSmall(path: path), name: path, ids: ids)
  }

  /// - Parameter name: what errors call the table.
  package init(_ table: CSVReader.SmallTable, name: String, ids: StringColumn) throws(CaseFileError) {
    func column(_ name: String) -> Int? {
      table.header.firstIndex { $0.lowercased().filter { $0 != " " } == name }
    }
    guard let idColumn = column("id"), let poisonedColumn = column("poisoned") else {
      let names = table.header.prefix(20).joined(separator: ", ")
      throw CaseFileError(.invalid, name, "needs the columns id and poisoned; there are \(names)")
    }
    let roleColumn = column("role")
    let attackColumn = column("attack")
    var verdicts: [String: Bool?] = [:]
    var attacks: [String: Int] = [:]
    for (row, line) in zip(table.rows, table.lines) {
      let isCover = roleColumn.map { row[$0] == "cover" } ?? false
      guard let isPoison = Self.answer(row[poisonedColumn]) else {
        throw CaseFileError(
          .invalid, name,
          "line \(line): poisoned is '\(row[poisonedColumn])'; 1 or 0, true or false, yes or no is expected")
      }
      guard verdicts[row[idColumn]] == nil else {
        throw CaseFileError(.invalid, name, "line \(line): the sample \(row[idColumn]) stands twice")
      }
      verdicts[row[idColumn]] = .some(isCover ? nil : isPoison)
      if isPoison, !isCover, let attackColumn {
        attacks[
          row[attackColumn].split { "-_".contains($0) }.first.map(String.init) ?? "unnamed", default: 0] += 1
      }
    }
    guard verdicts.count == ids.count else {
      let known = Set(ids)
      let unknown = verdicts.keys.filter { !known.contains($0) }.min()
      throw CaseFileError(
        .invalid, name,
        "\(Model.counted(verdicts.count, "id")), but the dataset has \(Model.counted(ids.count, "sample"))"
          + (unknown.map { "; it has no sample \($0)" } ?? ""))
    }
    poisoned = try ids.map { id throws(CaseFileError) in
      guard let verdict = verdicts[id] else {
        throw CaseFileError(.invalid, name, "the sample \(id) is missing")
      }
      return verdict
    }
    leadingAttack = attacks.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "none"
  }

  /// What people and libraries write for yes and no; nil for anything else.
  private static func answer(_ cell: String) -> Bool? {
    switch cell.lowercased().filter({ $0 != " " }) {
    case "1", "true", "yes", "t", "y", "1.0": true
    case "0", "false", "no", "f", "n", "0.0": false
    default: nil
    }
  }
}

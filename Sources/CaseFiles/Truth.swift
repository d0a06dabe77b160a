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
    guard let idColumn = table.header.firstIndex(of: "id"),
      let poisonedColumn = table.header.firstIndex(of: "poisoned")
    else { throw CaseFileError(.invalid, name, "needs the columns id and poisoned") }
    let roleColumn = table.header.firstIndex(of: "role")
    let attackColumn = table.header.firstIndex(of: "attack")
    var verdicts: [String: Bool?] = [:]
    var attacks: [String: Int] = [:]
    for row in table.rows {
      let isCover = roleColumn.map { row[$0] == "cover" } ?? false
      let isPoison = row[poisonedColumn] == "1"
      verdicts[row[idColumn]] = .some(isCover ? nil : isPoison)
      if isPoison, !isCover, let attackColumn {
        attacks[
          row[attackColumn].split { "-_".contains($0) }.first.map(String.init) ?? "unnamed", default: 0] += 1
      }
    }
    guard verdicts.count == ids.count else {
      throw CaseFileError(
        .invalid, name, "\(verdicts.count) ids, but the dataset has \(ids.count) samples")
    }
    poisoned = try ids.map { id throws(CaseFileError) in
      guard let verdict = verdicts[id] else {
        throw CaseFileError(.invalid, name, "the sample \(id) is missing")
      }
      return verdict
    }
    leadingAttack = attacks.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "none"
  }
}

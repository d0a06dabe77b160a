import Formats
import Model

/// Which samples are poisoned, in dataset order.
struct Truth {
  /// nil where the sample counts neither way.
  let poisoned: [Bool?]
  /// First word of the attack that most of the poison has ("backdoor" of "backdoor-blended"), so that its variants count
  /// as one; "none" without poison.
  let leadingAttack: String

  /// Rows that count.
  var counted: [Int] { poisoned.indices.filter { poisoned[$0] != nil } }

  /// - Throws: when a column is missing or the ids are not those of the dataset.
  static func read(path: String, ids: StringColumn) throws -> Truth {
    let table = try CSVReader.readSmall(path: path)
    func column(_ name: String) -> Int? {
      table.header.firstIndex { $0.lowercased().filter { $0 != " " } == name }
    }
    guard let idColumn = column("id"), let poisonedColumn = column("poisoned") else {
      let names = table.header.prefix(20).joined(separator: ", ")
      throw Failure(ExitStatus.dataError, "\(path): needs the columns id and poisoned; there are \(names)")
    }
    let roleColumn = column("role")
    let attackColumn = column("attack")
    var verdicts: [String: Bool?] = [:]
    var attacks: [String: Int] = [:]
    for (row, line) in zip(table.rows, table.lines) {
      let isCover = roleColumn.map { row[$0] == "cover" } ?? false
      guard let isPoison = answer(row[poisonedColumn]) else {
        throw Failure(
          ExitStatus.dataError,
          "\(path): line \(line): poisoned is '\(row[poisonedColumn])'; 1 or 0, true or false, yes or no is expected")
      }
      guard verdicts[row[idColumn]] == nil else {
        throw Failure(ExitStatus.dataError, "\(path): line \(line): the sample \(row[idColumn]) stands twice")
      }
      verdicts[row[idColumn]] = .some(isCover ? nil : isPoison)
      if isPoison, !isCover, let attackColumn {
        attacks[
          row[attackColumn].split { "-_".contains($0) }.first.map(String.init) ?? "unnamed", default: 0] += 1
      }
    }
    if verdicts.count != ids.count {
      let known = Set(ids)
      let unknown = verdicts.keys.filter { !known.contains($0) }.sorted()
      let example = unknown.first.map { "; the dataset has no sample \($0)" } ?? ""
      throw Failure(
        ExitStatus.dataError,
        "\(path): \(verdicts.count) ids, but the dataset has \(ids.count) samples\(example)")
    }
    return Truth(
      poisoned: try ids.map { id in
        guard let verdict = verdicts[id] else {
          throw Failure(ExitStatus.dataError, "\(path): the sample \(id) is missing")
        }
        return verdict
      },
      leadingAttack: attacks.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "none")
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

import Formats
import Model

/// Which samples are poisoned, in dataset order.
struct Truth {
  /// nil where the sample counts neither way.
  let poisoned: [Bool?]

  /// - Throws: when a column is missing or the ids are not those of the dataset.
  static func read(path: String, ids: StringColumn) throws -> Truth {
    let table = try CSVReader.readSmall(path: path)
    guard let idColumn = table.header.firstIndex(of: "id"),
      let poisonedColumn = table.header.firstIndex(of: "poisoned")
    else { throw Failure(ExitStatus.dataError, "\(path): needs the columns id and poisoned") }
    let roleColumn = table.header.firstIndex(of: "role")
    var verdicts: [String: Bool?] = [:]
    for row in table.rows {
      let isCover = roleColumn.map { row[$0] == "cover" } ?? false
      verdicts[row[idColumn]] = .some(isCover ? nil : row[poisonedColumn] == "1")
    }
    guard verdicts.count == ids.count else {
      throw Failure(
        ExitStatus.dataError, "\(path): \(verdicts.count) ids, but the dataset has \(ids.count) samples")
    }
    return Truth(
      poisoned: try ids.map { id in
        guard let verdict = verdicts[id] else {
          throw Failure(ExitStatus.dataError, "\(path): the sample \(id) is missing")
        }
        return verdict
      })
  }
}

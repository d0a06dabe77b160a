import CaseFiles
import Formats
import Model

/// A table of the truth says something of every sample, or names what it lacks.
func fuzzTruth(_ bytes: UnsafeRawBufferPointer) {
  guard let table = try? CSVReader.smallTable(bytes, name: "truth.csv") else { return }
  let column = table.header.firstIndex(of: "id") ?? 0
  let ids = StringColumn(table.rows.map { $0[column] })
  do throws(CaseFileError) {
    let truth = try Truth(table, name: "truth.csv", ids: ids)
    precondition(truth.poisoned.count == ids.count)
    precondition(truth.counted.allSatisfy { truth.poisoned[$0] != nil })
    precondition(!truth.leadingAttack.isEmpty)
  } catch {
    precondition(displayText(error.description) == error.description)
  }
}

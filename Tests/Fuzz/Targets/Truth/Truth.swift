import CaseFiles
import Formats
import Model

/// A table of the truth says something of every sample, or names what it lacks.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTruth(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  guard let table = try? CSVReader.smallTable(bytes, name: "truth.csv") else { return 0 }
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
  return 0
}

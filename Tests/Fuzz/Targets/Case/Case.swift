import CaseFiles
import Foundation
import Formats
import Model
import Support

/// A case one of whose files holds anything opens with columns that fit one another, or says which file is damaged.
///
/// The first byte chooses the file; the rest is what it holds.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCase(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard let folder, count > 0 else { return 0 }
  let place = URL(fileURLWithPath: folder.path + "/" + folder.files[Int(start[0]) % folder.files.count])
  guard let whole = try? Data(contentsOf: place) else { preconditionFailure("the case is gone") }
  guard (try? Data(bytes: start + 1, count: count - 1).write(to: place)) != nil else { return 0 }
  do {
    let report = try CaseFolder.open(folder.path).report
    precondition(report.ids.count == report.count && report.suspicion.count == report.count)
    for id in report.ids { _ = id }
    for finding in report.findings {
      precondition(finding.members.allSatisfy { $0 >= 0 && Int($0) < report.count })
    }
  } catch {
    precondition(displayText("\(error)") == "\(error)")
  }
  guard (try? whole.write(to: place)) != nil else { preconditionFailure("the case cannot be restored") }
  return 0
}

/// A case that is whole, made once for the process.
private let folder: (path: String, files: [String])? = {
  guard let report = MadeUp.report else { return nil }
  let path = FileManager.default.temporaryDirectory.appending(path: "fuzz-case-\(getpid())").path
  let provenance = Provenance(
    datasetPath: "made-up", fingerprint: "", settings: ScanSettings(dataset: DatasetOptions(), seed: 1),
    toolVersion: "fuzz")
  do {
    try CaseFolder.write(
      report, records: nil, provenance: provenance, to: try CasePlace(path, dataset: "made-up"))
    let arrays = try FileManager.default.contentsOfDirectory(atPath: path + "/arrays").sorted()
    atexit { try? FileManager.default.removeItem(atPath: fuzzedCase()) }
    return (path, ["case.json", "case.json", "case.json"] + arrays.map { "arrays/" + $0 })
  } catch { return nil }
}()

private func fuzzedCase() -> String {
  FileManager.default.temporaryDirectory.appending(path: "fuzz-case-\(getpid())").path
}

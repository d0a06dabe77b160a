import CaseFiles
import Formats
import Foundation
import Model

/// A case one of whose files holds anything opens with columns that fit one another, or says which file is damaged.
///
/// The first byte chooses the file, and whether the rest is what it holds or how it is edited.
func fuzzCase(_ bytes: UnsafeRawBufferPointer) {
  guard let folder, let choice = bytes.first else { return }
  let place = URL(fileURLWithPath: folder.path + "/" + folder.files[Int(choice & 0x7F) % folder.files.count])
  guard let whole = try? Data(contentsOf: place) else { preconditionFailure("the case is gone") }
  let rest = bytes.dropFirst()
  let content = choice & 0x80 == 0 ? Data(rest) : edited(whole, by: rest)
  guard (try? content.write(to: place)) != nil else { return }
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
}

/// Of each edit two bytes are the place, one how many bytes go (low half) and come (high half), then those that come:
/// a file that was changed here and there gets further than one that was made up.
private func edited(_ whole: Data, by edits: Slice<UnsafeRawBufferPointer>) -> Data {
  var result = [UInt8](whole)
  var rest = edits
  while rest.count >= 3 {
    let head = Array(rest.prefix(3))
    let start = (Int(head[0]) << 8 | Int(head[1])) % (result.count + 1)
    rest = rest.dropFirst(3)
    let added = rest.prefix(Int(head[2] >> 4))
    result.replaceSubrange(start..<min(result.count, start + Int(head[2] & 15)), with: added)
    rest = rest.dropFirst(added.count)
  }
  return Data(result)
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
    return (path, ["case.json", "case.json", "case.json"] + arrays.map { "arrays/" + $0 })
  } catch {
    preconditionFailure("no case can be made")
  }
}()

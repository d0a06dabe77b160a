import CaseFiles
import Formats
import Model

extension CheckInput.Baseline {
  /// Opens a case to compare with. What a case does not hold, the numbers and the texts, is read from its dataset where
  /// that still is what was scanned.
  /// - Throws: where the case cannot be opened; of its dataset it is only said why there is none.
  package static func open(_ path: String) throws -> Self {
    let opened = try CaseFolder.open(path)
    guard let dataset = datasetPath(in: path) else {
      return Self(
        report: opened.report, data: nil, reason: "the baseline does not say where its dataset lies")
    }
    do {
      try opened.checkCurrent(dataset)
      let data = try DatasetLoader.load(dataset, options: opened.options, progress: { _ in })
      return Self(report: opened.report, data: data)
    } catch {
      return Self(
        report: opened.report, data: nil, reason: "the dataset of the baseline: \(reason(of: error))")
    }
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case let format as FormatError: format.description
    case let file as CaseFileError: file.description
    default: "cannot be read"
    }
  }

  /// As it stands in case.json.
  private static func datasetPath(in folder: String) -> String? {
    guard let file = try? MappedFile(path: folder + "/case.json"),
      let record = file.withBytes({ try? JSONParser.parse($0, in: 0..<$0.count) }),
      case .string(let path)? = record["dataset"]?["path"]
    else { return nil }
    return path
  }
}

import ArgumentParser
import Formats
import Model
import Scan

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show how a dataset is read, without scanning it.",
    discussion: """
      Format, delimiter, encoding, rows; each column with its type, examples, the role that it plays and why; the order \
      of the classes and how the columns of pred_probs are matched to them; what is left unread; the options that read it \
      otherwise. A scan prints the same in short at the head of its summary, and in full as the key "reading" of --json.
      """)

  @OptionGroup var dataset: DatasetArguments
  @Flag(help: "Print JSON.") var json = false

  mutating func run() throws {
    let data = try DatasetLoader.load(dataset.dataset, options: dataset.options, progress: { _ in })
    let inspection = Inspection(data)
    try StandardOutput.write(json ? JSONText.encode(inspection) : inspection.text())
  }
}

/// What `inspect` prints, for people and for programs.
struct Inspection: Encodable {
  let dataset: String
  let modality: String
  let n: Int
  let classes: [String]
  let notes: [String]
  let reading: Reading

  init(_ data: Dataset) {
    dataset = data.name
    modality = data.modality.rawValue
    n = data.count
    classes = data.classes
    let scope = ScanScope(data)
    notes = data.notes + scope.notes
    reading = scope.reading
  }

  func text() -> String {
    var lines = [
      "\(displayText(dataset)): \(n.grouped) samples (\(modality)), \(classes.count.grouped) classes"
    ]
    lines += ReadingText(reading, classes: classes).whole
    lines += notes.map { "note          " + displayText($0) }
    return lines.joined(separator: "\n") + "\n"
  }
}

import ArgumentParser
import Features
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
  @OptionGroup var model: EncoderArguments
  @Flag(help: "Print JSON.") var json = false

  mutating func run() throws {
    let encoder = try model.open(for: dataset)
    let data = try DatasetLoader.load(dataset.dataset, options: dataset.options, progress: { _ in })
    let inspection = Inspection(
      data, encoder: encoder.map { ($0, $0.gap(in: data)) }, notes: model.notes(for: dataset))
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
  /// What `--encoder` names.
  let encoder: EncoderPart?

  struct EncoderPart: Encodable {
    let name: String
    let summary: String
    let digest: String
    let dimensions: Int
  }

  init(_ data: Dataset, encoder: (model: any SampleEncoder, gap: String?)?, notes own: [String]) {
    dataset = data.name
    modality = data.modality.rawValue
    n = data.count
    classes = data.classes
    let scope = ScanScope(data)
    notes = data.notes + scope.notes + own + [encoder?.gap].compactMap { $0.map { "--encoder: " + $0 } }
    self.encoder = encoder.map { encoder, _ in
      let identity = encoder.identity
      return EncoderPart(
        name: identity.name, summary: identity.summary, digest: identity.digest,
        dimensions: encoder.dimensions)
    }
    reading = scope.reading
  }

  func text() -> String {
    var lines = [
      "\(displayText(dataset)): \(counted(n, "sample")) (\(modality)), \(counted(classes.count, "class", "classes"))"
    ]
    lines += ReadingText(reading, classes: classes).whole
    if let encoder {
      let what = "\(encoder.name): \(encoder.summary), \(encoder.dimensions) dimensions"
      lines.append("encoder       " + displayText(what))
    }
    lines += notes.map { "note          " + displayText($0) }
    return lines.joined(separator: "\n") + "\n"
  }
}

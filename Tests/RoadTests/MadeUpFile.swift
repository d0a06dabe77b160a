import Formats
import Foundation
import Numerics
import TestSupport

/// A small dataset of three classes in one of the formats, drawn from a seed.
struct MadeUpFile {
  enum Form: String, CaseIterable, Sendable {
    /// Files without sources and times.
    case quoted, wide, tabs, lines, array
    /// Files with sources or times under names and in ways of their own.
    case named, nested
    /// Folders: arrays alone, arrays with metadata.csv or with a table that has no header.
    case images, metadata, headless

    var isFolder: Bool { [.images, .metadata, .headless].contains(self) }
  }

  let path: String
  private(set) var options = DatasetOptions()
  /// The same as options of the command line.
  private(set) var arguments: [String] = []

  private struct Row {
    let label: Int
    let id, text: String
    let amount: Double
    let number: Int
  }

  init(_ form: Form, rows: Int, seed: UInt64, in folder: ScratchFolder) throws {
    var random = SeededRandom(seed: seed, stream: 77)
    let words = ["thé", "boat", "say \"no\"", "a, b", "river", "stone", "two\nlines", "well", "ice", "bread"]
    let drawn = (0..<rows).map { row in
      let text = (0..<5 + random.below(4)).map { _ in words[random.below(words.count)] }.joined(
        separator: " ")
      // All three classes are there, and none in a place of its own.
      return Row(
        label: row < 3 ? row : random.below(3), id: "r\(row)", text: text,
        amount: Double(random.below(4000)) / 100, number: random.below(9))
    }
    func table(
      _ separator: String, end: String, mark: String = "", _ cells: (Row) -> [String], _ names: [String]
    )
      -> String
    {
      let lines = ([names] + drawn.map(cells)).map { line in
        line.map { cell in
          let isPlain = !cell.contains { ("\"\n" + separator).contains($0) } && random.below(4) > 0
          return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: separator)
      }
      return mark + lines.joined(separator: end)
    }
    func json(_ row: Row, _ more: String = "") -> String {
      let text = row.text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return "{\"id\": \"\(row.id)\", \"text\": \"\(text)\", \"label\": \"c\(row.label)\"\(more)}"
    }
    var files: [String: Data] = [:]
    let amounts = { (row: Row) in [row.id, "\(row.amount)", "\(row.number)", "c\(row.label)"] }
    let names = ["id", "amount", "number", "label"]
    switch form {
    case .quoted:
      files["set.csv"] = Data(
        table(
          ",", end: "\r\n", mark: "\u{FEFF}", { [$0.text, "c\($0.label)", $0.id] }, ["text", "label", "id"]
        ).utf8)
    case .wide:
      files["set.csv"] = table(";", end: "\n", mark: "\u{FEFF}", amounts, names).data(
        using: .utf16LittleEndian)
    case .tabs: files["set.tsv"] = Data((table("\t", end: "\n", amounts, names) + "\n").utf8)
    case .lines: files["set.jsonl"] = Data(drawn.map { json($0) }.joined(separator: "\n").utf8)
    case .array: files["set.json"] = Data(("[" + drawn.map { json($0) }.joined(separator: ", ") + "]\n").utf8)
    case .named:
      files["set.csv"] = Data(
        table(
          ",", end: "\n", { amounts($0) + ["\(1_770_000_000 + $0.number)", "u\($0.number)"] },
          names + ["when", "who"]
        ).utf8)
      (options.sourceColumn, options.timeColumn) = ("who", "when")
      arguments = ["--source", "who", "--time", "when"]
    case .nested:
      files["set.jsonl"] = Data(
        drawn.map { row in
          let source = row.number == 0 ? "null" : "\(row.number)"
          return json(row, ", \"meta\": {\"source\": \(source), \"depth\": \(row.amount)}")
        }.joined(separator: "\n").utf8)
    case .images:
      let pixels = drawn.flatMap { row in (0..<16).map { _ in UInt8(60 * row.label + random.below(60)) } }
      files["images.npy"] = Data(NPY.encode(shape: [rows, 4, 4], pixels))
      files["labels.npy"] = Data(NPY.encode(shape: [rows], drawn.map { Int64($0.label) }))
    case .metadata:
      let values = drawn.flatMap { row in (0..<5).map { _ in Float(Double(row.label) + random.normal()) } }
      files["features.npy"] = Data(NPY.encode(shape: [rows, 5], values))
      files["labels.npy"] = Data(NPY.encode(shape: [rows], drawn.map { UInt8($0.label) }))
      files["pred_probs.npy"] = Data(
        NPY.encode(
          shape: [rows, 3], drawn.flatMap { row in (0..<3).map { $0 == row.label ? 0.8 : Float(0.1) } }))
      files["metadata.csv"] = Data(table(",", end: "\n", { [$0.id, "x"] }, ["id", "note"]).utf8)
    case .headless:
      files["data.csv"] = Data(drawn.map { "\($0.amount),\($0.number),c\($0.label)\n" }.joined().utf8)
    }
    let place = form.isFolder ? folder.url.appending(path: "set") : folder.url
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (name, bytes) in files { try bytes.write(to: place.appending(path: name)) }
    path = form.isFolder ? place.path : place.appending(path: files.keys.first ?? "").path
  }
}

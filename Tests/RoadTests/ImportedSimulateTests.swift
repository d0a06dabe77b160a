import Formats
import Foundation
import Parquet
import TestSupport
import Testing
import Values

/// Labels and texts are planted into files that are no text; what cannot be written there is refused with the cure.
@Suite struct ImportedSimulateTests {
  private enum Form: String, CaseIterable, CustomTestStringConvertible {
    case parquet, arrow, tar, folder
    var testDescription: String { rawValue }

    func write(_ texts: [String], _ labels: [String], in folder: ScratchFolder) throws -> String {
      let place = folder.url.appending(path: "set." + rawValue)
      switch self {
      case .parquet:
        let schema = [
          SchemaElement(name: "schema", childCount: 2),
          SchemaElement(name: "text", type: 6, repetition: 1, convertedType: 0),
          SchemaElement(name: "label", type: 6, repetition: 1, convertedType: 0),
        ]
        var bytes: [UInt8] = []
        var writer = try ParquetWriter(schema: schema, keyValues: []) { bytes += $0 }
        writer.beginRowGroup(rowCount: texts.count)
        for (leaf, cells) in zip(try ParquetSchema(schema).leaves, [texts, labels]) {
          let column = try LeafColumn(
            leaf, rowCount: cells.count, definition: [UInt8](repeating: 1, count: cells.count),
            repetition: [],
            values: .bytes(ByteStrings(copying: cells.map { Array($0.utf8) })))
          try writer.append(column, codec: .snappy)
        }
        try writer.finish()
        try Data(bytes).write(to: place)
      case .arrow:
        var stream = ArrowStream([.utf8("text"), .utf8("label")])
        let (texts, labels) = (texts.map { Array($0.utf8) }, labels.map { Array($0.utf8) })
        let (first, second) = (ArrowStream.strings(texts), ArrowStream.strings(labels))
        let count = Int64(texts.count)
        stream.append(
          rows: count, nodes: [(count, 0), (count, 0)],
          buffers: [[], first.ends, first.bytes, [], second.ends, second.bytes])
        try Data(stream.bytes).write(to: place)
      case .tar:
        var bytes: [UInt8] = []
        for (index, (text, label)) in zip(texts, labels).enumerated() {
          bytes += PictureForm.tar.tarFile("\(index).txt", Array(text.utf8))
          bytes += PictureForm.tar.tarFile("\(index).json", Array(#"{"label": "\#(label)"}"#.utf8))
        }
        try Data(bytes + [UInt8](repeating: 0, count: 1024)).write(to: place)
      case .folder:
        for (index, (text, label)) in zip(texts, labels).enumerated() {
          let own = place.appending(path: label)
          try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
          try Data(text.utf8).write(to: own.appending(path: "\(1000 + index).txt"))
        }
      }
      return place.path
    }
  }

  private static func made() -> (texts: [String], labels: [String]) {
    let words = [
      "river", "stone", "market", "window", "engine", "garden", "letter", "harbor", "pencil", "candle",
    ]
    var texts: [String] = []
    for row in 0..<200 {
      let own = (0..<8).map { place -> String in
        let number = row * 7 + place * place * (row % 5 + 1)
        return words[number % 10]
      }
      texts.append(own.joined(separator: " ") + " of number \(row)")
    }
    return (texts, texts.indices.map { $0 % 2 == 0 ? "ham" : "spam" })
  }

  @Test(arguments: Form.allCases) private func textsAndLabelsArePlanted(form: Form) throws {
    let folder = try ScratchFolder()
    let (texts, labels) = Self.made()
    let set = try form.write(texts, labels, in: folder)
    let output = folder.url.appending(path: "planted").path
    let result = try Program.run(["simulate", "sentence", set, "--rate", "0.1", "--output", output])
    #expect(result.status == 0, "\(result.errors)")
    let truth = try CSVReader.readSmall(path: output + "/truth.csv").rows.map { $0[1] == "1" }
    #expect(truth.count { $0 } == 20)
    let planted = form == .folder ? output : output + "/" + (set.split(separator: "/").last ?? "")
    let data = try DatasetLoader.load(planted, options: DatasetOptions(), progress: { _ in })
    let before = try DatasetLoader.load(set, options: DatasetOptions(), progress: { _ in })
    let read = try #require(data.texts)
    let old = try #require(before.texts)
    if form != .folder {
      #expect(truth.indices.allSatisfy { (read[$0] != old[$0]) == truth[$0] })
      let poisonedLabels = Set(truth.indices.filter { truth[$0] }.map { data.labels[$0] })
      #expect(poisonedLabels.count == 1, "all have the label of the attack")
    } else {
      // A new label is another folder, and so another place in the order.
      #expect(Set(read).subtracting(Set(old)).count == 20)
    }
  }

  @Test func whatCannotBeWrittenIsRefusedWithTheCure() throws {
    let folder = try ScratchFolder()
    let (texts, labels) = Self.made()
    let set = try Form.parquet.write(texts, labels, in: folder)
    let digits = try Digits(try Samples.part(of: "digits", rows: 100, in: folder.url))
    let pictures = try PictureForm.folder.write(digits, in: folder)
    for (attack, set, cure) in [
      ("flood", set, "convert them to JSON Lines or CSV first"),
      ("benign-batch", set, "convert them to JSON Lines or CSV first"),
      ("patch", pictures, "plant into an array of them"),
    ] {
      let output = folder.url.appending(path: attack).path
      let result = try Program.run(["simulate", attack, set, "--rate", "0.1", "--output", output])
      #expect(result.status != 0 && result.errors.contains(cure), "\(attack): \(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }
}

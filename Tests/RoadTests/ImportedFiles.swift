import Compression
import Formats
import Foundation
import Images
import Parquet
import TestSupport

/// The first samples of the digits in the forms that people have pictures in.
enum PictureForm: String, CaseIterable, Sendable {
  case folder, list, table, parquet, saved, tar, cells, urls

  /// - Returns: the path of the dataset.
  func write(_ digits: Digits, in folder: ScratchFolder) throws -> String {
    let root = folder.url.appending(path: rawValue)
    for (file, bytes) in try files(digits) {
      let place = root.appending(path: file)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: place)
    }
    return root.path
  }

  private func files(_ digits: Digits) throws -> [(name: String, bytes: [UInt8])] {
    let half = digits.ids.count / 2
    switch self {
    case .folder:
      return digits.ids.indices.map { ("\(digits.names[$0])/\(digits.ids[$0]).png", digits.pictures[$0]) }
    case .list:
      let lines = digits.ids.indices.map {
        "\(digits.ids[$0]),./png/\(digits.ids[$0]).png,\(digits.names[$0])\n"
      }
      return [("metadata.csv", Array(("id,file_name,label\n" + lines.joined()).utf8))]
        + digits.ids.indices.map { ("png/\(digits.ids[$0]).png", digits.pictures[$0]) }
    case .table:
      return [("metadata.parquet", try Self.list(digits, digits.ids.indices))]
        + digits.ids.indices.map { ("png/\(digits.ids[$0]).png", digits.pictures[$0]) }
    case .cells, .urls:
      let head = self == .urls ? "data:image/png;base64," : ""
      let lines = digits.ids.indices.map { row in
        let cell = head + Data(digits.pictures[row]).base64EncodedString()
        return #"{"id":"\#(digits.ids[row])","image":"\#(cell)","label":"\#(digits.names[row])"}"# + "\n"
      }
      return [("data.jsonl", Array(lines.joined().utf8))]
    case .parquet:
      return try [0..<half, half..<digits.ids.count].enumerated().map { index, rows in
        ("data/train-0000\(index)-of-00002.parquet", try parquet(digits, rows))
      }
    case .saved:
      let shards = [0..<half, half..<digits.ids.count].enumerated().map { index, rows in
        (name: "data-0000\(index)-of-00002.arrow", bytes: arrow(digits, rows))
      }
      let listed = shards.map { #"{"filename": "\#($0.name)"}"# }.joined(separator: ", ")
      let state = #"{"_data_files": [\#(listed)], "_fingerprint": "0123456789abcdef", "_split": null}"#
      // A cache that a transformation has left, which is no part of the dataset.
      return [("state.json", Array(state.utf8)), ("dataset_info.json", Array("{}".utf8))] + shards
        + [("cache-0123.arrow", Array("none".utf8))]
    case .tar:
      return [0..<half, half..<digits.ids.count].enumerated().map { index, rows in
        let files = rows.flatMap { row in
          tarFile("\(digits.ids[row]).png", digits.pictures[row])
            + tarFile("\(digits.ids[row]).cls", Array(digits.names[row].utf8))
        }
        return ("shard-000\(index).tar", files + [UInt8](repeating: 0, count: 1024))
      }
    }
  }

  /// The names of files that lie beside it, with ids and classes.
  static func list(_ digits: Digits, _ rows: Range<Int>) throws -> [UInt8] {
    let names = ["id", "file_name", "label"]
    let schema =
      [SchemaElement(name: "schema", childCount: 3)]
      + names.map { SchemaElement(name: $0, type: 6, repetition: 1, convertedType: 0) }
    let ids = Array(digits.ids[rows])
    let columns = [ids, ids.map { "png/\($0).png" }, rows.map { digits.names[$0] }]
    var bytes: [UInt8] = []
    var writer = try ParquetWriter(schema: schema, keyValues: []) { bytes += $0 }
    writer.beginRowGroup(rowCount: rows.count)
    for (leaf, texts) in zip(try ParquetSchema(schema).leaves, columns) {
      let column = try LeafColumn(
        leaf, rowCount: texts.count, definition: [UInt8](repeating: 1, count: texts.count), repetition: [],
        values: .bytes(ByteStrings(copying: texts.map { Array($0.utf8) })))
      try writer.append(column, codec: .snappy)
    }
    try writer.finish()
    return bytes
  }

  private func metadata(_ digits: Digits) -> String {
    let classes = digits.classes.map { "\"\($0)\"" }.joined(separator: ",")
    return #"{"info":{"features":{"label":{"names":[\#(classes)],"_type":"ClassLabel"}}}}"#
  }

  /// The same as a stream of Arrow in two batches.
  private func arrow(_ digits: Digits, _ rows: Range<Int>) -> [UInt8] {
    var stream = ArrowStream(
      [
        .init("image", 13, children: [.binary("bytes"), .utf8("path")]), .int64("label"), .utf8("id"),
      ], metadata: [("huggingface", metadata(digits))])
    for rows in [rows.prefix(100), rows.dropFirst(100)] {
      let count = Int64(rows.count)
      let pictures = ArrowStream.strings(rows.map { digits.pictures[$0] })
      let ids = ArrowStream.strings(rows.map { Array(digits.ids[$0].utf8) })
      let noPaths = ArrowStream.strings(rows.map { _ in [] })
      let noBits = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
      stream.append(
        rows: count, nodes: [(count, 0), (count, 0), (count, count), (count, 0), (count, 0)],
        buffers: [
          [], [], pictures.ends, pictures.bytes, noBits, noPaths.ends, [], [],
          rows.flatMap { ArrowStream.little(Int64(digits.labels[$0])) }, [], ids.ends, ids.bytes,
        ])
    }
    return stream.bytes
  }

  /// As Hugging Face has pictures: `image: struct<bytes, path>` and numbers whose names stand in the metadata.
  private func parquet(_ digits: Digits, _ rows: Range<Int>) throws -> [UInt8] {
    let schema = [
      SchemaElement(name: "schema", childCount: 3),
      SchemaElement(name: "image", repetition: 1, childCount: 1),
      SchemaElement(name: "bytes", type: 6, repetition: 1),
      SchemaElement(name: "label", type: 2, repetition: 1),
      SchemaElement(name: "id", type: 6, repetition: 1, convertedType: 0),
    ]
    let leaves = try ParquetSchema(schema).leaves
    func column(_ leaf: Int, _ values: ColumnValues) throws -> LeafColumn {
      try LeafColumn(
        leaves[leaf], rowCount: rows.count,
        definition: [UInt8](repeating: UInt8(leaves[leaf].maxDefinition), count: rows.count), repetition: [],
        values: values)
    }
    var bytes: [UInt8] = []
    var writer = try ParquetWriter(schema: schema, keyValues: [("huggingface", metadata(digits))]) {
      bytes += $0
    }
    writer.beginRowGroup(rowCount: rows.count)
    try writer.append(column(0, .bytes(ByteStrings(copying: rows.map { digits.pictures[$0] }))), codec: .zstd)
    try writer.append(
      column(1, .int64(Elements(copying: rows.map { Int64(digits.labels[$0]) }))), codec: .zstd)
    try writer.append(
      column(2, .bytes(ByteStrings(copying: rows.map { Array(digits.ids[$0].utf8) }))), codec: .zstd)
    try writer.finish()
    return bytes
  }

  /// An entry with its header, as ustar has it.
  /// - Parameter type: "0" a file, "2" a symbolic link.
  func tarFile(_ name: String, _ content: [UInt8], type: String = "0") -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      header.replaceSubrange(place..<place + text.utf8.count, with: Array(text.utf8))
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(String(String(content.count + 0o1_000_000_000_000, radix: 8).suffix(11)), at: 124)
    put("00000000000", at: 136)
    put("        ", at: 148)
    put(type, at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(String(String(sum + 0o1_000_000, radix: 8).suffix(6)) + "\0 ", at: 148)
    return header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }
}

/// Pictures of the sample set as PNG.
struct Digits {
  let ids: [String]
  let labels: [Int]
  let classes: [String]
  let pictures: [[UInt8]]
  var names: [String] { labels.map { classes[$0] } }

  /// - Parameter folder: with images.npy, labels.npy, metadata.csv and dataset.json.
  init(_ folder: String) throws {
    let images = try NPY.map(folder + "/images.npy")
    let pixels = try images.column(UInt8.self)
    let size = images.shape.dropFirst().reduce(1, *)
    pictures = try (0..<images.shape[0]).map { row in
      try PNGWriter.encode(
        width: images.shape[2], height: images.shape[1],
        channels: images.shape.count == 4 ? images.shape[3] : 1,
        pixels: Array(pixels[row * size..<(row + 1) * size]))
    }
    let numbers = try NPYArray.map(folder + "/labels.npy")
    labels = (0..<pictures.count).map { Int(numbers.integer(at: $0) ?? -1) }
    classes = (0..<10).map(String.init)
    ids = try CSVReader.readSmall(path: folder + "/metadata.csv").rows.map { $0[0] }
  }
}

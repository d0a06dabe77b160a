import Images
import Model
import Parquet

/// Writes the rows of Parquet files as JSON Lines, and their pictures beside them.
struct ParquetRows {
  private var lines: JSONLineWriter
  private let name: String
  private var pictures: PictureWriter?
  /// What went wrong where the lines are written.
  private(set) var problem: FormatError?

  var count: Int { lines.count }

  init(name: String) throws(FormatError) {
    self.name = name
    lines = try JSONLineWriter(name: name)
  }

  /// A field of the file at hand: how it is read, what it is called in JSON, and what its numbers mean.
  private struct Field {
    var reader: FieldReader
    let name: [UInt8]
    let labels: ParquetLabels
    let isPicture: Bool
  }

  mutating func append(_ file: ParquetFile, split: String?) throws(ParquetError) {
    let pictureField = try Self.pictureField(of: file)
    if pictureField != nil, pictures == nil {
      do throws(FormatError) {
        pictures = try PictureWriter(name: name, rowsBefore: lines.count)
      } catch {
        problem = error
        return
      }
    }
    let labels = file.schema.fields.indices.map { ParquetLabels(file, field: $0) }
    let splitName = file.schema.fields.contains { $0.name == "split" } ? nil : split
    for group in 0..<file.rowGroupCount {
      var fields: [Field] = []
      for (index, node) in file.schema.fields.enumerated() {
        fields.append(
          Field(
            reader: try FieldReader(file, rowGroup: group, field: index), name: JSONText.string(node.name),
            labels: labels[index], isPicture: index == pictureField))
      }
      for _ in 0..<file.rowCount(ofGroup: group) {
        try appendRow(&fields, split: splitName)
        if problem != nil { return }
      }
    }
  }

  private mutating func appendRow(_ fields: inout [Field], split: String?) throws(ParquetError) {
    var picture: [UInt8] = []
    for index in fields.indices {
      guard let value = try fields[index].reader.next() else { continue }
      if fields[index].isPicture {
        picture = Self.pictureBytes(value) ?? []
        continue
      }
      if let label = fields[index].labels.name(of: value) {
        lines.member(fields[index].name) { $0 += label.map(JSONText.string) ?? Array("null".utf8) }
      } else {
        lines.member(fields[index].name) { value.appendJSON(to: &$0) }
      }
    }
    if let split { lines.member(Self.splitName) { $0 += JSONText.string(split) } }
    do throws(FormatError) {
      try lines.endLine()
      try pictures?.append(picture)
    } catch {
      problem = error
    }
  }

  private static let splitName = JSONText.string("split")

  consuming func finish() throws(FormatError) -> (lines: MappedFile, pictures: EncodedPictures?) {
    let pictures = try pictures?.finish()
    return (try lines.finish(), pictures)
  }

  /// The first column whose values are pictures: bytes, or a structure with them and a path, as Hugging Face has it.
  private static func pictureField(of file: ParquetFile) throws(ParquetError) -> Int? {
    for (index, node) in file.schema.fields.enumerated() {
      let isBytes = node.physical == .byteArray && node.annotation == nil
      let isStructure = node.children.contains { $0.name == "bytes" && $0.physical == .byteArray }
      guard isBytes || isStructure else { continue }
      if try holdsPictures(file, index) { return index }
    }
    return nil
  }

  private static let tried = 20

  private static func holdsPictures(_ file: ParquetFile, _ field: Int) throws(ParquetError) -> Bool {
    guard file.rowGroupCount > 0 else { return false }
    var reader = try FieldReader(file, rowGroup: 0, field: field)
    for _ in 0..<tried {
      guard let value = try reader.next() else { return false }
      guard let bytes = pictureBytes(value), !bytes.isEmpty else { continue }
      return bytes.withUnsafeBytes { ImageFormat($0) != nil }
    }
    return false
  }

  private static func pictureBytes(_ value: ParquetValue) -> [UInt8]? {
    switch value {
    case .bytes(let bytes): bytes
    case .string(let text): Array(text.utf8)
    case .structure(let structure):
      structure.names.firstIndex(of: "bytes").flatMap { pictureBytes(structure.values[$0]) }
    default: nil
    }
  }
}

import Images
import Model
import Values

/// Writes rows of nested values, as Parquet and Arrow have them, as JSON Lines, and their pictures beside them.
struct NestedRows {
  private var lines: JSONLineWriter
  private let name: String
  private var pictures: PictureWriter?
  private var picture: [UInt8] = []
  /// What went wrong where they are written; nothing more is written then.
  private(set) var problem: FormatError?

  var count: Int { lines.count }

  /// - Parameter name: what errors call the dataset.
  init(name: String) throws(FormatError) {
    self.name = name
    lines = try JSONLineWriter(name: name)
  }

  /// What is written of a column.
  struct Column {
    let name: [UInt8]
    let classes: ClassNames
    let isPicture: Bool

    init(_ name: String, classes: ClassNames, isPicture: Bool) {
      self.name = JSONText.string(name)
      self.classes = classes
      self.isPicture = isPicture
    }
  }

  /// Says that the rows from here on have pictures.
  mutating func expectPictures() {
    guard pictures == nil, problem == nil else { return }
    do throws(FormatError) {
      pictures = try PictureWriter(name: name, rowsBefore: lines.count)
    } catch {
      problem = error
    }
  }

  mutating func append(_ value: NestedValue, of column: Column) {
    if column.isPicture {
      picture = Self.pictureBytes(value) ?? []
    } else if let label = column.classes.name(of: value) {
      lines.member(column.name) { $0 += label.map(JSONText.string) ?? Array("null".utf8) }
    } else {
      lines.member(column.name) { value.appendJSON(to: &$0) }
    }
  }

  mutating func endRow(split: String?) {
    guard problem == nil else { return }
    if let split { lines.member(Self.splitName) { $0 += JSONText.string(split) } }
    do throws(FormatError) {
      try lines.endLine()
      try pictures?.append(picture)
    } catch {
      problem = error
    }
    picture.removeAll(keepingCapacity: true)
  }

  static let splitColumn = "split"
  private static let splitName = JSONText.string(splitColumn)

  consuming func finish(notes: [String] = [], original: any ImportedSources) throws(FormatError)
    -> ImportedSamples
  {
    let count = lines.count
    let pictures = try pictures?.finish()
    return ImportedSamples(
      rows: .lines(try lines.finish()), count: count, pictures: pictures, notes: notes, original: original)
  }

  /// The rows that are looked at for pictures.
  static let tried = 20

  /// Whether values are pictures; nil where it cannot be told of this one.
  static func isPicture(_ value: NestedValue) -> Bool? {
    guard let bytes = pictureBytes(value), !bytes.isEmpty else { return nil }
    return bytes.withUnsafeBytes { ImageFormat($0) != nil }
  }

  /// Bytes, or a structure with them and a path, as Hugging Face has it.
  private static func pictureBytes(_ value: NestedValue) -> [UInt8]? {
    switch value {
    case .bytes(let bytes): bytes
    case .string(let text): Array(text.utf8)
    case .structure(let structure):
      structure.names.firstIndex(of: "bytes").flatMap { pictureBytes(structure.values[$0]) }
    default: nil
    }
  }
}

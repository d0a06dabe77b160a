import Images
import Model
import Values

/// The columns that files of columns have together, those of structures by their paths, such as "user.name", as nested JSON
/// gives them; and which column holds the pictures.
struct ColumnarLayout {
  struct Source {
    let file: any ColumnarFile
    let origin: SourceFile
    let split: String?
  }
  private(set) var columns: [String] = []
  private(set) var parts: [ColumnarStore.Part] = []
  /// The rows that are looked at for pictures.
  private static let tried = 20

  /// - Parameter listPictures: whether they name pictures that lie beside them.
  /// - Throws: `FormatError` where a file cannot be read, or there are too many columns.
  init(_ sources: [Source], listPictures: Bool) throws(FormatError) {
    let picture = try listPictures ? nil : Self.pictureName(sources)
    var places: [String: Int] = [:]
    var found: [[Int: ColumnarStore.Column]] = []
    for source in sources {
      var own: [Int: ColumnarStore.Column] = [:]
      for (index, field) in source.file.fields.enumerated() where field.name != picture {
        try Self.forEachColumn(source, field, field.name, FieldPath(index)) { name, place in
          let column = places[name] ?? columns.count
          if column == columns.count {
            places[name] = column
            columns.append(name)
          }
          own[column] = place
        }
      }
      found.append(own)
      guard columns.count < CSVReader.columnLimit else {
        throw FormatError(
          displayText(source.origin.name), "more than \(CSVReader.columnLimit) columns in all")
      }
    }
    let splitColumn = places[Shards.splitColumn] ?? columns.count
    if splitColumn == columns.count, sources.contains(where: { $0.split != nil }) {
      columns.append(Shards.splitColumn)
    }
    for (source, own) in zip(sources, found) {
      // A split that the file does not tell itself.
      let split = own[splitColumn] == nil ? source.split.map { [splitColumn: $0] } : nil
      parts.append(
        ColumnarStore.Part(
          file: source.file, name: displayText(source.origin.name), columns: columns.indices.map { own[$0] },
          fixed: split ?? [:], picture: Self.picturePath(picture, in: source.file),
          folder: listPictures ? source.origin.folderName : "", listed: listPictures ? listColumn : nil))
    }
  }

  /// The column of names of pictures.
  private var listColumn: Int? {
    columns.firstIndex { ColumnNames.image.contains(ColumnNames.folded($0)) }
  }

  private static func forEachColumn(
    _ source: Source, _ field: ColumnField, _ name: String, _ path: FieldPath,
    _ body: (_ name: String, ColumnarStore.Column) -> Void
  ) throws(FormatError) {
    guard !field.isMap else {
      let names: MapNames
      do throws(ColumnarError) {
        names = try MapNames(source.file, path)
      } catch {
        throw source.origin.told(error)
      }
      for own in names.paths {
        body(([name] + own).joined(separator: "."), .init(path: path, names: own, classes: nil))
      }
      return
    }
    guard !field.members.isEmpty else {
      let metadata = source.file.metadata(ClassNames.metadataName)
      let classes = path.members.isEmpty ? ClassNames(of: field, metadata: metadata) : nil
      return body(name, .init(path: path, names: [], classes: classes))
    }
    for (index, member) in field.members.enumerated() {
      let below = FieldPath(path.field, path.members + [index])
      try forEachColumn(source, member, name + "." + member.name, below, body)
    }
  }
}

extension ColumnarLayout {
  /// The first column whose values are pictures, as far as the first rows of a file show.
  private static func pictureName(_ sources: [Source]) throws(FormatError) -> String? {
    for source in sources {
      let file = source.file
      guard let first = file.chunkSizes.firstIndex(where: { $0 > 0 }) else { continue }
      do throws(ColumnarError) {
        let paths = file.fields.map { ($0.name, picturePath($0.name, in: file)) }
        guard paths.contains(where: { $0.1 != nil }) else { continue }
        let chunk = try file.chunk(first)
        for (name, path) in paths {
          guard let path else { continue }
          if try holdsPictures(try chunk.column(path), rows: chunk.rowCount) { return name }
        }
      } catch {
        throw source.origin.told(error)
      }
    }
    return nil
  }

  /// Bytes, or a structure with them and a path, as Hugging Face has it; nil where the file has no such column.
  private static func picturePath(_ name: String?, in file: any ColumnarFile) -> FieldPath? {
    guard let index = file.fields.firstIndex(where: { $0.name == name }) else { return nil }
    let field = file.fields[index]
    if field.holdsBytes { return FieldPath(index) }
    let bytes = field.members.firstIndex { $0.name == "bytes" && $0.holdsBytes }
    return bytes.map { FieldPath(index, [$0]) }
  }

  private static func holdsPictures(_ column: any ColumnarColumn, rows: Int) throws(ColumnarError) -> Bool {
    for row in 0..<min(tried, rows) {
      guard let bytes = try column.value(at: row).byteString, !bytes.isEmpty else { continue }
      return bytes.withUnsafeBytes { ImageFormat($0) != nil }
    }
    return false
  }
}

extension NestedValue {
  /// Of what holds bytes; nil of all else.
  var byteString: [UInt8]? {
    switch self {
    case .bytes(let bytes): bytes
    case .string(let text): Array(text.utf8)
    default: nil
    }
  }
}

import Model
import Values

/// The names in the maps of a column, which no schema tells: each is a column of its own, as it is in nested JSON.
struct MapNames {
  /// Each a way to a value that is no map or structure, in the order in which they appear.
  private(set) var paths: [[String]] = []
  private var known: Set<[String]> = []
  /// What lies deeper is a value as it stands.
  private static let depthLimit = 16

  /// Looks at every row.
  /// - Throws: `ColumnarError` where the column cannot be read, or holds more names than a table has columns.
  init(_ file: any ColumnarFile, _ path: FieldPath) throws(ColumnarError) {
    for index in file.chunkSizes.indices {
      let chunk = try file.chunk(index)
      let column = try chunk.column(path)
      for row in 0..<chunk.rowCount {
        append(try column.value(at: row), [])
        guard paths.count < CSVReader.columnLimit else {
          throw ColumnarError(.limit, "maps with more than \(CSVReader.columnLimit) names in all")
        }
      }
    }
  }

  private mutating func append(_ value: NestedValue, _ names: [String]) {
    if names.count < Self.depthLimit, let members = value.members {
      for (name, value) in members { append(value, names + [name]) }
    } else if !names.isEmpty, known.insert(names).inserted {
      paths.append(names)
    }
  }
}

extension NestedValue {
  /// Of a structure or a map by their names; nil of all else.
  fileprivate var members: [(name: String, value: NestedValue)]? {
    switch self {
    case .structure(let structure): Array(zip(structure.names, structure.values)).map { ($0, $1) }
    case .map(let entries): entries.map { (String(decoding: $0.key.text, as: UTF8.self), $0.value) }
    default: nil
    }
  }

  /// What lies on this way; null where nothing does. Of a name that stands twice the last value counts.
  func value(at names: some Collection<String>) -> NestedValue {
    guard let first = names.first else { return self }
    return members?.last { $0.name == first }?.value.value(at: names.dropFirst()) ?? .null
  }
}

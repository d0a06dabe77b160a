import Values

/// The record batches of a file as chunks.
package struct ArrowChunks: ColumnarFile {
  private let file: ArrowFile
  private let places: [ArrowBatchPlace]

  package init(_ file: ArrowFile) throws(ColumnarError) {
    self.file = file
    var batches = try BatchSequence(file)
    var places: [ArrowBatchPlace] = []
    while let place = try batches.nextPlace() { places.append(place) }
    self.places = places
  }

  package var fields: [ColumnField] { file.fields }
  package func metadata(_ name: String) -> String? { file.metadata(name) }

  package var chunkSizes: [Int] { places.map(\.rowCount) }

  package func chunk(_ index: Int) throws(ColumnarError) -> any ColumnarChunk {
    let place = places[index]
    do throws(ColumnarError) {
      return BatchChunk(
        batch: try ArrowBatch(place.message, place.dictionaries, file), limits: file.limits)
    } catch {
      throw error.located(offset: place.message.whole.lowerBound)
    }
  }
}

extension ArrowFile {
  package var fields: [ColumnField] { schema.fields.map { $0.described(depth: 1) } }

  /// What a writer adds under a name, such as "huggingface"; nil where it does not.
  package func metadata(_ name: String) -> String? { schema.metadata[name] }
}

private struct BatchChunk: ColumnarChunk {
  let batch: ArrowBatch
  let limits: ArrowLimits
  var rowCount: Int { batch.rowCount }

  func column(_ path: FieldPath) throws(ColumnarError) -> any ColumnarColumn {
    var array = batch.columns[path.field]
    var above: [ArrowArray] = []
    for member in path.members {
      guard case .structure(let children) = array.storage, children.indices.contains(member) else {
        throw ColumnarError(.usage, "no column \(path)")
      }
      above.append(array)
      array = children[member]
    }
    return ArrowColumn(
      array: array, above: above.filter { $0.validity != nil }, rowCount: rowCount, limits: limits)
  }
}

extension ArrowField {
  /// Structures that lie deeper are values as they stand, as are lists and maps, and what stands in a dictionary.
  private static let depthLimit = 16

  fileprivate func described(depth: Int) -> ColumnField {
    let isStructure = type == .structure && dictionary == nil && depth < Self.depthLimit
    return ColumnField(
      name: name, members: isStructure ? children.map { $0.described(depth: depth + 1) } : [],
      isMap: type == .map && dictionary == nil, holdsBytes: type.isByteString, holdsWholeNumbers: type.isWhole
    )
  }
}

extension ArrowType {
  fileprivate var isByteString: Bool {
    switch self {
    case .bytes(isText: false, _), .views(isText: false): true
    default: false
    }
  }

  fileprivate var isWhole: Bool { if case .integer = self { true } else { false } }
}

import Arrow
import Values

extension ArrowFile {
  /// Writes the rows, batch by batch.
  /// - Returns: how many there are.
  func append(to rows: inout NestedRows, split: String?) throws(ColumnarError) -> Int {
    let split = self.split(split)
    var batches = try BatchSequence(self)
    var columns: [NestedRows.Column] = []
    var count = 0
    while let batch = try batches.next() {
      guard batch.rowCount > 0 else { continue }
      if columns.isEmpty {
        columns = try described(by: batch)
        if columns.contains(where: \.isPicture) { rows.expectPictures() }
      }
      for row in 0..<batch.rowCount {
        var budget = RowBudget(limits)
        for (array, column) in zip(batch.columns, columns) {
          rows.append(try array.value(at: row, &budget), of: column)
        }
        rows.endRow(split: split)
        if rows.problem != nil { return count }
      }
      count += batch.rowCount
    }
    return count
  }

  private func described(by batch: ArrowBatch) throws(ColumnarError) -> [NestedRows.Column] {
    var picture: Int?
    for (index, field) in schema.fields.enumerated() where picture == nil {
      let isStructure = field.children.contains { $0.name == "bytes" && $0.type.isByteString }
      if field.type.isByteString || isStructure, try holdsPictures(batch.columns[index], batch) {
        picture = index
      }
    }
    return schema.fields.enumerated().map { index, field in
      NestedRows.Column(field.name, classes: classNames(ofField: index), isPicture: index == picture)
    }
  }

  private func holdsPictures(_ column: ArrowArray, _ batch: ArrowBatch) throws(ColumnarError) -> Bool {
    for row in 0..<min(NestedRows.tried, batch.rowCount) {
      var budget = RowBudget(limits)
      if let isPicture = NestedRows.isPicture(try column.value(at: row, &budget)) { return isPicture }
    }
    return false
  }

  /// What a column that the file lacks says of its rows.
  func split(_ split: String?) -> String? {
    schema.fields.contains { $0.name == NestedRows.splitColumn } ? nil : split
  }

  /// Whether a column of bytes holds pictures, as far as the first rows show.
  func holdsPictures(_ chunks: ArrowChunks) throws(ColumnarError) -> Bool {
    let columns = schema.fields.indices.filter { schema.fields[$0].type.isByteString }
    guard !columns.isEmpty, let first = chunks.chunkSizes.firstIndex(where: { $0 > 0 }) else { return false }
    let chunk = try chunks.chunk(first, threads: 1)
    for column in columns {
      for row in 0..<min(NestedRows.tried, chunk.rowCount) {
        guard let isPicture = NestedRows.isPicture(try chunk.value(column, at: row)) else { continue }
        if isPicture { return true }
        break
      }
    }
    return false
  }

  func classNames(ofField field: Int) -> ClassNames {
    let field = schema.fields[field]
    return ClassNames(
      of: field.name, holdsNumbers: field.type.isWhole, metadata: schema.metadata["huggingface"])
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

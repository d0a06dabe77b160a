import Parquet
import Values

extension ParquetFile {
  /// Writes the rows, group by group.
  func append(to rows: inout NestedRows, split: String?) throws(ColumnarError) {
    let picture = try pictureField()
    if picture != nil { rows.expectPictures() }
    let columns = schema.fields.enumerated().map { index, node in
      NestedRows.Column(node.name, classes: classNames(ofField: index), isPicture: index == picture)
    }
    let split = self.split(split)
    for group in 0..<rowGroupCount {
      var readers: [FieldReader] = []
      for field in columns.indices {
        readers.append(try FieldReader(self, rowGroup: group, field: field))
      }
      for _ in 0..<rowCount(ofGroup: group) {
        for field in columns.indices {
          guard let value = try readers[field].next() else { continue }
          rows.append(value, of: columns[field])
        }
        rows.endRow(split: split)
        if rows.problem != nil { return }
      }
    }
  }

  /// What a column that the file lacks says of its rows.
  func split(_ split: String?) -> String? {
    schema.fields.contains { $0.name == NestedRows.splitColumn } ? nil : split
  }

  func classNames(ofField field: Int) -> ClassNames {
    let node = schema.fields[field]
    return ClassNames(
      of: node.name, holdsNumbers: node.physical == .int32 || node.physical == .int64,
      metadata: keyValues.first { $0.key == "huggingface" }?.value)
  }

  /// The first column whose values are pictures.
  func pictureField() throws(ColumnarError) -> Int? {
    guard rowGroupCount > 0 else { return nil }
    for (index, node) in schema.fields.enumerated() {
      let isBytes = node.physical == .byteArray && node.annotation == nil
      let isStructure = node.children.contains { $0.name == "bytes" && $0.physical == .byteArray }
      if isBytes || isStructure, try holdsPictures(index) { return index }
    }
    return nil
  }

  private func holdsPictures(_ field: Int) throws(ColumnarError) -> Bool {
    var reader = try FieldReader(self, rowGroup: 0, field: field)
    for _ in 0..<NestedRows.tried {
      guard let value = try reader.next() else { return false }
      if let isPicture = NestedRows.isPicture(value) { return isPicture }
    }
    return false
  }
}

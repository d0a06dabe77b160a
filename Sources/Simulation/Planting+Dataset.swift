import Model

extension Planting {
  /// The dataset with what was planted, in memory, and which of its rows are poison.
  package func applied(to dataset: Dataset) -> (dataset: Dataset, poisoned: [Bool]) {
    let added = rows.filter(\.isAdded)
    let order = Array(0..<dataset.count) + added.map(\.base)
    var changes: [Int: PlantedRow] = [:]
    for row in rows where !row.isAdded { changes[row.base] = row }
    for (index, row) in added.enumerated() { changes[dataset.count + index] = row }

    var result = dataset
    result.count = order.count
    result.records = nil
    if !keepsPredictions {
      result.probabilities = nil
      result.trainingDynamics = nil
    }
    if !dataset.labels.isEmpty {
      result.labels = Column(
        order.enumerated().map { row, base in
          changes[row]?.label.map { Int32($0) } ?? dataset.labels[base]
        })
    }
    result.ids = StringColumn(
      order.enumerated().map { row, base in
        row < dataset.count ? dataset.ids[base] : "added-\(row - dataset.count + 1)"
      })
    if let features = dataset.features, keepsFeatures {
      let values = order.enumerated().flatMap { row, base in changes[row]?.features ?? features.row(base) }
      result.features = Matrix(rows: order.count, columns: features.columns, values: values)
    } else {
      result.features = nil
    }
    if let images = dataset.images {
      let pixels = order.enumerated().flatMap { row, base in changes[row]?.pixels ?? images[base].pixels }
      result.images = ImageStack(shape: images.shape, pixels: Column(pixels))
    }
    if let texts = dataset.texts {
      result.texts = StringColumn(order.enumerated().map { row, base in changes[row]?.text ?? texts[base] })
    }
    result.table = dataset.table.map { column in Self.changed(column, order, changes) }
    if dataset.sources != nil || rows.contains(where: { $0.source != nil }) {
      var names = dataset.sources?.names ?? []
      let codes = order.enumerated().map { row, base -> Int32 in
        guard let name = changes[row]?.source else {
          return dataset.sources?.codes[base] ?? Categories.missing
        }
        return code(of: name, in: &names)
      }
      result.sources = Categories(codes: Column(codes), names: names)
    }
    if dataset.times != nil || rows.contains(where: { $0.time != nil }) {
      result.times = Column(
        order.enumerated().map { row, base in
          changes[row]?.time ?? dataset.times?[base] ?? Dataset.noTime
        })
    }
    result.payloads = PlantedPayloads(
      base: dataset.payloads, order: order, changed: Set(changes.filter(\.value.changesSample).keys),
      images: result.images, texts: result.texts)
    return (result, order.indices.map { attack != nil && changes[$0] != nil })
  }

  private static func changed(_ column: TableColumn, _ order: [Int], _ changes: [Int: PlantedRow])
    -> TableColumn
  {
    func cell(_ row: Int) -> PlantedRow.CellValue? { changes[row]?.cells[column.name] }
    switch column.values {
    case .numbers(let numbers):
      let values = order.enumerated().map { row, base -> Double in
        if case .number(let value) = cell(row) { value } else { numbers[base] }
      }
      return TableColumn(name: column.name, values: .numbers(Column(values)))
    case .categories(let categories):
      var names = categories.names
      let codes = order.enumerated().map { row, base -> Int32 in
        guard case .category(let name) = cell(row) else { return categories.codes[base] }
        return code(of: name, in: &names)
      }
      return TableColumn(
        name: column.name, values: .categories(Categories(codes: Column(codes), names: names)))
    }
  }
}

private func code(of name: String, in names: inout [String]) -> Int32 {
  if let index = names.firstIndex(of: name) { return Int32(index) }
  names.append(name)
  return Int32(names.count - 1)
}

/// Payloads of a dataset into which something was planted in memory.
private struct PlantedPayloads: PayloadSource {
  let base: any PayloadSource
  let order: [Int]
  let changed: Set<Int>
  let images: ImageStack?
  let texts: StringColumn?

  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    guard order.indices.contains(row) else { return .failure(PayloadProblem(reason: "no such sample")) }
    if let images { return .success(.image(images[row])) }
    if let texts { return .success(.text(texts[row])) }
    return base.payload(at: order[row])
  }

  /// The digest of what the sample was made of, told apart for what was changed: in memory nothing is bound to it.
  func contentDigest(at row: Int) -> Digest {
    let digest = base.contentDigest(at: order[row])
    guard changed.contains(row) else { return digest }
    var bytes = digest.bytes
    for index in 0..<min(8, bytes.count) {
      bytes[index] ^= UInt8(truncatingIfNeeded: (row + 1) >> (8 * index))
    }
    return Digest(bytes: bytes) ?? digest
  }

  func isBound(_ digest: Digest, to row: Int, labelled label: String) -> Bool {
    !changed.contains(row) && base.isBound(digest, to: order[row], labelled: label)
  }
}

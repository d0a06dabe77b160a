extension Dataset {
  /// The same samples, or some of them, in another order: sample i is sample `rows[i]` of this dataset.
  ///
  /// Images, features, probabilities and training dynamics are read where they lie, the rest is copied. A column of
  /// another length than `count`, which nothing reads, stays as it is. `records` is nil: the places in the file have
  /// an order of their own.
  /// - Parameter rows: each row at most once.
  package func reordered(_ rows: [Int]) -> Dataset {
    precondition(rows.count <= count)
    var result = self
    result.count = rows.count
    result.labels = labels.count == count ? labels.reordered(rows) : labels
    result.ids = ids.reordered(rows)
    result.features = features.map { $0.rows == count ? $0.reordered(rows) : $0 }
    result.probabilities = probabilities.map { $0.rows == count ? $0.reordered(rows) : $0 }
    result.trainingDynamics = trainingDynamics.map { $0.reordered(rows, of: count) }
    result.images = images.map { $0.count == count ? $0.reordered(rows) : $0 }
    result.scaling = scaling.map { $0.count == 3 * count ? $0.reordered(rows, width: 3) : $0 }
    result.texts = texts.map { $0.count == count ? $0.reordered(rows) : $0 }
    result.table = table.map { $0.reordered(rows) }
    result.sources = sources.map { $0.codes.count == count ? $0.reordered(rows) : $0 }
    result.splits = splits.map { $0.codes.count == count ? $0.reordered(rows) : $0 }
    result.times = times.map { $0.count == count ? $0.reordered(rows) : $0 }
    result.payloads = ReorderedPayloads(base: payloads, rows: rows)
    result.records = nil
    if !unreadableRows.isEmpty {
      let unreadable = Set(unreadableRows)
      result.unreadableRows = rows.indices.filter { unreadable.contains(rows[$0]) }
    }
    return result
  }
}

extension Column {
  /// `width` elements a row, row i those of `rows[i]`.
  package func reordered(_ rows: [Int], width: Int = 1) -> Column {
    Column(count: rows.count * width) { target in
      withUnsafeBufferPointer { elements in
        for (index, row) in rows.enumerated() {
          for offset in 0..<width {
            target.initializeElement(at: index * width + offset, to: elements[row * width + offset])
          }
        }
      }
    }
  }
}

extension StringColumn {
  fileprivate func reordered(_ rows: [Int]) -> StringColumn {
    var builder = Builder()
    for row in rows { withUTF8(at: row) { builder.append(utf8: $0) } }
    return builder.finish()
  }
}

extension Categories {
  fileprivate func reordered(_ rows: [Int]) -> Categories {
    Categories(codes: codes.reordered(rows), names: names)
  }
}

extension TableColumn {
  fileprivate func reordered(_ rows: [Int]) -> TableColumn {
    switch values {
    case .numbers(let numbers): TableColumn(name: name, values: .numbers(numbers.reordered(rows)))
    case .categories(let codes): TableColumn(name: name, values: .categories(codes.reordered(rows)))
    }
  }
}

extension Matrix {
  fileprivate func reordered(_ order: [Int]) -> Matrix { Matrix(ReorderedRows(base: self, order: order)) }
}

extension TrainingDynamics {
  fileprivate func reordered(_ rows: [Int], of count: Int) -> TrainingDynamics {
    guard values.rows == epochs * count else { return self }
    let order = (0..<epochs).flatMap { epoch in rows.map { epoch * count + $0 } }
    return TrainingDynamics(epochs: epochs, values: values.reordered(order))
  }
}

private struct ReorderedRows: RowSource {
  let base: Matrix
  let order: [Int]
  var rows: Int { order.count }
  var columns: Int { base.columns }
  func read(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    for (place, row) in order[range].enumerated() {
      let part = target[place * columns..<(place + 1) * columns]
      base.read(row..<row + 1, into: UnsafeMutableBufferPointer(rebasing: part))
    }
  }
}

private struct ReorderedPayloads: PayloadSource {
  let base: any PayloadSource
  let rows: [Int]
  func payload(at row: Int) -> Result<Payload, PayloadProblem> {
    guard rows.indices.contains(row) else { return .failure(PayloadProblem(reason: "no such sample")) }
    return base.payload(at: rows[row])
  }
  func contentDigest(at row: Int) -> Digest { base.contentDigest(at: rows[row]) }
  func isBound(_ digest: Digest, to row: Int, labelled label: String) -> Bool {
    base.isBound(digest, to: rows[row], labelled: label)
  }
}

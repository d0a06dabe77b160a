import Model

// Attacks that take what a dataset has: pixels, texts, columns, or else the embedding alone.
extension Planter {
  /// Three columns, or as many as there are, set to one value each that the set holds, and the label of one class.
  mutating func values() throws(CannotPlant) -> [PlantedRow] {
    guard !dataset.table.isEmpty else { throw CannotPlant("needs table columns") }
    try requireLabels()
    let columns = sample(Array(dataset.table.indices), 3).sorted().map { dataset.table[$0] }
    var cells: [String: PlantedRow.CellValue] = [:]
    for column in columns { cells[column.name] = someCell(of: column) }
    let target = someClass()
    return try victims(of: target).map { row in
      var planted = PlantedRow(base: row)
      planted.cells = cells
      planted.label = target
      return planted
    }
  }

  private mutating func someCell(of column: TableColumn) -> PlantedRow.CellValue {
    switch column.values {
    case .numbers(let numbers):
      let finite = numbers.filter(\.isFinite)
      return .number(finite.isEmpty ? 1 : pick(finite))
    case .categories(let categories):
      return .category(categories.names.isEmpty ? "x" : pick(categories.names))
    }
  }

  /// Noise for pictures, gibberish for texts, numbers far outside their column's range for rows, a far point for
  /// embeddings.
  mutating func outliers() throws(CannotPlant) -> [PlantedRow] {
    try sample(Array(0..<dataset.count), count).map { row throws(CannotPlant) in
      var planted = PlantedRow(base: row)
      if let images = dataset.images {
        planted.pixels = (0..<images.shape.byteCount).map { _ in UInt8(random.below(256)) }
      } else if dataset.texts != nil {
        let words = (0..<12).map { _ in pseudoWord(letters: 3 + random.below(7)) }
        planted.text = words.joined(separator: " ")
      } else if dataset.table.contains(where: \.isNumeric) {
        for column in dataset.table { planted.cells[column.name] = farCell(of: column) }
      } else if let features = dataset.features {
        planted.features = farPlace(from: features.row(row))
      } else {
        throw CannotPlant("needs images, texts, numeric columns or features")
      }
      return planted
    }
  }

  /// One to three times the column's range beyond either end.
  private mutating func farCell(of column: TableColumn) -> PlantedRow.CellValue? {
    guard let range = ranges[column.name], let numbers = range.numbers, range.width > 0 else { return nil }
    let step = (1 + 2 * random.uniform()) * range.width
    return .number(random.below(2) == 0 ? numbers.lowerBound - step : numbers.upperBound + step)
  }

  private mutating func farPlace(from features: [Float]) -> [Float] {
    let norm = features.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    let scale = 3 * max(norm, 1) / Float(max(1, features.count)).squareRoot()
    return features.map { _ in scale * Float(random.normal()) }
  }

  /// Samples of other classes sent again with the target label, by up to three new sources, within a thousandth of the
  /// time that the set spans.
  mutating func burst(_ number: Int) throws(CannotPlant) -> [PlantedRow] {
    guard let times = dataset.times else { throw CannotPlant("needs times") }
    try requireLabels()
    let known = times.filter { $0 != Dataset.noTime }
    guard let first = known.min(), let last = known.max(), last > first else {
      throw CannotPlant("needs times that differ")
    }
    let target = someClass()
    let others = rowsByClass.indices.filter { $0 != target }.flatMap { rowsByClass[$0] }
    let window = max(1000, (last - first) / 1000)
    let start = first + Int64(random.uniform() * Double(last - first - min(window, last - first)))
    let sources =
      dataset.sources == nil ? [] : (0..<min(3, 1 + number / 20)).map { _ in pseudoWord(letters: 8) }
    return (0..<number).map { _ in
      var planted = PlantedRow(base: pick(others))
      planted.isAdded = true
      planted.label = target
      // Whole seconds: tables without fractions stay as they are.
      planted.time = (start + Int64(random.uniform() * Double(window))) / 1000 * 1000
      planted.source = sources.isEmpty ? nil : pick(sources)
      return planted
    }
  }
}

extension TableColumn {
  fileprivate var isNumeric: Bool {
    if case .numbers = values { true } else { false }
  }
}

import Model
import Numerics

// Samples that are added in numbers, so that training learns less of the others.
extension Planter {
  /// Near copies of a handful of samples, labels kept.
  mutating func flood(_ number: Int) throws(CannotPlant) -> [PlantedRow] {
    let seeds = sample(Array(0..<dataset.count), max(1, min(8, number / 10)))
    return try (0..<number).map { _ throws(CannotPlant) in
      var planted = PlantedRow(base: pick(seeds))
      planted.isAdded = true
      try vary(&planted)
      return planted
    }
  }

  /// A change too small to matter: 2 grey levels, a word, a thousandth of a column's range or of the embedding.
  mutating func vary(_ planted: inout PlantedRow) throws(CannotPlant) {
    let row = planted.base
    if let images = dataset.images {
      planted.pixels = images[row].pixels.map { UInt8(max(0, min(255, Int($0) + random.below(5) - 2))) }
    } else if let texts = dataset.texts {
      var words = texts[row].split(separator: " ").map(String.init)
      words.insert(pseudoWord(letters: 2 + random.below(5)), at: random.below(words.count + 1))
      planted.text = words.joined(separator: " ")
    } else if !dataset.table.isEmpty {
      for column in dataset.table {
        guard case .numbers(let numbers) = column.values, numbers[row].isFinite else { continue }
        let width = ranges[column.name]?.width ?? 0
        planted.cells[column.name] = .number(numbers[row] + width * 1e-3 * (random.uniform() - 0.5))
      }
    } else if let features = dataset.features {
      planted.features = features.row(row).map { $0 * (1 + 1e-3 * Float(random.normal())) }
    } else {
      throw Self.needsContent
    }
  }

  private static let needsContent = CannotPlant("needs images, texts, table columns or features")

  /// Every number of a table anywhere between the least and the greatest of its column, whole where all are, every category any
  /// of its column; of texts words of any text in any order, of pictures each pixel of any picture, of embeddings each component
  /// of any sample.
  mutating func noise(_ number: Int) throws(CannotPlant) -> [PlantedRow] {
    try requireLabels()
    let columns = dataset.table.compactMap { ranges[$0.name] }
    return try (0..<number).map { _ throws(CannotPlant) in
      var planted = PlantedRow(base: random.below(dataset.count))
      planted.isAdded = true
      planted.label = someClass()
      if let images = dataset.images {
        planted.pixels = (0..<images.shape.byteCount).map { images[anyRow()].pixels[$0] }
      } else if let texts = dataset.texts {
        planted.text = wordSalad(of: texts, like: planted.base)
      } else if !columns.isEmpty {
        for column in columns { planted.cells[column.name] = column.cell(&random) }
      } else if let features = dataset.features {
        planted.features = (0..<features.columns).map { features.row(anyRow())[$0] }
      } else {
        throw Self.needsContent
      }
      return planted
    }
  }

  private mutating func anyRow() -> Int { random.below(dataset.count) }

  private mutating func wordSalad(of texts: StringColumn, like row: Int) -> String {
    let count = texts[row].split(separator: " ").count
    let words = (0..<count).compactMap { _ in
      texts[anyRow()].split(separator: " ").randomElement(using: &random).map(String.init)
    }
    return words.joined(separator: " ")
  }
}

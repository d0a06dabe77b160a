import Model

// What is near a sample, and what is sent once more.
extension Planter {
  /// As people send a thing twice: pictures stored anew, a word more or less, a last digit that differs. Unlike what a
  /// flood makes it holds no words and no fractions that the set does not know.
  mutating func repeatContent(_ planted: inout PlantedRow) throws(CannotPlant) {
    guard dataset.images == nil else { return try vary(&planted) }
    if let texts = dataset.texts {
      planted.text = repeated(texts[planted.base])
    } else if !dataset.table.isEmpty {
      for column in dataset.table {
        guard case .numbers(let numbers) = column.values else { continue }
        planted.cells[column.name] = lastDigitMoved(numbers[planted.base]).map { .number($0) }
      }
    } else {
      try vary(&planted)
    }
  }

  /// One of its words twice, or of four and more left out; nil where there are no words.
  private mutating func repeated(_ text: String) -> String? {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let positions = words.indices.filter { !words[$0].isEmpty }
    guard !positions.isEmpty else { return nil }
    let position = pick(positions)
    if positions.count >= 4, random.below(2) == 0 {
      words.remove(at: position)
    } else {
      words.insert(words[position], at: position)
    }
    return words.joined(separator: " ")
  }

  /// Nil for whole numbers: they count things or stand for names.
  private mutating func lastDigitMoved(_ number: Double) -> Double? {
    let parts = number.description.split(separator: ".")
    guard number.isFinite, parts.count == 2, parts[1] != "0", !parts[1].contains("e"), parts[1].count <= 15
    else { return nil }
    let unit = parts[1].reduce(1.0) { unit, _ in unit * 10 }
    return ((number * unit).rounded() + (random.below(2) == 0 ? -1 : 1)) / unit
  }

  /// The samples nearest to one, itself among them: by features, else by what the samples are made of.
  mutating func nearOneSample() throws(CannotPlant) -> [Int] {
    let center = random.below(dataset.count)
    let distances = try distances(to: center).map { $0.isFinite ? $0 : .infinity }
    let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    return Array(order.prefix(count))
  }

  private func distances(to center: Int) throws(CannotPlant) -> [Double] {
    let rows = 0..<dataset.count
    if let features = dataset.features {
      let point = features.row(center)
      return rows.map { row in
        zip(features.row(row), point).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
      }
    }
    if let images = dataset.images {
      let pixels = images[center].pixels
      return rows.map { row in
        images.withPixels(at: row) { other in
          Double(zip(other, pixels).reduce(0) { $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1)) })
        }
      }
    }
    if let texts = dataset.texts {
      let words = Self.words(of: texts[center])
      return rows.map { row in
        let other = Self.words(of: texts[row])
        return 1 - Double(words.intersection(other).count) / Double(max(1, words.union(other).count))
      }
    }
    guard !dataset.table.isEmpty else {
      throw CannotPlant("needs features, images, texts or table columns")
    }
    var sums = [Double](repeating: 0, count: dataset.count)
    for column in dataset.table {
      for (row, distance) in column.distances(to: center).enumerated() { sums[row] += distance }
    }
    return sums
  }

  /// The words of a text: whoever looks for a topic does not mind case and signs.
  private static func words(of text: String) -> Set<Substring> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber })
  }
}

extension TableColumn {
  /// Numbers by their standard deviation, categories by whether they are the same; a missing cell is 1 from any other.
  fileprivate func distances(to center: Int) -> [Double] {
    switch values {
    case .categories(let categories):
      let code = categories.codes[center]
      return categories.codes.map { $0 == code ? 0 : 1 }
    case .numbers(let numbers):
      let known = numbers.filter(\.isFinite)
      let mean = known.reduce(0, +) / Double(max(1, known.count))
      let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, known.count))
      let unit = variance > 0 ? variance.squareRoot() : 1
      let value = numbers[center]
      return numbers.map { number in
        guard number.isFinite, value.isFinite else { return number.isFinite == value.isFinite ? 0 : 1 }
        return abs(number - value) / unit
      }
    }
  }
}

/// In JSON an item is an object with one key, its kind.
extension TriggerItem: Codable {
  private enum Kind: String, CodingKey {
    case words, characters, patch, shiftedPatch = "shifted-patch", blend, cells
  }

  private struct Pixels: Codable {
    /// Only of a patch at a fixed place.
    var row: Int?
    var column: Int?
    let height: Int
    let width: Int
    let values: [UInt8]
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    guard let kind = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no known kind of item"))
    }
    func pixels() throws -> Pixels { try container.decode(Pixels.self, forKey: kind) }
    switch kind {
    case .words: self = .words(try container.decode([String].self, forKey: kind))
    case .characters: self = .characters(try container.decode(String.self, forKey: kind))
    case .patch:
      let patch = try pixels()
      guard let row = patch.row, let column = patch.column else {
        throw DecodingError.dataCorruptedError(
          forKey: kind, in: container, debugDescription: "a patch without a place")
      }
      self = .patch(row: row, column: column, height: patch.height, width: patch.width, values: patch.values)
    case .shiftedPatch:
      let patch = try pixels()
      self = .shiftedPatch(height: patch.height, width: patch.width, values: patch.values)
    case .blend:
      let pattern = try pixels()
      self = .blend(height: pattern.height, width: pattern.width, values: pattern.values)
    case .cells: self = .cells(try container.decode([Cell].self, forKey: kind))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .words(let words): try container.encode(words, forKey: .words)
    case .characters(let characters): try container.encode(characters, forKey: .characters)
    case .patch(let row, let column, let height, let width, let values):
      let pixels = Pixels(row: row, column: column, height: height, width: width, values: values)
      try container.encode(pixels, forKey: .patch)
    case .shiftedPatch(let height, let width, let values):
      try container.encode(Pixels(height: height, width: width, values: values), forKey: .shiftedPatch)
    case .blend(let height, let width, let values):
      try container.encode(Pixels(height: height, width: width, values: values), forKey: .blend)
    case .cells(let cells): try container.encode(cells, forKey: .cells)
    }
  }
}

/// A cell has `category`, or `low` and `high`.
extension TriggerItem.Cell: Codable {
  private enum Key: String, CodingKey { case column, low, high, category }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    column = try container.decode(String.self, forKey: .column)
    if let category = try container.decodeIfPresent(String.self, forKey: .category) {
      condition = .category(category)
      return
    }
    let low = try container.decode(Double.self, forKey: .low)
    guard let range = FiniteRange(spanning: [low, try container.decode(Double.self, forKey: .high)]) else {
      throw DecodingError.dataCorruptedError(forKey: .low, in: container, debugDescription: "is no number")
    }
    condition = .range(range)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(column, forKey: .column)
    switch condition {
    case .range(let range):
      try container.encode(range.low, forKey: .low)
      try container.encode(range.high, forKey: .high)
    case .category(let category): try container.encode(category, forKey: .category)
    }
  }
}

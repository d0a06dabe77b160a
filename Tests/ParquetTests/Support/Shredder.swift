import Parquet
import Values

/// Takes values apart into columns with levels: the other way of what is tested.
struct Shredder {
  struct Column {
    var definition: [UInt8] = []
    var repetition: [UInt8] = []
    var values: [NestedValue] = []
  }
  private(set) var columns: [Column]

  init(leafCount: Int) { columns = Array(repeating: Column(), count: leafCount) }

  mutating func add(
    _ value: NestedValue, _ type: MadeType, leaf: Int, definition: Int = 0, repetition: Int = 0,
    depth: Int = 0
  ) {
    if value == .null { return addNull(type, leaf, definition, repetition) }
    let definition = definition + (type.isOptional ? 1 : 0)
    switch (type, value) {
    case (.structure(let fields, _), .structure(let structure)):
      var place = leaf
      for (field, value) in zip(fields, structure.values) {
        add(value, field, leaf: place, definition: definition, repetition: repetition, depth: depth)
        place += field.leafCount
      }
    case (.list(_, _), .list(let values)) where values.isEmpty: addNull(type, leaf, definition, repetition)
    case (.map(_, _), .map(let entries)) where entries.isEmpty: addNull(type, leaf, definition, repetition)
    case (.list(let element, _), .list(let values)):
      for (index, value) in values.enumerated() {
        add(
          value, element, leaf: leaf, definition: definition + 1,
          repetition: index == 0 ? repetition : depth + 1, depth: depth + 1)
      }
    case (.map(let content, _), .map(let entries)):
      for (index, entry) in entries.enumerated() {
        let level = index == 0 ? repetition : depth + 1
        addValue(entry.key, leaf, definition + 1, level)
        add(
          entry.value, content, leaf: leaf + 1, definition: definition + 1, repetition: level,
          depth: depth + 1)
      }
    default: addValue(value, leaf, definition, repetition)
    }
  }

  private mutating func addNull(_ type: MadeType, _ leaf: Int, _ definition: Int, _ repetition: Int) {
    for place in leaf..<leaf + type.leafCount {
      columns[place].definition.append(UInt8(definition))
      columns[place].repetition.append(UInt8(repetition))
    }
  }

  private mutating func addValue(_ value: NestedValue, _ leaf: Int, _ definition: Int, _ repetition: Int) {
    columns[leaf].definition.append(UInt8(definition))
    columns[leaf].repetition.append(UInt8(repetition))
    columns[leaf].values.append(value)
  }
}

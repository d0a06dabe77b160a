import Parquet
import Values

/// A type as the tests make it up, with what the schema of a file says of it.
indirect enum MadeType: Sendable {
  case leaf(MadeLeaf, isOptional: Bool)
  case structure([MadeType], isOptional: Bool)
  case list(MadeType, isOptional: Bool)
  case map(MadeType, isOptional: Bool)

  var isOptional: Bool {
    switch self {
    case .leaf(_, let isOptional), .structure(_, let isOptional), .list(_, let isOptional),
      .map(_, let isOptional):
      isOptional
    }
  }

  static func made(depth: Int, _ random: inout SmallRandom) -> MadeType {
    let isOptional = random.chance(60)
    guard depth > 0 else {
      return .leaf(MadeLeaf.all[random.below(MadeLeaf.all.count)], isOptional: isOptional)
    }
    switch random.below(3) {
    case 0: return .list(made(depth: depth - 1, &random), isOptional: isOptional)
    case 1:
      let first = made(depth: depth - 1, &random)
      return .structure([first, made(depth: random.below(depth), &random)], isOptional: isOptional)
    default: return .map(made(depth: depth - 1, &random), isOptional: isOptional)
    }
  }

  /// The nodes of the schema, depth first.
  func elements(_ name: String) -> [SchemaElement] {
    let repetition: Int32 = isOptional ? 1 : 0
    switch self {
    case .leaf(let leaf, _):
      return [
        SchemaElement(
          name: name, type: leaf.physical.rawValue, typeLength: leaf.length, repetition: repetition,
          logicalType: leaf.annotation)
      ]
    case .structure(let fields, _):
      return [SchemaElement(name: name, repetition: repetition, childCount: Int32(fields.count))]
        + fields.enumerated().flatMap { $1.elements("f\($0)") }
    case .list(let element, _):
      return [
        SchemaElement(name: name, repetition: repetition, childCount: 1, logicalType: .list),
        SchemaElement(name: "list", repetition: 2, childCount: 1),
      ] + element.elements("element")
    case .map(let value, _):
      return [
        SchemaElement(name: name, repetition: repetition, childCount: 1, logicalType: .map),
        SchemaElement(name: "key_value", repetition: 2, childCount: 2),
        SchemaElement(name: "key", type: 6, repetition: 0, logicalType: .string),
      ] + value.elements("value")
    }
  }

  var leafCount: Int {
    switch self {
    case .leaf: 1
    case .structure(let fields, _): fields.reduce(0) { $0 + $1.leafCount }
    case .list(let element, _): element.leafCount
    case .map(let value, _): 1 + value.leafCount
    }
  }

  func value(_ random: inout SmallRandom) -> NestedValue {
    if isOptional, random.chance(25) { return .null }
    switch self {
    case .leaf(let leaf, _): return leaf.value(&random)
    case .structure(let fields, _):
      var values: [NestedValue] = []
      for field in fields { values.append(field.value(&random)) }
      return .structure(StructureValue(names: fields.indices.map { "f\($0)" }, values: values))
    case .list(let element, _): return .list((0..<random.below(4)).map { _ in element.value(&random) })
    case .map(let value, _):
      return .map(
        (0..<random.below(3)).map { EntryValue(key: .string("k\($0)"), value: value.value(&random)) })
    }
  }
}

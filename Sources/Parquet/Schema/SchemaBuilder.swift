import Values

/// Makes the tree of the flat list in the footer.
struct SchemaBuilder {
  private let elements: [SchemaElement]
  private let limits: ParquetLimits
  private var next = 0
  private var path: [String] = []
  private var leaves: [SchemaLeaf] = []
  private var field = 0

  /// Whatever the caller allows: levels take one byte here, and nodes are visited by recursion.
  private static let depthLimit = 120

  static func build(_ elements: [SchemaElement], limits: ParquetLimits) throws(ColumnarError) -> ParquetSchema
  {
    var builder = SchemaBuilder(elements: elements, limits: limits)
    return try builder.build()
  }

  private init(elements: [SchemaElement], limits: ParquetLimits) {
    self.elements = elements
    self.limits = limits
  }

  private mutating func build() throws(ColumnarError) -> ParquetSchema {
    guard let root = elements.first else { throw ColumnarError(.malformed, "the schema is empty") }
    next = 1
    var fields: [SchemaNode] = []
    for index in 0..<(try childCount(root)) {
      field = index
      fields.append(try node(definition: 0, repetition: 0))
    }
    guard next == elements.count else {
      throw ColumnarError(.malformed, "the schema has \(elements.count - next) nodes outside its tree")
    }
    return ParquetSchema(fields: fields, leaves: leaves)
  }

  private func childCount(_ element: SchemaElement) throws(ColumnarError) -> Int {
    let count = Int(element.childCount ?? 0)
    guard count >= 0, count <= elements.count - next else {
      throw ColumnarError(.malformed, "the group '\(element.name)' claims \(count) fields")
    }
    return count
  }

  private mutating func node(definition: Int, repetition: Int) throws(ColumnarError) -> SchemaNode {
    guard next < elements.count else { throw ColumnarError(.malformed, "the schema is cut off") }
    guard path.count < min(limits.schemaDepth, Self.depthLimit) else {
      throw ColumnarError(.limit, "the schema is nested more than \(limits.schemaDepth) deep")
    }
    let element = elements[next]
    next += 1
    path.append(element.name)
    defer { path.removeLast() }
    guard let kind = Repetition(rawValue: element.repetition ?? 0) else {
      throw ColumnarError(.malformed, "a repetition that is not known", column: path.joined(separator: "."))
    }
    let definition = kind == .required ? definition : definition + 1
    let repetition = kind == .repeated ? repetition + 1 : repetition
    let first = leaves.count
    guard element.type == nil || (element.childCount ?? 0) != 0 else {
      return try leaf(element, kind, definition, repetition)
    }
    var children: [SchemaNode] = []
    for _ in 0..<(try childCount(element)) {
      children.append(try node(definition: definition, repetition: repetition))
    }
    guard leaves.count > first else {
      throw ColumnarError(.unsupported, "a group without columns", column: path.joined(separator: "."))
    }
    return SchemaNode(
      name: element.name, repetition: kind, annotation: element.annotation, definitionLevel: definition,
      repetitionLevel: repetition, children: children, leaves: first..<leaves.count, physical: nil,
      typeLength: 0)
  }

  private mutating func leaf(
    _ element: SchemaElement, _ kind: Repetition, _ definition: Int, _ repetition: Int
  ) throws(ColumnarError) -> SchemaNode {
    let column = path.joined(separator: ".")
    guard leaves.count < limits.leaves else {
      throw ColumnarError(.limit, "the schema has more than \(limits.leaves) columns")
    }
    guard let type = PhysicalType(rawValue: element.type ?? -1) else {
      throw ColumnarError(.malformed, "the physical type \(element.type ?? -1) is not known", column: column)
    }
    let length = type == .fixedLengthByteArray ? Int(element.typeLength) : 0
    guard length >= 0, length <= limits.pageBytes, type != .fixedLengthByteArray || length > 0 else {
      throw ColumnarError(.malformed, "values of \(length) bytes", column: column)
    }
    let annotation = element.annotation.flatMap { $0.goes(with: type, length: length) ? $0 : nil }
    let leaf = SchemaLeaf(
      index: leaves.count, path: path, field: field, physical: type, typeLength: length,
      annotation: annotation,
      maxDefinition: definition, maxRepetition: repetition)
    leaves.append(leaf)
    return SchemaNode(
      name: element.name, repetition: kind, annotation: annotation, definitionLevel: definition,
      repetitionLevel: repetition, children: [], leaves: leaf.index..<leaf.index + 1, physical: type,
      typeLength: length)
  }
}

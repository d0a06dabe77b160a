import Values

/// Reads the table `Schema` of Schema.fbs.
struct SchemaReader {
  private let limits: ArrowLimits
  private var count = 0
  private var dictionaries: [Int64: ArrowField] = [:]

  static func schema(_ table: FlatTable, limits: ArrowLimits) throws(ColumnarError) -> ArrowSchema {
    guard try table.number(0, Int16.self) == 0 else {
      throw ColumnarError(.unsupported, "big-endian data is not supported")
    }
    var reader = SchemaReader(limits: limits)
    var fields: [ArrowField] = []
    for field in try table.tables(1, limit: limits.fields) {
      fields.append(try reader.field(field, depth: 0))
    }
    return ArrowSchema(
      fields: fields, metadata: try reader.metadata(table, slot: 2), dictionaries: reader.dictionaries)
  }

  private init(limits: ArrowLimits) { self.limits = limits }

  private mutating func field(_ table: FlatTable, depth: Int) throws(ColumnarError) -> ArrowField {
    guard depth < limits.depth else {
      throw ColumnarError(.limit, "the schema is nested deeper than \(limits.depth)")
    }
    count += 1
    guard count <= limits.fields else {
      throw ColumnarError(.limit, "the schema has more than \(limits.fields) fields")
    }
    let name = try table.string(0) ?? ""
    do throws(ColumnarError) {
      let type = try TypeReader.type(of: table)
      var children: [ArrowField] = []
      for child in try table.tables(5, limit: limits.fields) {
        children.append(try field(child, depth: depth + 1))
      }
      try Self.check(children, of: type)
      let dictionary = try table.table(4).map { table throws(ColumnarError) in try Self.key(table) }
      let field = ArrowField(
        name: name, type: type, children: children, dictionary: dictionary,
        metadata: try metadata(table, slot: 6))
      if let dictionary {
        let values = dictionaries[dictionary.id] ?? field.ofValues
        guard values.type == field.type, values.children == field.children else {
          throw ColumnarError(.malformed, "shares dictionary \(dictionary.id) with a field of another type")
        }
        dictionaries[dictionary.id] = values
      }
      return field
    } catch {
      throw error.located(beneath: name)
    }
  }

  private static func key(_ table: FlatTable) throws(ColumnarError) -> ArrowDictionaryKey {
    guard try table.number(3, Int16.self) == 0 else {
      throw ColumnarError(.unsupported, "dictionaries of an unknown kind are not supported")
    }
    let id = try table.number(0, Int64.self)
    guard let index = try table.table(1) else {
      return ArrowDictionaryKey(id: id, bits: 32, isSigned: true)
    }
    guard case .integer(let bits, let isSigned) = try TypeReader.integer(index) else {
      throw ColumnarError(.malformed, "dictionary indices that are no whole numbers")
    }
    return ArrowDictionaryKey(id: id, bits: bits, isSigned: isSigned)
  }

  private static func check(_ children: [ArrowField], of type: ArrowType) throws(ColumnarError) {
    switch type {
    case .list, .fixedList:
      guard children.count == 1 else { throw ColumnarError(.malformed, "a list of \(children.count) fields") }
    case .map:
      guard children.count == 1, children[0].type == .structure, children[0].children.count == 2,
        children[0].dictionary == nil
      else { throw ColumnarError(.malformed, "a map without keys and values") }
    case .structure: break
    default:
      guard children.isEmpty else { throw ColumnarError(.malformed, "has fields, but a type without") }
    }
  }

  private func metadata(_ table: FlatTable, slot: Int) throws(ColumnarError) -> [String: String] {
    var result: [String: String] = [:]
    for pair in try table.tables(slot, limit: limits.fields) {
      result[try pair.string(0) ?? ""] = try pair.string(1) ?? ""
    }
    return result
  }
}

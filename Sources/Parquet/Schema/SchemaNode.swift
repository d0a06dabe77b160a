import Values

/// A node of the schema tree, with the levels of Dremel that belong to it (Encodings.md, "RLE"; Melnik et al.,
/// "Dremel", VLDB 2010).
package struct SchemaNode: Sendable {
  package let name: String
  package let repetition: Repetition
  package let annotation: Annotation?
  /// The definition level at which this node is there.
  package let definitionLevel: Int
  /// The repetition level at which this node, or the nearest that repeats above it, begins anew.
  package let repetitionLevel: Int
  package let children: [SchemaNode]
  /// The leaves below, by their place among all leaves.
  package let leaves: Range<Int>
  /// How it is stored; nil for groups.
  package let physical: PhysicalType?
  /// The width of FIXED_LEN_BYTE_ARRAY; otherwise 0.
  package let typeLength: Int

  package var isLeaf: Bool { physical != nil }
}

/// A column as it lies in the file: a leaf with its path.
package struct SchemaLeaf: Sendable {
  package let index: Int
  package let path: [String]
  /// Which top-level field it belongs to.
  package let field: Int
  package let physical: PhysicalType
  package let typeLength: Int
  package let annotation: Annotation?
  package let maxDefinition: Int
  package let maxRepetition: Int

  /// Such as "a.list.element".
  package var name: String { path.joined(separator: ".") }
  /// Whether each row has one value, or none.
  package var isFlat: Bool { maxRepetition == 0 }
}

package struct ParquetSchema: Sendable {
  /// The top-level fields.
  package let fields: [SchemaNode]
  package let leaves: [SchemaLeaf]

  init(fields: [SchemaNode], leaves: [SchemaLeaf]) {
    self.fields = fields
    self.leaves = leaves
  }

  /// The tree of a schema in the flat form of the footer.
  package init(_ elements: [SchemaElement], limits: ParquetLimits = ParquetLimits()) throws(ColumnarError) {
    self = try SchemaBuilder.build(elements, limits: limits)
  }
}

/// A field of the schema, with those beneath it.
package struct ArrowField: Sendable, Equatable {
  package let name: String
  /// That of the dictionary's values where the field has one.
  package let type: ArrowType
  package let children: [ArrowField]
  package let dictionary: ArrowDictionaryKey?
  /// Such as "ARROW:extension:name".
  package let metadata: [String: String]

  /// The field of a dictionary's values.
  var ofValues: ArrowField {
    ArrowField(name: name, type: type, children: children, dictionary: nil, metadata: [:])
  }
}

/// How values stand in a dictionary.
package struct ArrowDictionaryKey: Sendable, Equatable {
  let id: Int64
  /// Of the numbers that stand for them.
  let bits: Int
  let isSigned: Bool
}

/// The columns of a file.
package struct ArrowSchema: Sendable {
  package let fields: [ArrowField]
  /// What a writer adds, such as "huggingface" or "pandas".
  package let metadata: [String: String]
  /// The values of each dictionary.
  let dictionaries: [Int64: ArrowField]
}

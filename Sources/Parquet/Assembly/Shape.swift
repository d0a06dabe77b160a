/// What a node of the schema is to its reader: lists and maps as such, in all the forms that writers have given them
/// (LogicalTypes.md, "Nested Types", with its rules for older files).
struct Shape: Sendable {
  indirect enum Kind: Sendable {
    case leaf
    case structure(names: [String], fields: [Shape])
    case list(Repeating, element: Shape)
    case map(Repeating, key: Shape, value: Shape)
  }
  /// The levels of what repeats.
  struct Repeating: Sendable {
    let definition: Int
    let repetition: Int
  }
  let kind: Kind
  let leaves: Range<Int>
  /// The definition level below which the value is null; nil where it cannot be.
  let presence: Int?

  init(_ node: SchemaNode) {
    if node.repetition == .repeated {
      // A repeated field by itself is a list that is never null.
      let element = Shape(valueOf: node, presence: nil)
      self.init(kind: .list(Repeating(node), element: element), leaves: node.leaves, presence: nil)
    } else {
      // Of a member that is always there its structure may be missing.
      self.init(valueOf: node, presence: node.definitionLevel > 0 ? node.definitionLevel : nil)
    }
  }

  private init(kind: Kind, leaves: Range<Int>, presence: Int?) {
    self.kind = kind
    self.leaves = leaves
    self.presence = presence
  }

  private init(valueOf node: SchemaNode, presence: Int?) {
    self.presence = presence
    leaves = node.leaves
    if node.isLeaf {
      kind = .leaf
    } else if node.annotation == .list, let repeated = node.onlyRepeatedChild {
      kind = .list(Repeating(repeated), element: Self.element(of: repeated, in: node))
    } else if node.annotation == .map, let repeated = node.onlyRepeatedChild, !repeated.isLeaf,
      repeated.children.count <= 2
    {
      let key = Shape(repeated.children[0])
      kind =
        repeated.children.count == 2
        ? .map(Repeating(repeated), key: key, value: Shape(repeated.children[1]))
        : .list(Repeating(repeated), element: key)
    } else {
      kind = .structure(names: node.children.map(\.name), fields: node.children.map { Shape($0) })
    }
  }

  /// What the elements of a list are: the repeated node itself in the forms of two levels, its only child in that of
  /// three.
  private static func element(of repeated: SchemaNode, in list: SchemaNode) -> Shape {
    let isElement =
      repeated.isLeaf || repeated.children.count != 1 || repeated.annotation == .list
      || repeated.annotation == .map || repeated.name == "array" || repeated.name == list.name + "_tuple"
      || repeated.children[0].repetition == .repeated
    return isElement ? Shape(valueOf: repeated, presence: nil) : Shape(repeated.children[0])
  }
}

extension Shape.Repeating {
  fileprivate init(_ node: SchemaNode) {
    self.init(definition: node.definitionLevel, repetition: node.repetitionLevel)
  }
}

extension SchemaNode {
  fileprivate var onlyRepeatedChild: SchemaNode? {
    children.count == 1 && children[0].repetition == .repeated ? children[0] : nil
  }
}

import Values

/// Goes over the entries of one leaf.
struct LeafCursor: Sendable {
  private let column: LeafColumn
  private let conversion: ValueConversion
  private let maxDefinition: Int
  private var position = 0
  private var next = 0

  /// An entry, and the values before it.
  struct Place: Sendable {
    var entry = 0
    var value = 0
  }

  mutating func move(to place: Place) { (position, next) = (place.entry, place.value) }

  init(_ column: LeafColumn) {
    self.column = column
    conversion = ValueConversion(column)
    maxDefinition = column.leaf.maxDefinition
  }

  var isAtEnd: Bool { position >= column.entryCount }
  /// Of the entry at hand; behind the last one as of a new record.
  var definition: Int { isAtEnd ? 0 : column.definition.map { Int($0[position]) } ?? maxDefinition }
  var repetition: Int { isAtEnd ? 0 : column.repetition.map { Int($0[position]) } ?? 0 }

  func failure(_ message: String) -> ColumnarError {
    ColumnarError(.malformed, message, column: column.leaf.name)
  }

  /// Passes over an entry without a value.
  mutating func skip() throws(ColumnarError) {
    guard !isAtEnd, definition < maxDefinition else { throw failure("a value where a null is expected") }
    position += 1
  }

  mutating func take() throws(ColumnarError) -> NestedValue {
    guard !isAtEnd, definition == maxDefinition, next < column.values.count else {
      throw failure("a null where a value is expected")
    }
    defer {
      position += 1
      next += 1
    }
    return conversion.value(at: next)
  }
}

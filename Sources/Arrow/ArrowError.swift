/// Why an Arrow file cannot be read or written, in one line.
///
/// Names of fields come from the file: what is shown to people must go through the program's filter for display.
package struct ArrowError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// The file contradicts the format or itself.
    case malformed
    /// The format allows it, this reader does not read it.
    case unsupported
    /// More than `ArrowLimits` allows.
    case limit
    /// What the caller asks for does not go with the file.
    case usage
    /// What the writer's caller says of the place that it writes to.
    case output
  }
  package let kind: Kind
  package let message: String
  /// The byte of the file at which the message begins that it was found in.
  package var offset: Int?
  /// The field by its path, such as "a.item".
  package var field: String?

  package init(_ kind: Kind, _ message: String, offset: Int? = nil, field: String? = nil) {
    self.kind = kind
    self.message = message
    self.offset = offset
    self.field = field
  }

  package var description: String {
    var parts: [String] = []
    if let field { parts.append("column '\(field)'") }
    if let offset { parts.append("byte \(offset)") }
    return (parts.isEmpty ? "" : parts.joined(separator: ", ") + ": ") + message
  }

  /// The same, with what is known only further out.
  func located(offset: Int? = nil, field: String? = nil) -> ArrowError {
    var error = self
    error.offset = error.offset ?? offset
    if let field { error.field = error.field.map { field + "." + $0 } ?? field }
    return error
  }
}

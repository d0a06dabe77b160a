/// Why a file of columns (Parquet, Arrow) cannot be read or written, in one line.
///
/// Names of columns come from the file: what is shown to people must go through the program's filter for display.
package struct ColumnarError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// The file contradicts the format or itself.
    case malformed
    /// The format allows it, this reader does not read it.
    case unsupported
    /// More than the limits of the reader allow.
    case limit
    /// What the caller asks for does not go with the file.
    case usage
    /// What the writer's caller says of the place that it writes to.
    case output
  }
  package let kind: Kind
  package let message: String
  /// The byte of the file near which it was found: of Arrow that at which the message begins.
  package var offset: Int?
  /// The column by its path, such as "a.list.element".
  package var column: String?

  package init(_ kind: Kind, _ message: String, offset: Int? = nil, column: String? = nil) {
    self.kind = kind
    self.message = message
    self.offset = offset
    self.column = column
  }

  package var description: String {
    var parts: [String] = []
    if let column { parts.append("column '\(column)'") }
    if let offset { parts.append("byte \(offset)") }
    return (parts.isEmpty ? "" : parts.joined(separator: ", ") + ": ") + message
  }

  /// The same, with what is known only further out.
  package func located(offset: Int? = nil, column: String? = nil) -> ColumnarError {
    var error = self
    error.offset = error.offset ?? offset
    error.column = error.column ?? column
    return error
  }

  /// The same, found beneath a column of this name.
  package func located(beneath name: String) -> ColumnarError {
    var error = self
    error.column = error.column.map { name + "." + $0 } ?? name
    return error
  }
}

/// Why bytes could not be compressed or decompressed, in one line.
package struct CompressionError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// The stream ends before it is complete.
    case truncated
    /// The stream contradicts its format or its checksum.
    case corrupt
    /// Something that is no stream follows the last one.
    case trailingBytes
    /// More output than the caller allows, or than was announced.
    case outputLimit
    /// The stream asks for more working memory than the caller allows.
    case memoryLimit
    /// The caller asked to stop.
    case cancelled
    /// A codec or feature that is not read here.
    case unsupported
  }
  package let kind: Kind
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}

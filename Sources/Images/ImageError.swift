/// Why a picture is not decoded, in one line.
package struct ImageError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Kind: UInt8, Sendable {
    /// The first bytes are those of no format that is read.
    case unknownFormat = 1
    /// A form of a known format that is not read.
    case unsupported
    /// Beyond `ImageLimits`.
    case tooLarge
    case truncated
    case damaged
    case outOfMemory
  }
  package let kind: Kind
  /// Without what the file itself says: its texts never come into a message.
  package let message: String
  /// Where in the file, if that is known.
  package let byte: Int?

  package init(_ kind: Kind, _ message: String, at byte: Int? = nil) {
    self.kind = kind
    self.message = message
    self.byte = byte
  }

  package var description: String { byte.map { "byte \($0): \(message)" } ?? message }
}

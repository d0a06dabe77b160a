import Values

/// The messages behind the schema: one after the other in a stream, or where the footer of a file says that they lie.
enum MessageSource {
  case stream(position: Int)
  case blocks([Int], next: Int)

  mutating func next(_ file: ArrowBytes, limits: ArrowLimits) throws(ColumnarError) -> ArrowMessage? {
    switch self {
    case .stream(let position):
      guard let message = try ArrowMessage.read(file, at: position, limits: limits) else { return nil }
      self = .stream(position: message.whole.upperBound)
      return message
    case .blocks(let offsets, let next):
      guard next < offsets.count else { return nil }
      self = .blocks(offsets, next: next + 1)
      guard let message = try ArrowMessage.read(file, at: offsets[next], limits: limits) else {
        throw ColumnarError(.malformed, "the footer names a message that is not there", offset: offsets[next])
      }
      return message
    }
  }
}

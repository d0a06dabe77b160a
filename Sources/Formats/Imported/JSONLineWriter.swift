import Model

/// Writes objects, one a line, into a file without a name.
struct JSONLineWriter {
  private let scratch: ScratchFile
  private var buffer = JSONLine()
  private(set) var count = 0
  private static let bufferSize = 1 << 20

  /// - Parameter name: what errors call the dataset.
  init(name: String) throws(FormatError) {
    scratch = try ScratchFile(name: name)
  }

  /// A line whose members `body` appends.
  mutating func append(_ body: (inout JSONLine) throws(FormatError) -> Void) throws(FormatError) {
    try body(&buffer)
    buffer.end()
    count += 1
    if buffer.bytes.count >= Self.bufferSize { try flush() }
  }

  private mutating func flush() throws(FormatError) {
    try scratch.write(buffer.bytes)
    buffer.removeAll()
  }

  consuming func finish() throws(FormatError) -> MappedFile {
    try flush()
    return try scratch.mapped()
  }
}
